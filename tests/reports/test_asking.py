"""The page on which a report is asked for, and the list of what was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from assessments.package import canonical_document, load_package
from proposals.domain import save_revision
from proposals.models import Revision
from reports.asking import Wanted
from reports.batching import request_batch
from reports.domain import request
from reports.making import render
from reports.models import Report
from reports.views import A_PAGE
from tests.personas import Person
from tests.reports.rows import now, report_of, user_of

pytestmark = pytest.mark.usefixtures("files", "sent")
FORM = {"kind": "assessment", "format": "pdf", "audience": "internal", "language": "en", "paper": "a4"}


def make(revision: Revision) -> str:
    """The address of the page."""
    return reverse("reports:make", args=[revision.pk])


def text(person: Person, address: str, **more: Any) -> str:
    """What the person sees there."""
    answer = person.client.get(address, **more)
    assert answer.status_code == 200
    return str(answer.content.decode())


def second_of(revision: Revision) -> Revision:
    """A later revision of the same proposal."""
    package = load_package({**canonical_document_of(revision), "title": "Second"})
    return save_revision(revision.proposal, package, by=revision.author)


def canonical_document_of(revision: Revision) -> dict[str, Any]:
    return dict(canonical_document(load_package(revision.document)))


def test_full_request_is_kept_as_it_was_made(mediator: Person, revision: Revision) -> None:
    day = timezone.localdate() + timedelta(days=30)
    said = {"watermark": "Draft", "classification": "Restricted", "valid_until": day.isoformat(), "paper": "us-letter"}
    answer = mediator.client.post(make(revision), {**FORM, "kind": "brief", "format": "docx", **said})
    report = Report.objects.get()
    assert answer.headers["Location"] == report.get_absolute_url()
    assert (report.kind, report.format, report.audience) == ("brief", "docx", "internal")
    assert (report.watermark, report.classification, report.valid_until, report.paper) == (
        "Draft", "Restricted", day, "us-letter",
    )  # fmt: skip
    page = text(mediator, report.get_absolute_url())
    assert all(words in page for words in ("Brief for principals", "Word", "Restricted", "Draft"))


def test_every_kind_is_offered_with_what_it_has(mediator: Person, revision: Revision) -> None:
    for kind in ("assessment", "brief", "annex", "comparison", "review"):
        page = text(mediator, f"{make(revision)}?kind={kind}")
        assert f'<input type="hidden" name="kind" value="{kind}"' in page
        assert ("Compared with" in page) == (kind == "comparison")
        assert 'value="zip"' not in page
    assert "Commitments of" in text(mediator, f"{make(revision)}?kind=annex")
    assert "Shelf of cases" not in text(mediator, make(revision))


def test_kind_that_there_is_not_is_no_obstacle(mediator: Person, revision: Revision) -> None:
    assert 'name="kind" value="assessment"' in text(mediator, f"{make(revision)}?kind=batch")
    answer = mediator.client.post(make(revision), {**FORM, "kind": "batch"})
    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_another_kind_keeps_what_was_typed(mediator: Person, revision: Revision) -> None:
    typed = {"kind": "brief", "format": "docx", "watermark": "Not <agreed>", "audience": "parties"}
    query = f"{make(revision)}?kind=annex"
    page = text(mediator, query, data={**typed, "kind": "annex"}, headers={"HX-Request": "true"})
    assert "<html" not in page
    assert 'value="Not &lt;agreed&gt;"' in page
    assert '<option value="docx" selected>' in page


def test_classification_comes_from_the_package(mediator: Person, revision: Revision) -> None:
    document = {**canonical_document_of(revision), "classification": "Secret until signed"}
    newer = save_revision(revision.proposal, load_package(document), by=revision.author)
    assert 'value="Secret until signed"' in text(mediator, make(newer))
    mediator.client.post(reverse("reports:request", args=[newer.pk]))
    assert Report.objects.get().classification == "Secret until signed"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"format": "zip"}, "It comes as: PDF"),
        ({"valid_until": "2001-01-01"}, "This day is over."),
        ({"kind": "annex", "party": "government"}, "A version for one party is one to share"),
        ({"watermark": "W" * 41}, "at most 40 characters"),
        ({"paper": "napkin"}, "napkin is not one of the available choices"),
        ({"kind": "comparison"}, "This field is required."),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    mediator: Person, revision: Revision, said: dict[str, str], why: str
) -> None:
    if "party" in said:
        said = {**said, "party": revision.document["parties"][0]["id"]}
    answer = mediator.client.post(make(revision), {**FORM, "classification": "As typed", **said})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert why in page
    assert 'value="As typed"' in page
    assert not Report.objects.exists()


def test_comparison_is_with_another_revision_of_what_the_person_sees(
    mediator: Person, outsider: Person, revision: Revision
) -> None:
    newer = second_of(revision)
    page = text(mediator, f"{make(newer)}?kind=comparison&against={revision.pk}")
    assert f'<option value="{revision.pk}" selected>' in page
    assert f'<option value="{newer.pk}"' not in page
    mediator.client.post(make(newer), {**FORM, "kind": "comparison", "against": revision.pk})
    report = Report.objects.get()
    assert (report.revision, report.against) == (newer, revision)
    elsewhere = mediator.client.post(make(newer), {**FORM, "kind": "comparison", "against": newer.pk})
    assert elsewhere.status_code == 422


def test_compare_page_the_builder_and_the_scorecard_lead_there(mediator: Person, revision: Revision) -> None:
    newer = second_of(revision)
    compared = text(mediator, reverse("proposals:compare", args=[revision.proposal_id]))
    assert f"{make(newer)}?kind=comparison&amp;against={revision.pk}" in compared
    assert make(newer) in text(mediator, reverse("proposals:proposal", args=[revision.proposal_id]))
    newest = reverse("reports:make_of_newest", args=[revision.proposal_id])
    assert mediator.client.get(newest).headers["Location"] == make(newer)


def test_who_reads_no_confidential_part_gets_reports_to_share_alone(observer: Person, revision: Revision) -> None:
    page = text(observer, f"{make(revision)}?kind=brief")
    assert 'name="audience" value="parties"' in page
    assert 'value="internal"' not in page
    assert observer.client.post(make(revision), FORM).status_code == 422
    shared = {**FORM, "kind": "brief", "audience": "parties"}
    answer = observer.client.post(make(revision), shared)
    report = Report.objects.get()
    assert answer.headers["Location"] == report.get_absolute_url()
    render(report.pk)
    assert (now(report).state, now(report).error) == ("done", "")
    assert observer.client.get(reverse("reports:download", args=[report.pk])).status_code == 200


def test_version_for_one_party_is_named_after_it(mediator: Person, revision: Revision) -> None:
    party = revision.document["parties"][0]["id"]
    mediator.client.post(make(revision), {**FORM, "kind": "annex", "audience": "parties", "party": party})
    report = Report.objects.get()
    assert report.party == party
    render(report.pk)
    header = mediator.client.get(reverse("reports:download", args=[report.pk])).headers["Content-Disposition"]
    assert f" - annex - 1 - for {party}.pdf" in header


@pytest.mark.parametrize("format", ["pdf", "pdfa", "docx", "xlsx", "csv", "json"])
def test_every_format_is_made_and_served_as_what_it_is(mediator: Person, revision: Revision, format: str) -> None:
    report = request(Wanted(kind=Report.Kind.BRIEF, revision=revision, format=format), by=user_of(mediator))
    render(report.pk)
    assert (now(report).state, now(report).error) == ("done", "")
    answer = mediator.client.get(reverse("reports:download", args=[report.pk]))
    suffix = format.replace("pdfa", "pdf")
    assert answer.headers["Content-Disposition"].endswith(f'.{suffix}"')
    kinds = {"pdf": "application/pdf", "docx": "wordprocessingml", "xlsx": "spreadsheetml", "csv": "text/csv"}
    assert kinds.get(suffix, "application/json") in answer.headers["Content-Type"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_list_is_narrowed_and_keeps_its_filters_from_page_to_page(
    mediator: Person, codrafter: Person, revision: Revision
) -> None:
    made = [report_of(revision, watermark=str(number)) for number in range(A_PAGE + 1)]
    Report.objects.update(asked_by=[user_of(codrafter).pk])
    other = report_of(revision, format="docx")
    address = reverse("reports:list")
    assert [(a.get_absolute_url() in text(mediator, address)) for a in (other, made[0])] == [True, False]
    second = text(mediator, address, data={"page": 2, "format": "pdf"})
    assert "format=pdf&amp;page=1" in second
    assert made[0].get_absolute_url() in second
    mine = text(mediator, address, data={"by": "me"})
    assert [(a.get_absolute_url() in mine) for a in (other, made[-1])] == [True, False]
    assert "Nothing fits" in text(mediator, address, data={"state": "failed"})
    odd = text(mediator, address, data={"state": "no-such", "page": "ninety"})
    assert "One of the filters is not known" in odd
    assert other.get_absolute_url() in odd


def test_list_says_who_took_a_file_along_to_the_members_of_the_workspace(
    mediator: Person, codrafter: Person, revision: Revision
) -> None:
    report = request(Wanted(revision=revision), by=user_of(mediator))
    render(report.pk)
    for person in (mediator, codrafter, mediator):
        person.client.get(reverse("reports:download", args=[report.pk]))
    for address in (reverse("reports:list"), report.get_absolute_url()):
        assert "Mediator, Codrafter" in text(mediator, address)
    assert AuditEntry.objects.filter(verb="reports.downloaded").count() == 3


def test_list_asks_as_little_for_many_kinds_as_for_one(mediator: Person, revision: Revision) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            text(mediator, reverse("reports:list"))
        return len(asked)

    by = user_of(mediator)
    request(Wanted(revision=revision), by=by)
    for_one = queries()
    newer = second_of(revision)
    request(Wanted(kind=Report.Kind.BRIEF, revision=newer), by=by)
    request(Wanted(kind=Report.Kind.COMPARISON, revision=newer, against=revision), by=by)
    request(Wanted(kind=Report.Kind.REVIEW, revision=newer), by=by)
    for audience in ("internal", "parties"):
        wanted = Wanted(kind=Report.Kind.ANNEX, audience=audience)
        request_batch([revision.proposal], wanted, by=by, workspace=revision.workspace)
    assert queries() == for_one
