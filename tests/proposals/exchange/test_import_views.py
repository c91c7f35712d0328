from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, Workspace
from assessments.calibration import worked_example
from assessments.package import canonical_document
from assessments.package.drafts import read_draft, without_keys
from cbm_advisor.lib.documents import LARGEST
from proposals.models import Proposal, Revision
from tests.personas import Person
from tests.proposals.exchange.test_archives import zipped

WHOLE = canonical_document(worked_example().package)


def file_of(document: dict[str, Any], name: str = "package.json") -> SimpleUploadedFile:
    """A document as an uploaded file."""
    content = json.dumps(document) if name.endswith("json") else yaml.safe_dump(document)
    return SimpleUploadedFile(name, content.encode())


def send(person: Person, *files: SimpleUploadedFile, **form: str) -> Any:
    return person.client.post(reverse("proposals:upload"), {"file": list(files), **form}, follow=True)


@pytest.mark.parametrize("name", ["package.json", "package.yaml"])
def test_uploaded_file_becomes_a_proposal_with_a_scorecard(mediator: Person, name: str) -> None:
    document = {**canonical_document(worked_example().package), "title": "Our own draft"}
    response = mediator.client.post(reverse("proposals:upload"), {"file": file_of(document, name)}, follow=True)
    assert Proposal.objects.get().title == "Our own draft"
    assert "Ten guidelines" in response.content.decode()


def test_pasted_text_becomes_a_proposal(mediator: Person) -> None:
    text = yaml.safe_dump({**canonical_document(worked_example().package), "title": "Pasted"})
    mediator.client.post(reverse("proposals:upload"), {"text": text})
    assert Proposal.objects.get().title == "Pasted"


def test_file_with_errors_becomes_a_draft_in_which_nothing_is_lost(mediator: Person) -> None:
    document = {**WHOLE, "titel": "A slip"}
    document["measures"][0]["sectorz"] = ["security"]
    response = send(mediator, file_of(document))
    assert response.status_code == 200
    assert "2 places of it cannot be read" in response.content.decode()
    revision = Revision.objects.get()
    assert without_keys(revision.document) == document
    assert {each.path for each in read_draft(revision.document).problems} == {"titel", "measures[0].sectorz"}
    del document["measures"][0]["sectorz"]


def test_text_that_is_no_document_is_kept_and_the_error_names_the_line(mediator: Person) -> None:
    response = mediator.client.post(reverse("proposals:upload"), {"text": '{"title": "T",\n"parties": [}'})
    page = response.content.decode()
    assert response.status_code == 422
    assert "The text: Not valid JSON" in page
    assert "line 2" in page
    assert "&quot;parties&quot;: [}" in page[page.index("<textarea") :]
    assert not Proposal.objects.exists()


def test_file_that_is_no_document_can_be_mended_on_the_page(mediator: Person) -> None:
    response = send(mediator, SimpleUploadedFile("ours.yaml", b"title: T\nparties: [a\nmeasures: b: c"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "ours.yaml: Not valid YAML" in page
    assert "measures: b: c" in page[page.index("<textarea") :]


def test_draft_that_says_little_comes_in_without_complaint(mediator: Person) -> None:
    page = send(mediator, file_of({"title": "Only a title"})).content.decode()
    assert Proposal.objects.get().title == "Only a title"
    assert "needs two parties and a measure" in page


def test_nothing_chosen_says_what_to_do(mediator: Person) -> None:
    response = mediator.client.post(reverse("proposals:upload"), {})
    assert "Choose a file, or paste the package as text." in response.content.decode()


def test_person_in_two_workspaces_chooses_where_the_proposal_goes(mediator: Person, other_workspace: Workspace) -> None:
    assert mediator.user is not None
    other_workspace.memberships.create(user=mediator.user, role="drafter")
    form = {"text": json.dumps(canonical_document(worked_example().package)), "workspace": other_workspace.pk}
    mediator.client.post(reverse("proposals:upload"), form)
    assert Proposal.objects.get().workspace == other_workspace


def test_proposal_cannot_be_put_into_a_workspace_of_others(mediator: Person, other_workspace: Workspace) -> None:
    form = {"text": json.dumps(canonical_document(worked_example().package)), "workspace": other_workspace.pk}
    mediator.client.post(reverse("proposals:upload"), form)
    assert not other_workspace.proposals.exists()


def test_several_files_are_told_one_by_one(mediator: Person) -> None:
    files = [
        file_of({**WHOLE, "title": "Whole one"}, "a.json"),
        file_of({**WHOLE, "title": "Flawed one", "titel": "x"}, "b.yaml"),
        SimpleUploadedFile("c.json", b'{"title": <b>}'),
    ]
    page = send(mediator, *files).content.decode()
    assert "Whole: 1. With places to mend: 1. Not readable: 1." in page
    assert set(Proposal.objects.values_list("title", flat=True)) == {"Whole one", "Flawed one"}
    assert "did you mean title?" in page
    assert "c.json" in page
    assert "&lt;b&gt;}" in page[page.index("<textarea") :]
    assert AuditEntry.objects.filter(verb="proposals.imported").count() == 2


def test_archive_brings_in_each_package_of_it(mediator: Person) -> None:
    archive = zipped(
        {"manifest.json": b"{}", "a.json": json.dumps(WHOLE).encode(), "b.yaml": b"title: B", "c.txt": b"no"}
    )
    page = send(mediator, SimpleUploadedFile("all.zip", archive)).content.decode()
    assert Proposal.objects.count() == 2
    assert "all.zip / c.txt" in page


def test_damaged_archive_is_refused_and_nothing_comes_in(mediator: Person) -> None:
    archive = zipped({"a.json": json.dumps(WHOLE).encode()})[:-30]
    response = send(mediator, SimpleUploadedFile("all.zip", archive), file_of(WHOLE))
    assert response.status_code == 422
    assert "all.zip: The ZIP file is damaged" in response.content.decode()
    assert not Proposal.objects.exists()


def test_archive_without_a_package_says_so(mediator: Person) -> None:
    page = send(mediator, SimpleUploadedFile("all.zip", zipped({"manifest.json": b"{}"}))).content.decode()
    assert "there is no package in this ZIP file" in page


def test_file_that_is_too_large_is_refused_by_name(mediator: Person) -> None:
    response = send(mediator, SimpleUploadedFile("big.json", b" " * (LARGEST + 1)))
    assert response.status_code == 422
    assert "big.json: The document has" in response.content.decode()


def test_each_file_costs_the_same_few_queries(mediator: Person) -> None:
    def queries(number: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            send(mediator, *[file_of({**WHOLE, "title": f"T{n}"}, f"{n}.json") for n in range(number)])
        return len(captured)

    two, four = queries(2), queries(4)
    assert (four - two) / 2 <= 12


def test_revision_with_errors_is_kept_as_the_newest_draft(mediator: Person, revision: Revision) -> None:
    address = reverse("proposals:upload_revision", args=[revision.proposal_id])
    document = {**WHOLE, "title": "Flawed", "context": {"phase": "someday"}}
    page = mediator.client.post(address, {"file": file_of(document)}, follow=True).content.decode()
    newest = revision.proposal.revisions.all()[0]
    assert newest.number == 2
    assert without_keys(newest.document) == document
    assert Proposal.objects.get().title == "Flawed"
    assert "One place of it cannot be read" in page


def test_same_file_with_errors_twice_is_one_revision(mediator: Person, revision: Revision) -> None:
    address = reverse("proposals:upload_revision", args=[revision.proposal_id])
    for _ in range(2):
        mediator.client.post(address, {"text": json.dumps({**WHOLE, "titel": "x"})})
    assert revision.proposal.revisions.count() == 2


def test_unreadable_revision_changes_nothing_and_keeps_the_text(mediator: Person, revision: Revision) -> None:
    address = reverse("proposals:upload_revision", args=[revision.proposal_id])
    response = mediator.client.post(address, {"text": "title: [unclosed"})
    assert response.status_code == 422
    assert "title: [unclosed" in response.content.decode()
    assert revision.proposal.revisions.count() == 1
