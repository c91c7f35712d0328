"""Each kind of report for each audience: what it tells, and who may have it."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User, Workspace
from assessments.package import canonical_document, load_package
from proposals.domain import delete_proposal, import_package, open_confidential_to
from proposals.drafting.domain import start_draft
from proposals.models import Revision, Share
from proposals.sharing.comments import answer, comment_on, remove, settle
from proposals.sharing.domain import share
from reports.access import reports_for
from reports.kinds.registry import KINDS, kind_of
from reports.model import Comment, Facts, ReportModel
from reports.models import Report
from tests.personas import PERSONAS, Person
from tests.proposals.sharing.conftest import shared_person
from tests.reports.audiences import SECRET, said, with_secrets, without_closed_parts
from tests.reports.drawing_up import said_of
from tests.reports.material import blocks_of
from tests.reports.rows import report_of, user_of

Kind = Report.Kind
Audience = Report.Audience
OF_A_REVISION = [Kind.ASSESSMENT, Kind.BRIEF, Kind.ANNEX, Kind.REVIEW]
WITH_COMMENTS = [Kind.ASSESSMENT, Kind.REVIEW]
OF_REVISIONS = [*OF_A_REVISION, Kind.COMPARISON]
MEMBERS = {"owner", "mediator", "codrafter", "reviewer", "trainer", "observer"}
DRAFTERS = {"owner", "mediator", "codrafter"}


def asked(revision: Revision, kind: Kind, audience: Audience = Audience.INTERNAL, **fields: Any) -> Report:
    """A report as it is asked for, with what it keeps."""
    if kind == Kind.COMPARISON:
        fields.setdefault("against", revision)
    wanted = Report(
        workspace=revision.workspace, requested_by=revision.author, revision=revision, kind=kind, audience=audience
    )
    return report_of(revision, kind=kind, audience=audience, content=kind_of(wanted).keep(wanted), **fields)


def imported(revision: Revision, document: dict[str, Any]) -> Revision:
    """The document as another proposal of the same workspace."""
    package = load_package(copy.deepcopy(document), draft=True)
    return import_package(revision.workspace, package, by=revision.author)


def statement(model: ReportModel) -> tuple[Any, ...]:
    """All that a report says but when it was made."""
    return model.title, model.headline, model.summary, model.sections, model.classification, model.foot


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("kind", OF_REVISIONS)
def test_every_kind_tells_every_audience_something(kind: Kind, audience: Audience, revision: Revision) -> None:
    assert audience in KINDS[kind].audiences
    model = said_of(asked(revision, kind, audience))
    assert (model.kind, model.title) == (kind, revision.proposal.title)
    assert all(section.blocks for section in model.sections)
    assert "area ceasefire" in said(model).lower() or kind == Kind.COMPARISON or audience == Audience.PARTIES


@pytest.mark.parametrize("kind", OF_REVISIONS)
def test_what_the_parties_read_is_the_same_without_the_parts_that_are_closed_to_them(
    kind: Kind, revision: Revision
) -> None:
    whole = imported(revision, with_secrets())
    bare = imported(revision, without_closed_parts(with_secrets()))
    against = {"against": revision} if kind == Kind.COMPARISON else {}
    one, other = (said_of(asked(each, kind, Audience.PARTIES, **against)) for each in (whole, bare))
    assert statement(one) == statement(other)


@pytest.mark.parametrize("kind", [Kind.ASSESSMENT, Kind.ANNEX, Kind.REVIEW])
def test_closed_parts_are_in_the_report_for_us_alone(kind: Kind, revision: Revision) -> None:
    assert SECRET in said(said_of(asked(imported(revision, with_secrets()), kind)))


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("kind", [kind for kind in OF_REVISIONS if KINDS[kind].takes_party])
def test_no_undertaking_of_another_is_in_a_version_for_one_party(
    kind: Kind, audience: Audience, revision: Revision
) -> None:
    document = canonical_document(load_package(revision.document))
    document["measures"][0] |= {"description": SECRET, "initiator": "splm"}
    document["measures"][0]["commitments"].append({"text": SECRET, "who": ["splm"], "when": SECRET, "where": SECRET})
    document["measures"][1] |= {"title": SECRET, "commitments": [{"text": SECRET, "who": ["splm"]}]}
    for measure in document["measures"]:
        measure["cost"]["splm"] = {"money": 3, "political": 3, "security": 3}
    report = asked(imported(revision, document), kind, audience, party="gos")
    words = said(said_of(report))
    assert SECRET not in words
    assert "3 of 3" not in words
    assert "Government of Sudan" in words


def test_versions_for_one_party_are_texts_and_not_judgements() -> None:
    assert {kind for kind in OF_REVISIONS if KINDS[kind].takes_party} == {Kind.BRIEF, Kind.ANNEX}


# Who may have them


@pytest.mark.parametrize("kind", OF_REVISIONS)
def test_reports_for_us_are_for_who_reads_all_and_those_for_the_parties_for_who_reads_the_proposal(
    kind: Kind, revision: Revision, personas: dict[str, Person]
) -> None:
    for audience, allowed in ((Audience.INTERNAL, DRAFTERS), (Audience.PARTIES, MEMBERS)):
        report = asked(revision, kind, audience)
        people = {who: person.user for who, person in personas.items() if person.user}
        assert {who for who, user in people.items() if kind_of(report).may_open(user, report)} == allowed
        assert {who for who, user in people.items() if report in reports_for(user)} == allowed


@pytest.mark.parametrize("audience", Audience)
def test_page_and_file_of_a_report_answer_every_persona_by_its_audience(
    audience: Audience, revision: Revision, personas: dict[str, Person]
) -> None:
    report = asked(revision, Kind.ANNEX, audience)
    opened = DRAFTERS if audience == Audience.INTERNAL else MEMBERS
    expected = {who: 200 if who in opened else 403 if who in MEMBERS else 404 for who in PERSONAS}
    expected["anonymous"] = 302
    assert {who: got(person, report) for who, person in personas.items()} == expected
    lists = {who: personas[who].client.get(reverse("reports:list")).content.decode() for who in opened}
    assert all(revision.proposal.title in page for page in lists.values())


def got(person: Person, report: Report) -> int:
    """The status of the report's page."""
    return person.client.get(reverse("reports:report", args=[report.pk])).status_code


def test_who_a_proposal_is_shared_with_has_the_reports_for_the_parties(revision: Revision) -> None:
    looker = shared_person(revision, "looker", Share.Kind.OBSERVER)
    ours, theirs = (asked(revision, Kind.BRIEF, audience) for audience in Audience)
    assert list(reports_for(user_of(looker))) == [theirs]
    assert [got(looker, report) for report in (ours, theirs)] == [403, 200]


def test_roles_that_read_confidential_parts_have_the_reports_for_us(revision: Revision, reviewer: Person) -> None:
    report = asked(revision, Kind.BRIEF)
    assert got(reviewer, report) == 403
    open_confidential_to(revision.proposal, ["reviewer"], by=revision.author)
    assert got(reviewer, report) == 200


@pytest.mark.parametrize("audience", Audience)
def test_comparison_is_only_for_who_sees_both(
    audience: Audience, revision: Revision, other_workspace: Workspace, outsider: Person, mediator: Person
) -> None:
    elsewhere = import_package(other_workspace, load_package(revision.document), by=user_of(outsider))
    report = asked(revision, Kind.COMPARISON, audience, against=elsewhere)
    assert not kind_of(report).may_open(user_of(mediator), report)
    assert report not in reports_for(user_of(mediator))
    assert [got(each, report) for each in (mediator, outsider)] == [404, 404]
    both = shared_person(elsewhere, "both", Share.Kind.CO_DRAFTER)
    share(revision.proposal, user_of(both).email, Share.Kind.CO_DRAFTER, by=revision.author)
    fresh = User.objects.get(pk=user_of(both).pk)
    assert kind_of(report).may_open(fresh, report)
    assert report in reports_for(fresh)
    assert got(both, report) == 200


def test_comparison_goes_with_either_proposal(revision: Revision, mediator: Person) -> None:
    variant = imported(revision, revision.document)
    report = asked(revision, Kind.COMPARISON, against=variant)
    assert got(mediator, report) == 200
    delete_proposal(variant.proposal, by=variant.author)
    assert got(mediator, report) == 404
    assert report not in reports_for(user_of(mediator))


# Comments


@pytest.mark.parametrize("kind", WITH_COMMENTS)
def test_comments_are_kept_as_they_were(kind: Kind, revision: Revision, reviewer: Person) -> None:
    first = comment_on(revision, "T-first", by=user_of(reviewer), address="/measures/m1")
    answer(first, "T-answer", by=revision.author)
    comment_on(revision, "T-motives", by=revision.author, address="/diagnosis/motives")
    report = asked(revision, kind)
    settle(first, by=revision.author)
    remove(first, by=revision.author)
    comment_on(revision, "T-later", by=revision.author)
    about_measure, on_motives = blocks_of(said_of(report), Comment)
    assert (about_measure.where, about_measure.by, about_measure.text, about_measure.state) == (
        "Measure 1: area ceasefire with frozen forces", "Reviewer", "T-first", "open",
    )  # fmt: skip
    assert about_measure.at == f"{timezone.now():%Y-%m-%d}"
    assert [(each.by, each.text) for each in about_measure.answers] == [("Mediator", "T-answer")]
    assert on_motives.text == "T-motives"
    later = blocks_of(said_of(asked(revision, kind, language="fr")), Comment)
    assert {each.text for each in later} == {"This comment was taken away.", "T-motives", "T-later"}


@pytest.mark.parametrize("kind", WITH_COMMENTS)
def test_report_for_the_parties_does_not_even_keep_comments(kind: Kind, revision: Revision) -> None:
    comment_on(revision, "T-first", by=revision.author)
    assert asked(revision, kind, Audience.PARTIES).content is None


def test_assessment_of_a_draft_says_what_could_not_be_read(revision: Revision) -> None:
    document = copy.deepcopy(revision.document)
    document["measures"][1] |= {"steps": "T-many"}
    document["measures"][2] |= {"sectors": ["T-sector"]}
    draft = start_draft(revision.workspace, document, by=revision.author)
    model = said_of(asked(draft, Kind.ASSESSMENT))
    section = next(each for each in model.sections if each.title == "What could not be read")
    told = {fact.label: fact.value for facts in blocks_of(section, Facts) for fact in facts.rows}
    assert [*told] == ["Measure 2, steps", "Measure 3, sectors"]
    assert "T-many" in told["Measure 2, steps"]
    assert "T-sector" in told["Measure 3, sectors"]
    assert "What could not be read" not in [each.title for each in said_of(asked(revision, Kind.ASSESSMENT)).sections]
    assert "T-many" not in said(said_of(asked(draft, Kind.ASSESSMENT, Audience.PARTIES)))


def test_comparison_names_revisions_and_tells_what_changed(revision: Revision) -> None:
    document = canonical_document(load_package(revision.document)) | {"title": "Another title"}
    variant = imported(revision, document)
    model = said_of(asked(variant, Kind.COMPARISON, against=revision))
    title = revision.proposal.title
    assert model.subtitle == f"{title}, revision 1 → Another title, revision 1"
    assert model.headline == "1 changed"
    about = kind_of(report := asked(variant, Kind.COMPARISON, against=revision, language="fr")).about(report)
    assert (about.title, about.number, about.note) == ("Another title", "1-1", f"Beside “{title}”")


def test_draft_with_errors_is_told_as_far_as_it_can_be_read(revision: Revision) -> None:
    document = {**revision.document, "measures": [{"title": "Half", "steps": "many"}], "links": "none"}
    wrong = Revision.objects.create(
        proposal=revision.proposal, workspace=revision.workspace, number=2, document=document, sha256="0" * 64,
        author=revision.author,
    )  # fmt: skip
    for kind in OF_REVISIONS:
        for audience in Audience:
            assert said_of(asked(wrong, kind, audience)).sections
