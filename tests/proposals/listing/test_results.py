from __future__ import annotations

import uuid

import pytest
from django.http import QueryDict

from accounts.models import Workspace
from assessments.package import Package
from proposals.domain import delete_proposal, save_revision
from proposals.listing import results
from proposals.listing.describing import catch_up
from proposals.listing.domain import archive_proposals
from proposals.listing.results import found_for, page_of
from proposals.listing.selection import Selection, read_selection
from proposals.models import Proposal
from tests.personas import Person
from tests.proposals.listing.conftest import Start
from tests.reports.rows import user_of


def titles(person: Person, query: str = "") -> list[str]:
    """The titles on the page that an address asks for."""
    selection = read_selection(QueryDict(query))
    return [each.title for each in page_of(found_for(user_of(person), selection).proposals, selection).proposals]


def numbered(start: Start, number: int) -> list[Proposal]:
    """Proposals of which many have the same score, and every third the same title."""
    made = [start(f"Title {n % 3}") for n in range(number)]
    for n, each in enumerate(made):
        Proposal.objects.filter(pk=each.pk).update(score=n % 2, measure_count=7)
    return made


def test_lists_are_of_the_workspace_that_the_person_works_in(
    start: Start, mediator: Person, outsider: Person, other_workspace: Workspace
) -> None:
    other_workspace.memberships.create(user=user_of(mediator), role="drafter")
    start("Here")
    start("There", where=other_workspace)
    assert titles(mediator) == ["Here"]
    assert titles(mediator, "list=mine") == ["Here"]
    assert titles(outsider) == ["There"]


def test_mine_is_what_i_started_or_changed(start: Start, mediator: Person, codrafter: Person) -> None:
    start("Started by me")
    start("Started by another", by=codrafter.user)
    theirs = start("Changed by me", by=codrafter.user)
    changed = {**theirs.revisions.get().document, "summary": "Changed"}
    save_revision(theirs, Package.model_validate(changed), by=user_of(mediator))
    assert titles(mediator, "list=mine&sort=title") == ["Changed by me", "Started by me"]
    assert titles(codrafter, "list=mine&sort=title") == ["Changed by me", "Started by another"]


def test_deleted_proposals_are_in_no_list_and_archived_ones_in_theirs(start: Start, mediator: Person) -> None:
    start("Live")
    archive_proposals([start("Archived")], by=user_of(mediator))
    delete_proposal(start("Deleted"), by=user_of(mediator))
    assert titles(mediator) == ["Live"]
    assert titles(mediator, "state=archived") == ["Archived"]
    assert set(titles(mediator, "state=all")) == {"Live", "Archived"}


def test_words_are_found_in_any_form_with_and_without_accents(start: Start, mediator: Person) -> None:
    start("Élan for the Patrols", summary="Fishermen cross the lake")
    start("Another", summary="Markets open")
    assert titles(mediator, "words=elan") == titles(mediator, "words=élan") == ["Élan for the Patrols"]
    assert titles(mediator, "words=patrolling+crossing") == ["Élan for the Patrols"]
    assert titles(mediator, "words=patrolling+markets") == []
    assert titles(mediator, "words=market") == ["Another"]


def test_words_that_say_nothing_are_left_out(start: Start, mediator: Person) -> None:
    start("Here")
    found = found_for(user_of(mediator), Selection(words="the and"))
    assert found.wordless
    assert found.proposals.count() == 1


def test_words_of_what_was_changed_are_no_longer_found(start: Start, mediator: Person) -> None:
    proposal = start("Zeppelins")
    changed = {**proposal.revisions.get().document, "title": "Balloons"}
    save_revision(proposal, Package.model_validate(changed), by=user_of(mediator))
    catch_up(proposal.pk)
    assert titles(mediator, "words=zeppelin") == []
    assert titles(mediator, "words=balloon") == ["Balloons"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("phase=negotiation", ["Talks"]),
        ("phase=negotiation&phase=implementation", ["Peace", "Talks"]),
        ("sector=political", ["Peace"]),
        ("level=decision_makers&sector=political", ["Peace"]),
        ("level=decision_makers&sector=security", []),
        ("purpose=consolidate", ["Peace"]),
        ("band=insufficient", ["Talks"]),
        ("band=insufficient&band=strong", ["Peace", "Talks"]),
        ("verdict=not_enough_information", ["Talks"]),
    ],
)
def test_one_value_of_each_facet_has_to_fit(start: Start, mediator: Person, query: str, expected: list[str]) -> None:
    for title in ("Talks", "Peace"):
        start(title)
    Proposal.objects.filter(title="Talks").update(
        phase="negotiation", sectors=["security"], actor_levels=["negotiators"], purposes=[], score=-1,
        verdict="not_enough_information",
    )  # fmt: skip
    Proposal.objects.filter(title="Peace").update(
        phase="implementation", sectors=["political", "security"], actor_levels=["decision_makers"],
        purposes=["consolidate"], score=75, verdict="ready_to_table",
    )  # fmt: skip
    if query == "level=decision_makers&sector=security":
        Proposal.objects.filter(title="Peace").update(sectors=["political"])
    assert titles(mediator, f"{query}&sort=title") == expected


@pytest.mark.parametrize("sort", ["changed", "title", "score", "lowest", "measures"])
def test_pages_show_each_proposal_once_forwards_and_backwards(
    start: Start, mediator: Person, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "PAGE", 3)
    numbered(start, 8)
    whole = [each.pk for each in results._ordered(Proposal.objects.all(), Selection(sort=sort).order)]
    forwards = walked(mediator, Selection(sort=sort), "after")
    assert forwards == [whole[:3], whole[3:6], whole[6:]]
    last = read_selection(QueryDict(f"sort={sort}&end=1"))
    assert walked(mediator, last, "before") == [whole[5:], whole[2:5], whole[:2]]


def walked(person: Person, selection: Selection, way: str) -> list[list[uuid.UUID]]:
    """The pages from one end to the other, by the addresses that lead there."""
    pages = []
    while True:
        page = page_of(found_for(user_of(person), selection).proposals, selection)
        pages.append([each.pk for each in page.proposals])
        place = page.after if way == "after" else page.before
        if place is None:
            return pages
        selection = read_selection(QueryDict(selection.at(place).query()[1:]))


def test_page_beyond_the_end_is_the_first_one(start: Start, mediator: Person) -> None:
    start("Only")
    assert titles(mediator, f"sort=title&after=zzz~{uuid.uuid4()}") == ["Only"]


def test_nobody_counts_beyond_what_is_counted(start: Start, mediator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "COUNTED", 2)
    monkeypatch.setattr(results, "PAGE", 1)
    numbered(start, 4)
    for query in ("", "end=1"):
        selection = read_selection(QueryDict(query))
        assert page_of(found_for(user_of(mediator), selection).proposals, selection).number == 3


def test_nothing_is_shared_with_anybody_yet(start: Start, observer: Person) -> None:
    start("Here")
    assert titles(observer, "list=shared") == []
