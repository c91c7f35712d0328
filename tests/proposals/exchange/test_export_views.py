from __future__ import annotations

import io
import json
import uuid
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, Workspace
from assessments.calibration import worked_example
from assessments.package import canonical_document, load_package
from proposals.domain import delete_proposal, import_package, open_confidential_to
from proposals.drafting.domain import start_draft
from proposals.models import Proposal, Revision
from tests.personas import Person

WHOLE = canonical_document(worked_example().package)


def take(person: Person, **form: Any) -> zipfile.ZipFile:
    response = person.client.post(reverse("proposals:export"), {"kind": "json", **form})
    assert isinstance(response, StreamingHttpResponse), response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"
    return zipfile.ZipFile(io.BytesIO(b"".join(response)))


def files_of(archive: zipfile.ZipFile) -> dict[str, Any]:
    return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def another(revision: Revision, title: str) -> Revision:
    package = worked_example().package.model_copy(update={"title": title})
    return import_package(revision.workspace, package, by=revision.author)


def test_ticked_proposals_leave_and_no_others(mediator: Person, revision: Revision) -> None:
    wanted = [another(revision, "One"), another(revision, "Two")]
    files = files_of(take(mediator, pk=[str(each.proposal_id) for each in wanted]))
    assert {each["title"] for each in files["manifest.json"]["packages"]} == {"One", "Two"}
    assert set(files) == {"one-1.json", "two-1.json", "manifest.json"}
    assert files["one-1.json"] == {**WHOLE, "title": "One"}
    assert files["manifest.json"]["packages"][0]["sha256"] in {each.sha256 for each in wanted}


def test_whole_workspace_leaves_without_what_is_deleted(mediator: Person, revision: Revision) -> None:
    gone = another(revision, "Gone")
    assert mediator.user is not None
    delete_proposal(gone.proposal, by=mediator.user)
    files = files_of(take(mediator, workspace=str(revision.workspace_id)))
    assert [each["title"] for each in files["manifest.json"]["packages"]] == [revision.proposal.title]


def test_draft_with_errors_leaves_whole_and_is_marked(mediator: Person, workspace: Workspace) -> None:
    assert mediator.user is not None
    document = {"title": "Wrong", "notes": "Kept", "links": [{"to": "nowhere"}], "odd": 1}
    draft = start_draft(workspace, document, by=mediator.user)
    files = files_of(take(mediator, pk=str(draft.proposal_id)))
    assert files["wrong-1.json"] == {"format": "cbm-package/1", **document}
    (listed,) = files["manifest.json"]["packages"]
    assert listed["incomplete"]
    assert {each["path"] for each in listed["problems"]} == {"links[0].to", "odd"}


def test_observer_gets_no_confidential_part_until_it_is_opened(observer: Person, revision: Revision) -> None:
    form = {"workspace": str(revision.workspace_id)}
    name = files_of(take(observer, **form))["manifest.json"]["packages"][0]["file"]
    assert not {"diagnosis", "notes"} & set(files_of(take(observer, **form))[name])
    assert AuditEntry.objects.filter(verb="proposals.exported").latest("pk").details["whole"] == 0
    open_confidential_to(revision.proposal, ["observer"], by=revision.author)
    assert files_of(take(observer, **form))[name] == WHOLE


def test_outsider_gets_nothing_and_learns_nothing(outsider: Person, revision: Revision) -> None:
    for form in (
        {"pk": str(revision.proposal_id)},
        {"workspace": str(revision.workspace_id)},
        {"pk": str(uuid.uuid4())},
    ):
        response = outsider.client.post(reverse("proposals:export"), {"kind": "json", **form})
        assert response.status_code == 404


@pytest.mark.parametrize("form", [{"pk": "no-id"}, {"workspace": "no-id"}, {"pk": "\x00"}])
def test_what_is_no_id_is_not_found(mediator: Person, form: dict[str, str]) -> None:
    assert mediator.client.post(reverse("proposals:export"), {"kind": "json", **form}).status_code == 404


def test_nothing_chosen_or_no_kind_asks_again(mediator: Person, revision: Revision) -> None:
    for form in ({"kind": "json"}, {"kind": "exe", "pk": str(revision.proposal_id)}):
        assert mediator.client.post(reverse("proposals:export"), form).status_code == 422


def test_one_entry_tells_of_all_that_was_taken(mediator: Person, revision: Revision) -> None:
    another(revision, "One")
    take(mediator, workspace=str(revision.workspace_id))
    entry = AuditEntry.objects.get(verb="proposals.exported")
    assert entry.details == {"kind": "json", "proposals": 2, "whole": 2}
    assert entry.workspace_id == revision.workspace_id


def test_documents_are_read_fifty_at_a_time(mediator: Person, revision: Revision) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            take(mediator, workspace=str(revision.workspace_id))
        return len(captured)

    one = queries()
    document, few = revision.document, []
    for n in range(60):
        few.append(Proposal(workspace=revision.workspace, title=f"T{n}", created_by=revision.author))
    Proposal.objects.bulk_create(few)
    Revision.objects.bulk_create(
        Revision(
            proposal=each,
            workspace=each.workspace,
            number=1,
            document=document,
            sha256="0" * 64,
            author=revision.author,
        )
        for each in few
    )
    assert queries() - one == 1


def test_archive_comes_in_again_as_the_same_packages(mediator: Person, revision: Revision) -> None:
    response = mediator.client.post(
        reverse("proposals:export"), {"kind": "yaml", "workspace": str(revision.workspace_id)}
    )
    content = io.BytesIO(b"".join(response))
    content.name = "all.zip"
    mediator.client.post(reverse("proposals:upload"), {"file": content})
    assert Revision.objects.filter(sha256=revision.sha256).count() == 2


def test_single_draft_with_errors_is_downloaded_as_it_stands(mediator: Person, workspace: Workspace) -> None:
    assert mediator.user is not None
    draft = start_draft(workspace, {"title": "Wrong", "odd": 1}, by=mediator.user)
    address = reverse("proposals:download", args=[draft.proposal_id, 1, "json"])
    assert mediator.client.get(address).json() == {"format": "cbm-package/1", "title": "Wrong", "odd": 1}


def test_page_says_how_many_would_leave(mediator: Person, revision: Revision) -> None:
    another(revision, "One")
    assert "Take all 2 proposals of Team A along" in mediator.client.get(reverse("proposals:export")).content.decode()


def test_package_of_an_archive_is_one_that_can_be_loaded(mediator: Person, revision: Revision) -> None:
    archive = take(mediator, pk=str(revision.proposal_id))
    name = next(each for each in archive.namelist() if each != "manifest.json")
    assert load_package(archive.read(name)) == worked_example().package
