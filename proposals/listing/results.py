"""The proposals that a selection asks for, page by page, at the same cost on every page."""

from __future__ import annotations

from typing import Any, Final, Literal, NamedTuple

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, Value
from django.db.models.lookups import GreaterThan, LessThan

from accounts.models import User
from proposals.access import proposals_for
from proposals.listing.facets import BAND_RANGES, Sort
from proposals.listing.selection import START, Place, Selection
from proposals.listing.words import stems_of
from proposals.models import Proposal, ProposalQuerySet, ProposalWord

PAGE: Final = 25
COUNTED: Final = 1000
"""Beyond so many nobody counts, and nobody changes all at once."""


class ListPage(NamedTuple):
    """Some proposals in their order, and where the pages around them begin; ``None`` where there is none. ``number``: how
    many there are on all pages, up to one more than are counted."""

    proposals: list[Proposal]
    before: Place | None
    after: Place | None
    number: int


class Found(NamedTuple):
    """What fits a selection. ``wordless``: the words are such as say nothing, so that they were left out."""

    proposals: ProposalQuerySet
    wordless: bool


def found_for(person: User, selection: Selection) -> Found:
    """What of ``selection`` ``person`` may see; a query if words are looked for, to know their stems."""
    stems = stems_of(selection.words) if selection.words else []
    found = _narrowed(_in_state(_in_tab(person, selection.tab), selection.state), selection)
    for stem in stems:
        with_it = ProposalWord.objects.filter(proposal=OuterRef("pk"), workspace=OuterRef("workspace"), word=stem)
        found = found.filter(Exists(with_it))
    return Found(found, bool(selection.words) and not stems)


def page_of(found: ProposalQuerySet, selection: Selection) -> ListPage:
    """The page at the place of ``selection``, the first one if there is nothing any more; two queries.

    The first page is looked for and counted in one: what is rare among many is found by looking at all of them.
    """
    order, place = selection.order, selection.place
    if not place.way:
        ids = list(_ordered(found, order).values_list("pk", flat=True)[: COUNTED + 1])
        rows = list(_whole(_ordered(Proposal.objects.filter(pk__in=ids[:PAGE]), order))) if ids else []
        return _page(rows, order, is_first=True, is_last=len(ids) <= PAGE, number=len(ids))
    backwards = place.way in ("before", "end")
    rows = list(_whole(_ordered(_beyond(found, place, order), order, backwards=backwards))[: PAGE + 1])
    if not rows:
        return page_of(found, selection.at(START))
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if backwards:
        rows.reverse()
    is_last = place.way == "end" if backwards else not more
    number = found.order_by().values("pk")[: COUNTED + 1].count()
    return _page(rows, order, is_first=backwards and not more, is_last=is_last, number=number)


def _page(rows: list[Proposal], order: Sort, *, is_first: bool, is_last: bool, number: int) -> ListPage:
    def place(way: Literal["before", "after"], row: Proposal) -> Place:
        return Place(way, getattr(row, order.column), row.pk)

    before = None if is_first or not rows else place("before", rows[0])
    after = None if is_last or not rows else place("after", rows[-1])
    return ListPage(rows, before, after, number)


def _in_tab(person: User, tab: str) -> ProposalQuerySet:
    if tab == "shared":
        return Proposal.objects.kept().shared_with(person)
    here = proposals_for(person).in_workspace(person.workspace)
    return here.worked_on_by(person) if tab == "mine" else here


def _in_state(proposals: ProposalQuerySet, state: str) -> ProposalQuerySet:
    if state == "all":
        return proposals
    return proposals.archived() if state == "archived" else proposals.live()


def _narrowed(proposals: ProposalQuerySet, selection: Selection) -> ProposalQuerySet:
    columns = {
        "phase": "phase__in",
        "verdict": "verdict__in",
        "sector": "sectors__overlap",
        "level": "actor_levels__overlap",
        "purpose": "purposes__overlap",
    }
    for name, values in selection.chosen.items():
        if name in columns:
            proposals = proposals.filter(**{columns[name]: list(values)})
    if bands := selection.chosen.get("band"):
        within = Q()
        for band in bands:
            within |= Q(score__range=BAND_RANGES[band])
        proposals = proposals.filter(within)
    return proposals


def _whole(proposals: ProposalQuerySet) -> ProposalQuerySet:
    """With all that a row shows, in the same query."""
    return proposals.select_related("workspace", "changed_by")


def _ordered(proposals: ProposalQuerySet, order: Sort, *, backwards: bool = False) -> ProposalQuerySet:
    sign = "-" if order.is_descending != backwards else ""
    return proposals.order_by(f"{sign}{order.column}", f"{sign}pk")


def _beyond(proposals: ProposalQuerySet, place: Place, order: Sort) -> ProposalQuerySet:
    """Those on the far side of a row, compared as a pair so that the index leads there however many have the same value."""
    if place.way not in ("after", "before"):
        return proposals
    row, there = _pair(F(order.column), F("pk")), _pair(Value(place.value), Value(place.pk))
    downwards = order.is_descending == (place.way == "after")
    return proposals.filter(LessThan(row, there) if downwards else GreaterThan(row, there))


def _pair(*parts: Any) -> Func:
    return Func(*parts, function="ROW", output_field=BooleanField())
