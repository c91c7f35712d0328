"""Who is worst off does not depend on the order in which the parties are written."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from assessments.engine import assess
from assessments.package import load_package

PARTIES = [
    {"id": "a", "name": "A", "power": "stronger"},
    {"id": "b", "name": "B", "power": "comparable"},
    {"id": "c", "name": "C", "power": "weaker"},
]


def grades(parties: tuple[dict[str, str], ...]) -> dict[str, str]:
    document: dict[str, Any] = {
        "format": "cbm-package/1",
        "title": "t",
        "parties": list(parties),
        "measures": [{"id": "m", "title": "m", "impact": {"a": {"burden": 1}, "b": {"burden": 1}, "c": {}}}],
    }
    card = assess(load_package(document), steps=False).as_dict()
    groups = (*card["guidelines"].values(), *card["challenges"].values())
    return {finding["check"]: finding["grade"] for group in groups for finding in group["findings"]}


def test_a_stronger_party_that_shares_the_lowest_place_is_not_the_worst_off() -> None:
    for parties in permutations(PARTIES):
        found = grades(parties)
        assert [found[check] for check in ("G10.2", "C4.3", "C4.4")] == ["partly"] * 3
