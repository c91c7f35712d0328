"""Small packages for the pictures."""

from __future__ import annotations

from typing import Any

from assessments.calibration import calibration_packages
from assessments.package import Package, load_package

TWO = [{"id": "a", "name": "Anders", "power": "stronger"}, {"id": "b", "name": "Bern", "power": "weaker"}]


def package(*measures: dict[str, Any], parties: list[dict[str, Any]] | None = None, **fields: Any) -> Package:
    """A package of these measures, numbered m1, m2 and so on; two parties unless others are given."""
    named = [{"id": f"m{n}", "title": f"measure {n}", **measure} for n, measure in enumerate(measures, 1)]
    sides = TWO if parties is None else parties
    document = {"format": "cbm-package/1", "title": "t", "parties": sides, "measures": named, **fields}
    return load_package({key: value for key, value in document.items() if value != []}, draft=True)


def historic(package_id: str) -> Package:
    """A calibration package."""
    return next(each.package for each in calibration_packages() if each.id == package_id)


def half_filled() -> list[Package]:
    """From nothing at all to a measure of which only the title is known."""
    return [
        package(parties=[]),
        package(parties=TWO[:1]),
        package(),
        package({}, parties=[]),
        package({}, parties=TWO[:1]),
        package({}),
        package({}, {}, context={"phase": "negotiation"}),
        package({"impact": {"a": {}}, "cost": {"b": {}}, "actor_levels": ["negotiators"]}, {}, links=[{}]),
    ]
