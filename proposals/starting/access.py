"""What a person can start from, and which drafts they can take something into."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from django.shortcuts import get_object_or_404

from accounts.models import User
from cases.keeping.shelf import shelf_of
from cases.models import Case, CaseMeasure
from proposals.access import proposals_for
from proposals.models import Proposal
from proposals.rules import may

MOST_OFFERED: Final = 50


class Offered(NamedTuple):
    """A measure of a case on the shelf; ``name``: the slug of the case and the number of the measure on its page."""

    name: str
    measure: CaseMeasure


class OfferedCase(NamedTuple):
    """A case on the shelf with its measures."""

    case: Case
    note: str
    measures: list[Offered]


def shelf_for(person: User) -> list[OfferedCase]:
    """The cases on the person's shelf, those that the library still has; none for who belongs to no workspace."""
    if person.workspace is None:
        return []
    return [
        OfferedCase(
            case, shelved.note, [Offered(f"{case.slug}/{each.position + 1}", each) for each in case.measures.all()]
        )
        for shelved, case in shelf_of(person, person.workspace)
        if case is not None
    ]


def chosen_on(shelf: Iterable[OfferedCase], named: Iterable[str]) -> list[tuple[Case, CaseMeasure]]:
    """The measures on the shelf that a form names, in the order of the shelf."""
    wanted = set(named)
    return [(kept.case, each.measure) for kept in shelf for each in kept.measures if each.name in wanted]


def historic_measure(slug: str, number: int) -> tuple[Case, CaseMeasure]:
    """A measure of a case by its number on the case's page; 404 if there is none."""
    measures = CaseMeasure.objects.select_related("case").defer("case__search")
    measure = get_object_or_404(measures, case__slug=slug, position=number - 1)
    return measure.case, measure


def drafts_to_take_into(person: User) -> list[Proposal]:
    """The proposals that the person may edit, those changed last; some fifty at most."""
    newest = proposals_for(person).for_listing()[: 2 * MOST_OFFERED]
    return [proposal for proposal in newest if may(person, "edit", proposal)][:MOST_OFFERED]
