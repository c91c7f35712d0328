from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Workspace
from proposals.comparing.domain import branch_variant
from proposals.listing import choosing, results
from proposals.models import Proposal, Revision
from tests.personas import Person
from tests.proposals.listing.conftest import Start
from tests.reports.rows import user_of

LIST = "/proposals/"


def page_of(person: Person, query: str = "", **headers: str) -> str:
    response = person.client.get(f"{LIST}{query}", headers=headers)
    assert response.status_code == 200
    return str(response.content.decode())


def posted(person: Person, name: str, **form: object) -> str:
    """The page after a form of the list was sent."""
    response = person.client.post(reverse(f"proposals:{name}"), form, follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def test_row_says_what_it_is_and_what_the_advice_is(start: Start, mediator: Person) -> None:
    branch_variant(start("Base").revisions.get(), note="Without patrols", by=user_of(mediator))
    page = page_of(mediator)
    for said in (
        "Base",
        "Variant: Without patrols",
        "Pre-negotiation",
        "4 measures",
        "changed by Mediator",
        "94 Strong",
    ):
        assert said in page
    assert 'data-sector="security">Security<' in page
    assert "Ready to table" in page


def test_what_is_chosen_stays_chosen_and_can_be_taken_away(start: Start, mediator: Person) -> None:
    start("A truce")
    page = page_of(mediator, "?words=truce&sector=security&state=all&sort=title&list=mine")
    assert re.search(r'value="security" id="sector-security" checked', page)
    assert '<option value="all" selected>' in page
    assert '<option value="title" selected>' in page
    assert '<input type="hidden" name="list" value="mine">' in page
    assert 'href="/proposals/?list=mine&amp;words=truce&amp;state=all&amp;sort=title"' in page


def test_unknown_filters_are_named_and_left_out(start: Start, mediator: Person) -> None:
    start("A truce")
    page = page_of(mediator, "?sector=%3Cb%3E&words=the")
    assert "sector: &lt;b&gt;" in page
    assert "for every text has them" in page
    assert "A truce" in page


def test_htmx_gets_what_changes(start: Start, mediator: Person) -> None:
    start("A truce")
    fragment = page_of(mediator, "?sector=security", **{"HX-Request": "true"})
    assert "<html" not in fragment
    assert fragment.count('id="proposals-results"') == 1
    assert 'id="proposals-count" hx-swap-oob' in fragment


def test_texts_of_people_are_never_markup(start: Start, mediator: Person) -> None:
    start("<script>alert(1)</script>")
    for address in (LIST, "/"):
        assert "<script>alert" not in mediator.client.get(address).content.decode()


@pytest.mark.parametrize("query", ["?words=zebra", "?state=archived", "?list=mine", "?list=shared", ""])
def test_empty_lists_say_what_to_do(mediator: Person, query: str) -> None:
    page = page_of(mediator, query)
    assert '<div class="empty">' in page
    assert 'name="pk"' not in page


def test_tab_of_what_is_shared_is_not_there_without_shares(start: Start, mediator: Person) -> None:
    start("A truce")
    assert "Shared with me" not in page_of(mediator)


def test_lists_of_others_are_not_seen(start: Start, outsider: Person) -> None:
    start("A truce")
    assert "A truce" not in page_of(outsider, "?state=all")
    assert "A truce" not in page_of(outsider, "?words=truce")


def test_readers_get_no_boxes_and_no_buttons(start: Start, observer: Person) -> None:
    start("A truce")
    page = page_of(observer)
    assert "A truce" in page
    assert "bulk-form" not in page


def test_pages_lead_on_and_back(start: Start, mediator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "PAGE", 1)
    for title in ("First", "Second", "Third"):
        start(title)
    page = page_of(mediator, "?sort=title")
    assert "All 3 that match" in page
    after = unescape(re.findall(r'href="/proposals/([^"]+)">Next', page)[0])
    page = page_of(mediator, after)
    assert "Second" in page
    assert "First</a></h3>" not in page
    before = unescape(re.findall(r'href="/proposals/([^"]+)">← Before', page)[0])
    assert "First</a></h3>" in page_of(mediator, before)
    last = unescape(re.findall(r'href="/proposals/([^"]+)">Last', page)[0])
    assert "Third" in page_of(mediator, last)


def test_ticked_proposals_are_archived_and_put_back_by_the_message(start: Start, mediator: Person) -> None:
    one, two = start("One"), start("Two")
    start("Three")
    page = posted(mediator, "archive", pk=[one.pk, two.pk], query="?sort=title")
    assert "2 proposals are archived." in page
    assert '<option value="title" selected>' in page
    assert set(Proposal.objects.archived()) == {one, two}
    undo = unescape(re.findall(r'name="undo" value="([^"]+)"', page)[0])
    page = posted(mediator, "put_back", undo=undo, query="?sort=title")
    assert "2 proposals are drafts again." in page
    assert not Proposal.objects.archived().exists()


def test_one_row_is_archived_whatever_else_is_ticked(start: Start, mediator: Person) -> None:
    one, two = start("One"), start("Two")
    page = posted(mediator, "archive", pk=[two.pk], only=one.pk)
    assert "“One” is archived." in page
    assert list(Proposal.objects.archived()) == [one]


def test_all_that_match_are_archived_and_no_others(
    start: Start, mediator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "PAGE", 1)
    for title in ("Patrol one", "Patrol two", "Market"):
        start(title)
    words = "?words=patrol&end=1"
    Proposal.objects.get(title="Market").words.filter(word="patrol").delete()
    posted(mediator, "archive", all="1", query=words)
    assert {each.title for each in Proposal.objects.archived()} == {"Patrol one", "Patrol two"}


def test_more_than_can_be_changed_at_once_are_not_changed(
    start: Start, mediator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "MOST", 1)
    start("One"), start("Two")
    assert "Narrow the list" in posted(mediator, "archive", all="1", query="")
    assert not Proposal.objects.archived().exists()


def test_nothing_ticked_says_what_to_do(mediator: Person) -> None:
    assert "Tick a proposal first." in posted(mediator, "archive")
    assert "Tick a proposal first." in posted(mediator, "put_back")


@pytest.mark.parametrize(
    "form", [{"pk": "no id"}, {"only": "no id"}, {"undo": "never"}, {"undo": "2026-01-01T00:00:00"}]
)
def test_what_is_not_there_is_not_found(mediator: Person, form: dict[str, str]) -> None:
    assert mediator.client.post(reverse("proposals:put_back"), form).status_code == 404


def test_moment_of_somebody_else_undoes_nothing(start: Start, mediator: Person, codrafter: Person) -> None:
    one = start("One")
    posted(mediator, "archive", pk=[one.pk])
    moment = Proposal.objects.get().archived_at
    assert moment is not None
    undo = {"undo": moment.isoformat()}
    assert codrafter.client.post(reverse("proposals:put_back"), undo).status_code == 404


def test_archived_proposal_says_so_on_its_page_and_is_put_back_there(
    revision: Revision, mediator: Person, observer: Person
) -> None:
    address = reverse("proposals:proposal", args=[revision.proposal_id])
    posted(mediator, "archive", only=revision.proposal_id)
    page = mediator.client.get(address).content.decode()
    assert "Archived on" in page
    assert reverse("proposals:upload_revision", args=[revision.proposal_id]) not in page
    assert "Make a PDF" in page
    assert "Put back" not in observer.client.get(address).content.decode()
    response = mediator.client.post(
        reverse("proposals:put_back"), {"only": revision.proposal_id, "next": address}, follow=True
    )
    assert response.request["PATH_INFO"] == address
    assert "Archived on" not in response.content.decode()


def test_who_wants_to_change_an_archived_proposal_is_told_what_to_do(
    revision: Revision, mediator: Person, observer: Person
) -> None:
    posted(mediator, "archive", only=revision.proposal_id)
    address = reverse("proposals:upload_revision", args=[revision.proposal_id])
    refused = mediator.client.get(address)
    assert refused.status_code == 403
    assert "The proposal is archived. Put it back" in refused.content.decode()
    assert "The proposal is archived" not in observer.client.get(address).content.decode()


def test_archived_proposals_are_not_at_home(start: Start, mediator: Person) -> None:
    posted(mediator, "archive", pk=[start("Put away").pk])
    assert "Put away" not in mediator.client.get("/").content.decode()


def test_export_is_offered_only_where_there_is_one(start: Start, mediator: Person) -> None:
    start("A truce")
    assert ("Export" in page_of(mediator)) == _has_export()


def _has_export() -> bool:
    from proposals.urls import urlpatterns

    return any(pattern.name == "export" for pattern in urlpatterns)


@pytest.mark.parametrize(
    "query", ["", "?list=mine", "?words=truce&sector=security&band=strong", "?state=all&sort=title", "?end=1"]
)
def test_list_asks_as_little_for_three_as_for_one(
    start: Start, mediator: Person, codrafter: Person, query: str
) -> None:
    start("A truce")
    with CaptureQueriesContext(connection) as for_one:
        page_of(mediator, query)
    other = start("A truce again", by=codrafter.user)
    branch_variant(other.revisions.get(), note="A try", by=user_of(mediator))
    with CaptureQueriesContext(connection) as for_three:
        page_of(mediator, query)
    assert len(for_three) == len(for_one)


def test_list_is_of_the_workspace_chosen(start: Start, mediator: Person, other_workspace: Workspace) -> None:
    other_workspace.memberships.create(user=user_of(mediator), role="observer")
    start("A truce")
    mediator.client.post(reverse("accounts:choose_workspace"), {"workspace": other_workspace.pk})
    page = page_of(mediator)
    assert "A truce" not in page
    assert "bulk-form" not in page
