from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from assessments.calibration import worked_example
from assessments.package import canonical_document, load_package
from proposals.domain import import_package, save_revision
from proposals.models import Proposal, Revision
from tests.personas import Person


def file_of(document: dict[str, Any], name: str = "package.json") -> SimpleUploadedFile:
    """A document as an uploaded file."""
    content = json.dumps(document) if name.endswith("json") else yaml.safe_dump(document)
    return SimpleUploadedFile(name, content.encode())


def page_of(person: Person, revision: Revision) -> str:
    """The proposal's page as ``person`` sees it."""
    response = person.client.get(reverse("proposals:proposal", args=[revision.proposal_id]))
    assert response.status_code == 200
    return str(response.content.decode())


def test_worked_example_opens_its_scorecard_and_is_imported_once(mediator: Person) -> None:
    first = mediator.client.post(reverse("proposals:open_example"), follow=True)
    mediator.client.post(reverse("proposals:open_example"))
    assert Proposal.objects.count() == 1
    page = first.content.decode()
    for anchor in ("G1", "G10", "C1", "C5", "G4.1", "C5.4"):
        assert f'id="{anchor}"' in page


def test_scorecard_shows_guidelines_in_their_order(mediator: Person, revision: Revision) -> None:
    page = page_of(mediator, revision)
    places = [page.index(f'id="G{number}"') for number in range(1, 11)]
    assert places == sorted(places)


def test_new_revision_leaves_the_older_one_as_it_was(mediator: Person, revision: Revision) -> None:
    document = {**canonical_document(worked_example().package), "title": "A later title"}
    address = reverse("proposals:upload_revision", args=[revision.proposal_id])
    mediator.client.post(address, {"file": file_of(document)})
    assert "A later title" in page_of(mediator, revision)
    old = mediator.client.get(reverse("proposals:revision", args=[revision.proposal_id, 1])).content.decode()
    assert "there is a newer one" in old


def test_revision_that_does_not_exist_is_not_found(mediator: Person, revision: Revision) -> None:
    assert mediator.client.get(reverse("proposals:revision", args=[revision.proposal_id, 9])).status_code == 404


@pytest.mark.parametrize("kind", ["json", "yaml"])
def test_downloaded_document_can_be_uploaded_again_unchanged(mediator: Person, revision: Revision, kind: str) -> None:
    response = mediator.client.get(reverse("proposals:download", args=[revision.proposal_id, 1, kind]))
    assert canonical_document(load_package(response.content)) == revision.document
    assert response.headers["Content-Disposition"].endswith(f'-1.{kind}"')


def test_observer_sees_neither_the_diagnosis_nor_advice_that_rests_on_it(
    observer: Person, mediator: Person, revision: Revision
) -> None:
    page = page_of(observer, revision)
    assert 'id="diagnosis"' not in page
    assert "/diagnosis/trust_deficit" not in page
    assert "without its confidential diagnosis" in page
    assert 'id="diagnosis"' in page_of(mediator, revision)
    document = observer.client.get(reverse("proposals:download", args=[revision.proposal_id, 1, "json"])).json()
    assert "diagnosis" not in document


def test_observer_and_drafter_keep_their_own_view_when_pages_are_at_hand(
    observer: Person, mediator: Person, revision: Revision
) -> None:
    assert 'id="diagnosis"' in page_of(mediator, revision)
    assert 'id="diagnosis"' not in page_of(observer, revision)
    assert 'id="diagnosis"' in page_of(mediator, revision)


@pytest.mark.parametrize("name", ["proposals:proposal", "proposals:upload_revision"])
def test_pages_with_what_parties_said_leave_no_copy_behind(mediator: Person, revision: Revision, name: str) -> None:
    response = mediator.client.get(reverse(name, args=[revision.proposal_id]))
    assert response.headers["Cache-Control"] == "private, no-store"


def test_observer_is_offered_nothing_that_they_may_not_do(observer: Person, revision: Revision) -> None:
    page = page_of(observer, revision)
    assert reverse("proposals:upload_revision", args=[revision.proposal_id]) not in page


def test_empty_home_says_what_to_do(mediator: Person) -> None:
    assert "Open the worked example" in mediator.client.get(reverse("home")).content.decode()


def test_text_of_people_is_never_markup(mediator: Person) -> None:
    document = canonical_document(worked_example().package)
    document["title"] = "<script>alert(1)</script>"
    document["measures"][0]["commitments"][0]["text"] = 'The sides <b>shall</b> promptly "act" & report'
    response = mediator.client.post(reverse("proposals:upload"), {"file": file_of(document)}, follow=True)
    page = response.content.decode()
    assert "<script>alert" not in page
    assert "<b>shall" not in page


def test_scorecard_page_asks_the_database_little_when_it_is_at_hand(
    mediator: Person, revision: Revision, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page_of(mediator, revision)
    with CaptureQueriesContext(connection) as queries:
        page_of(mediator, revision)
    around = 4  # the request's transaction and its walls; outside a test's own transaction they are less
    news = 1
    assert len(queries) <= 4 + news + around, [query["sql"] for query in queries]


@pytest.mark.parametrize("address", ["home", "proposals:list"])
def test_lists_ask_as_little_for_three_as_for_one(mediator: Person, revision: Revision, address: str) -> None:
    assert mediator.user is not None
    with CaptureQueriesContext(connection) as for_one:
        mediator.client.get(reverse(address))
    for _ in range(2):
        import_package(revision.proposal.workspace, worked_example().package, by=mediator.user)
    with CaptureQueriesContext(connection) as for_three:
        mediator.client.get(reverse(address))
    assert len(for_three) == len(for_one)


def test_revisions_ask_as_little_for_three_as_for_one(mediator: Person, revision: Revision) -> None:
    assert mediator.user is not None
    address = reverse("proposals:revisions", args=[revision.proposal_id])
    with CaptureQueriesContext(connection) as for_one:
        mediator.client.get(address)
    for title in ("Second", "Third"):
        changed = worked_example().package.model_copy(update={"title": title})
        save_revision(revision.proposal, changed, by=mediator.user)
    with CaptureQueriesContext(connection) as for_three:
        mediator.client.get(address)
    assert len(for_three) == len(for_one)
