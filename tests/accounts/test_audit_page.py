"""The audit log as owners read it: in words, filtered, page by page, as a file."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import StreamingHttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import audit
from accounts.audit_log import PAGE
from accounts.audit_words import SENTENCES, deeds
from accounts.models import AuditEntry, Membership, Workspace
from cbm_advisor.lib.csv_text import harmless
from tests.accounts.test_audit import behind_our_back
from tests.personas import Person, person_in

ADDRESS = "/workspace/audit/"


@pytest.fixture
def owner(workspace: Workspace) -> Person:
    return person_in(workspace, "ada", Membership.Role.OWNER)


def page(person: Person, /, **query: Any) -> str:
    response = person.client.get(ADDRESS, query)
    assert response.status_code == 200
    return str(response.content.decode())


def exported(person: Person, /, **query: Any) -> tuple[str, list[dict[str, str]]]:
    response = person.client.get(reverse("accounts:audit_csv"), query)
    assert isinstance(response, StreamingHttpResponse)
    text = b"".join(response).decode()
    return text, list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def test_what_happened_is_told_in_words(owner: Person, observer: Person, workspace: Workspace) -> None:
    audit.record(
        "accounts.role_changed",
        by=owner.user,
        workspace=workspace,
        about=observer.user,
        before=Membership.Role.OBSERVER,
        after=Membership.Role.DRAFTER,
    )
    assert "Ada changed the role of Observer from observer to drafter" in page(owner)


@pytest.mark.parametrize("verb", ["tests.something_new", "accounts.invited"])
def test_verb_that_is_not_known_or_says_too_little_is_shown_as_its_code(
    owner: Person, workspace: Workspace, verb: str
) -> None:
    audit.record(verb, by=None, workspace=workspace, email="ben@example.org")
    assert f"The system: {verb}" in page(owner)


def test_what_it_was_done_to_is_one_click_away(owner: Person, revision: Any, workspace: Workspace) -> None:
    assert f'href="/proposals/{revision.proposal_id}/"' in page(owner)


def test_nothing_of_another_workspace_is_shown(
    owner: Person, other_workspace: Workspace, outsider: Person, mediator: Person
) -> None:
    audit.record("proposals.imported", by=outsider.user, workspace=other_workspace)
    audit.record("proposals.imported", by=outsider.user)
    assert "Outsider" not in page(owner)
    assert outsider.user is not None
    assert "Outsider" not in page(owner, person=outsider.user.pk)
    assert len(exported(owner)[1]) == 0


def test_filters_are_in_the_address(owner: Person, mediator: Person, workspace: Workspace) -> None:
    assert owner.user is not None
    audit.record("accounts.left", by=owner.user, workspace=workspace)
    audit.record("proposals.imported", by=mediator.user, workspace=workspace)
    assert "Ada left" not in page(owner, verb="proposals.imported")
    assert "Mediator started" not in page(owner, person=owner.user.pk)
    today, tomorrow = datetime.now(UTC).date(), datetime.now(UTC).date() + timedelta(days=1)
    assert "Ada left" in page(owner, since=today, until=today)
    assert "Nothing fits" in page(owner, since=tomorrow)
    assert "Nothing fits" in page(owner, until=today - timedelta(days=1))


@pytest.mark.parametrize("query", [{"verb": "no.such"}, {"person": "x"}, {"since": "soon"}, {"before": "-1"}])
def test_filter_that_is_not_known_is_told(owner: Person, workspace: Workspace, query: dict[str, str]) -> None:
    audit.record("accounts.left", by=owner.user, workspace=workspace)
    shown = page(owner, **query)
    assert "One of the filters is not known" in shown
    assert "Ada left" in shown


def test_pages_are_turned_by_number_and_keep_the_filter(owner: Person, workspace: Workspace) -> None:
    for _ in range(PAGE + 1):
        audit.record("accounts.left", by=owner.user, workspace=workspace)
    first = page(owner, verb="accounts.left")
    assert first.count("Ada left") == PAGE
    assert "verb=accounts.left&amp;before=2" in first
    second = page(owner, verb="accounts.left", before=2)
    assert second.count("Ada left") == 1
    assert "Older" not in second


def test_log_asks_as_little_for_three_as_for_one(
    owner: Person, mediator: Person, observer: Person, workspace: Workspace
) -> None:
    audit.record("accounts.role_changed", by=owner.user, workspace=workspace, about=observer.user)
    with CaptureQueriesContext(connection) as for_one:
        page(owner)
    for person in (mediator, observer):
        audit.record("accounts.role_changed", by=person.user, workspace=workspace, about=person.user)
    with CaptureQueriesContext(connection) as for_three:
        page(owner)
    assert len(for_three) == len(for_one)


def test_owner_sees_whether_the_log_verifies(owner: Person, workspace: Workspace) -> None:
    for _ in range(3):
        audit.record("accounts.left", by=owner.user, workspace=workspace)
    assert "The log verifies: 3 entries" in page(owner, check=1)
    behind_our_back("UPDATE accounts_auditentry SET actor_id = NULL WHERE number = 2")
    assert "The log was tampered with: entry 2 was changed" in page(owner, check=1)


def test_export_holds_what_fits_and_is_audited_itself(owner: Person, mediator: Person, workspace: Workspace) -> None:
    audit.record("accounts.left", by=owner.user, workspace=workspace)
    audit.record("proposals.imported", by=mediator.user, workspace=workspace)
    text, rows = exported(owner, verb="accounts.left")
    assert text.startswith("\ufeffNumber,")
    assert [(row["Number"], row["Person"], row["What happened"]) for row in rows] == [
        ("1", "Ada", "Ada left the workspace")
    ]
    newest = AuditEntry.objects.order_by("-number")[0]
    assert (newest.verb, newest.actor) == ("accounts.audit_exported", owner.user)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_no_cell_is_a_formula(owner: Person, workspace: Workspace, text: str) -> None:
    marked = harmless(text)
    assert marked[0] == "'"
    assert marked.replace("'", "") == text
    assert owner.user is not None
    owner.user.name = text
    owner.user.save()
    audit.record("accounts.left", by=owner.user, workspace=workspace)
    assert exported(owner)[1][0]["Person"].startswith("'")


def test_names_are_never_markup(owner: Person, workspace: Workspace) -> None:
    audit.record("accounts.invited", by=owner.user, workspace=workspace, email="<b>x</b>", role="drafter")
    assert "<b>x" not in page(owner)


def test_only_owners_are_offered_the_log(owner: Person, mediator: Person) -> None:
    page = reverse("accounts:workspace")
    assert ADDRESS in owner.client.get(page).content.decode()
    assert ADDRESS not in mediator.client.get(page).content.decode()


def test_who_has_no_workspace_finds_no_log(workspace: Workspace) -> None:
    person = person_in(workspace, "leaver", Membership.Role.OWNER)
    Membership.objects.all().delete()
    assert person.client.get(ADDRESS).status_code == 404


def test_every_deed_that_is_written_down_in_a_workspace_has_a_sentence_and_a_name() -> None:
    sources = [
        path for app in ("accounts", "cases", "proposals", "reports") for path in (settings.BASE_DIR / app).glob("*.py")
    ]
    written = "\n".join(path.read_text() for path in sources)
    verbs = set(re.findall(r'record(?:_of_person)?\(\s*"([a-z]+\.[a-z_]+)"', written)) - {"accounts.sign_in_failed"}
    assert len(verbs) > 15
    assert verbs - set(SENTENCES) == set()
    names = dict(deeds())
    assert names["accounts.role_changed"] == "Changed the role of … from … to …"
    assert all("%" not in name and name[0].isupper() for name in names.values())


def test_owners_see_who_signed_in(owner: Person, workspace: Workspace) -> None:
    member = person_in(workspace, "ben", Membership.Role.DRAFTER)
    assert member.user is not None
    audit.record_of_person("accounts.signed_in", member.user, method="password+totp")
    assert "Ben signed in (password+totp)" in page(owner)


def test_a_person_without_a_workspace_leaves_their_trace_in_the_chain_of_none(participant: Person) -> None:
    assert participant.user is not None
    audit.record_of_person("accounts.signed_in", participant.user, method="password")
    assert AuditEntry.objects.get(verb="accounts.signed_in").workspace is None
