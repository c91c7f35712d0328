"""The engine's time, in multiples of what reading the same document takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import cycle
from typing import Any

from assessments.calibration import worked_example
from assessments.engine import assess
from assessments.package import Package, canonical_json
from bench.figures import Figure, ratio

ROUNDS = 15
FRESH = 300


def figures() -> Iterator[Figure]:
    """Against validation, with and without next steps; and 1,000 measures against 10."""
    document = canonical_json(worked_example().package)
    against = "of Package.model_validate_json on the worked example"
    for name, steps, goal in (("without", False, 10), ("with", True, 60)):
        value = ratio(
            assessing(document, steps=steps, fresh=FRESH),
            lambda: Package.model_validate_json(document),
            rounds=ROUNDS,
        )
        yield Figure(f"engine, {name} next steps", value, goal, "times", against)
    card = assess(worked_example().package)
    value = ratio(card.as_dict, lambda: Package.model_validate_json(document), rounds=ROUNDS)
    yield Figure("scorecard written out as data", value, 10, "times", against)
    large, small = with_measures(document, 1000), with_measures(document, 10)
    for name, steps in (("without", False), ("with", True)):
        value = ratio(assessing(large, steps=steps, fresh=3), assessing(small, steps=steps, fresh=FRESH), rounds=3)
        yield Figure(f"1,000 measures, {name} next steps", value, 110, "times", "of 10 measures")


def assessing(document: str | bytes, *, steps: bool, fresh: int) -> Callable[[], object]:
    """A call that scores the document, read beforehand; each of ``fresh`` calls has a package that none had before."""
    packages = cycle([Package.model_validate_json(document) for _ in range(fresh)])
    return lambda: assess(next(packages), steps=steps)


def with_measures(source: str | bytes, count: int) -> str:
    """The document with its measures repeated up to a number, each under an id of its own."""
    document: dict[str, Any] = json.loads(source)
    measures = document["measures"]
    copies = (deepcopy(measures[n % len(measures)]) for n in range(count))
    document["measures"] = [{**measure, "id": f"m{n}"} for n, measure in enumerate(copies)]
    ids = {measure["id"]: f"m{n}" for n, measure in enumerate(measures)}
    for part in (*document.get("verification", []), *document.get("violations", [])):
        rename(part, "covers", ids)
    for link in document.get("links", []):
        rename(link, "from", ids)
        link["target"] = ids.get(link.get("target"), link.get("target"))
    return json.dumps(document)


def rename(part: dict[str, Any], key: str, ids: dict[str, str]) -> None:
    """Replaces ids of measures in a list of them."""
    if isinstance(part.get(key), list):
        part[key] = [ids[each] for each in part[key]]
