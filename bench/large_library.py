"""The search of the library at 100,000 cases, in multiples of a bare signed-in page."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from time import perf_counter

from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import F
from django.test import override_settings

from accounts import walls
from bench.figures import Figure, ratio
from bench.page import fetch, signed_in
from cases.domain import new_edition
from cases.models import Case, CaseMeasure, Lesson
from cases.searching.found import kept_cases
from cases.searching.search import found_by, marked, nearest
from guidelines.catalogue import topics
from guidelines.taxonomy import LABELS
from proposals.examples import set_up_demonstration

CASES = 100_000
BATCH = 5_000
ROUNDS = 15
QUERY = "/cases/?words=ceasefire+convoy&sector=security&phase=pre_negotiation&verification=joint&conflict=intra-state"
WORDS = [f"{first}{last}" for first in ("river", "border", "hill", "port", "road") for last in "abcdefghijklmnopqrst"]


def figures() -> Iterator[Figure]:
    """A typical query with facets: words that were asked for before, words that were not, and facets alone."""
    with walls.lifted():
        mediator, _workspace = set_up_demonstration()
        fill(random.Random(1))  # noqa: S311
    client = signed_in(mediator)

    def words_unseen() -> None:
        for kept in (found_by, nearest, marked, kept_cases):
            kept.cache_clear()
        fetch(client, QUERY)

    kinds = (
        ("words asked for before", lambda: fetch(client, QUERY)),
        ("words not asked for before", words_unseen),
        ("facets alone", lambda: fetch(client, QUERY.replace("words=ceasefire+convoy&", ""))),
        ("the map of all", lambda: fetch(client, "/cases/?view=map")),
    )
    with override_settings(ROOT_URLCONF="bench.page"):
        for what, ask in kinds:
            value = ratio(ask, lambda: fetch(client, "/bare/"), rounds=ROUNDS, clock=perf_counter)
            yield Figure(f"library search at {CASES:,} cases", value, 4, "times", f"of a bare signed-in page; {what}")


@transaction.atomic
def fill(dice: random.Random) -> None:
    """Synthetic cases in place of the library: three measures and two lessons each, words as common as in real ones."""
    Case.objects.all().delete()
    numbers = iter(range(CASES))
    while batch := list(islice(numbers, BATCH)):
        cases = Case.objects.bulk_create(some_case(dice, n) for n in batch)
        CaseMeasure.objects.bulk_create(some_measure(dice, case, n) for case in cases for n in range(3))
        Lesson.objects.bulk_create(some_lesson(dice, case, n) for case in cases for n in range(2))
    vector = SearchVector(F("title"), config="english", weight="A") + SearchVector(
        F("summary"), config="english", weight="C"
    )
    Case.objects.update(search=vector)
    new_edition()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case, cases_casemeasure, cases_lesson")


def some_text(dice: random.Random) -> str:
    words = dice.choices(WORDS, k=60)
    words += [word for word in ("ceasefire", "convoy", "monitor") if dice.random() < 0.1]
    dice.shuffle(words)
    return " ".join(words)


def some_case(dice: random.Random, n: int) -> Case:
    begins = dice.randint(1950, 2020)
    return Case(
        slug=f"synthetic-{n}",
        title=f"{' '.join(dice.choices(WORDS, k=4))} {n}",
        region=f"Region {dice.randint(1, 18)}",
        countries=[dice.choice(["CO", "CY", "ID", "KE", "SD", "XK"])],
        years=f"{begins}-{begins + 5}",
        begins=begins,
        ends=begins + 5,
        conflict_type=dice.choice([*LABELS["conflict_type"]]),
        between=[dice.choice(["states", "state_and_armed_group", "communities"])],
        latitude=dice.uniform(-35, 60),
        longitude=dice.uniform(-120, 150),
        parties=[],
        phases=[],
        summary=some_text(dice),
        worked=some_text(dice),
        did_not=some_text(dice),
        sources=[],
        confidence="high",
        fingerprint="",
    )


def some_measure(dice: random.Random, case: Case, position: int) -> CaseMeasure:
    def of(kind: str, most: int = 2) -> list[str]:
        return dice.sample([*LABELS[kind]], dice.randint(1, most))

    return CaseMeasure(
        case=case,
        position=position,
        title=" ".join(dice.choices(WORDS, k=5)),
        description=some_text(dice),
        sectors=of("sector"),
        actor_levels=of("actor_level"),
        tracks=of("track"),
        phases=of("phase"),
        purposes=of("purpose"),
        binding=of("binding", 1)[0],
        reciprocity=of("reciprocity", 1)[0],
        verification=of("verification", 1)[0],
        result=of("result", 1)[0],
    )


def some_lesson(dice: random.Random, case: Case, position: int) -> Lesson:
    return Lesson(
        case=case, position=position, topic=dice.choice([*topics()]), is_strength=dice.random() < 0.6, why="because"
    )
