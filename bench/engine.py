"""The engine's time, in multiples of what reading the same document takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from assessments.calibration import worked_example
from assessments.engine import assess
from assessments.package import Package, canonical_json
from bench.figures import Figure, ratio

ROUNDS = 15


def figures() -> Iterator[Figure]:
    """Against validation, with and without next steps; and 1,000 measures against 10."""
    document = canonical_json(worked_example().package)
    package = Package.model_validate_json(document)

    def read() -> Package:
        return Package.model_validate_json(document)

    against = "of Package.model_validate_json on the worked example"
    plain = ratio(lambda: assess(package, steps=False).as_dict(), read, rounds=ROUNDS)
    yield Figure("engine, without next steps", plain, 10, "times", against)
    full = ratio(lambda: assess(package).as_dict(), read, rounds=ROUNDS)
    yield Figure("engine, with next steps", full, 60, "times", against)
    large, small = with_measures(package, 1000), with_measures(package, 10)
    for name, steps in (("without", False), ("with", True)):
        grown = ratio(
            lambda steps=steps: assess(large, steps=steps).as_dict(),
            lambda steps=steps: assess(small, steps=steps).as_dict(),
            rounds=3,
        )
        yield Figure(f"1,000 measures, {name} next steps", grown, 110, "times", "of 10 measures")


def with_measures(package: Package, count: int) -> Package:
    """The package with its measures repeated up to a number, each under an id of its own."""
    document: dict[str, Any] = json.loads(canonical_json(package))
    measures = document["measures"]
    copies = (deepcopy(measures[n % len(measures)]) for n in range(count))
    document["measures"] = [{**measure, "id": f"m{n}"} for n, measure in enumerate(copies)]
    ids = {measure["id"]: f"m{n}" for n, measure in enumerate(measures)}
    for part in (*document.get("verification", []), *document.get("violations", [])):
        renamed(part, "covers", ids)
    for link in document.get("links", []):
        renamed(link, "from", ids)
        link["target"] = ids.get(link.get("target"), link.get("target"))
    return Package.model_validate_json(json.dumps(document))


def renamed(part: dict[str, Any], key: str, ids: dict[str, str]) -> None:
    """Replaces ids of measures in a list of them."""
    if isinstance(part.get(key), list):
        part[key] = [ids[each] for each in part[key]]
