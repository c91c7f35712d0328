from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Workspace
from assessments.calibration import worked_example
from assessments.engine.evaluation import Evaluation
from assessments.engine.grading import MET, NOT_MET
from assessments.package import canonical_document, load_package
from assessments.package.changes import ChangeError
from assessments.package.drafts import read_draft
from cases.domain import load_library
from cases.models import Case, CaseMeasure
from cases.schema import case_files
from proposals.drafting.domain import start_draft
from proposals.models import Revision
from proposals.starting.domain import inspire, start_blank, start_from_cases, start_from_example
from proposals.starting.inspiration import free_number, prompt
from tests.personas import Person


@pytest.fixture
def measure(db: None) -> CaseMeasure:
    load_library({"nuba-mountains-2002": case_files()["nuba-mountains-2002"]})
    return Case.objects.get().measures.all()[0]


def test_blank_package_is_a_proposal_that_says_what_it_is_called(mediator: Person, workspace: Workspace) -> None:
    assert mediator.user is not None
    revision = start_blank(workspace, {"format": "cbm-package/1", "title": "T"}, by=mediator.user)
    assert revision.proposal.title == "T"
    assert revision.document == {"format": "cbm-package/1", "title": "T"}
    assert AuditEntry.objects.filter(verb="proposals.imported", subject_id=str(revision.proposal_id)).exists()


def test_copy_of_the_example_is_a_proposal_of_its_own_each_time(mediator: Person, workspace: Workspace) -> None:
    assert mediator.user is not None
    copies = [start_from_example(workspace, by=mediator.user) for _ in range(2)]
    assert copies[0].proposal_id != copies[1].proposal_id
    package = read_draft(copies[0].document).package
    assert package.title.endswith("(copy)")
    assert package.measures == worked_example().package.measures


def test_historic_measure_comes_as_a_prompt_with_its_tags_and_never_as_a_finished_text(measure: CaseMeasure) -> None:
    row = prompt(measure.case, measure, number=7)
    assert (row["id"], row["adapted_from"], row["origin"]) == ("m7", "nuba-mountains-2002", "template")
    assert row["sectors"] == measure.sectors
    assert row["description"].startswith("To be rewritten.")
    assert row["description"].endswith("?")
    assert not {"commitments", "binding", "reciprocity", "tangible"} & set(row)


def test_tailor_made_check_knows_that_the_parties_have_not_shaped_a_prompt_yet(measure: CaseMeasure) -> None:
    document = canonical_document(worked_example().package)
    row = prompt(measure.case, measure, number=1)

    def grade(**said: object) -> str:
        changed = {**document, "measures": [{**row, **said}], "links": [], "verification": [], "violations": []}
        return Evaluation(load_package(changed)).grade("G1.2")

    assert grade() == NOT_MET
    assert grade(developed_with="all") == MET


def test_prompt_is_added_behind_what_the_draft_has(mediator: Person, revision: Revision, measure: CaseMeasure) -> None:
    assert mediator.user is not None
    before = [each["id"] for each in revision.document["measures"]]
    added = inspire(revision.proposal, [(measure.case, measure)] * 2, by=mediator.user)
    after = [each["id"] for each in added.document["measures"]]
    assert after[:-2] == before
    assert len(set(after)) == len(before) + 2
    assert added.number == 2
    assert read_draft(added.document).problems == []


def test_draft_without_measures_gets_its_first(mediator: Person, workspace: Workspace, measure: CaseMeasure) -> None:
    assert mediator.user is not None
    draft = start_draft(workspace, {"title": "T"}, by=mediator.user)
    assert len(inspire(draft.proposal, [(measure.case, measure)], by=mediator.user).document["measures"]) == 1


def test_draft_whose_measures_cannot_be_read_stays_as_it_is(
    mediator: Person, workspace: Workspace, measure: CaseMeasure
) -> None:
    assert mediator.user is not None
    draft = start_draft(workspace, {"title": "T", "measures": "some"}, by=mediator.user)
    with pytest.raises(ChangeError):
        inspire(draft.proposal, [(measure.case, measure)], by=mediator.user)
    assert draft.proposal.revisions.count() == 1


@pytest.mark.parametrize(
    ("ids", "number"),
    [([], 1), (["m1", "m7"], 8), (["m", "mx", "hotline", 3, None], 1), (["m99999999999999"], 1000000000)],
)
def test_ids_of_prompts_are_free(ids: list[object], number: int) -> None:
    found = free_number({"measures": [{"id": each} for each in ids]})
    assert f"m{found}" not in ids


def test_who_does_not_draft_starts_nothing(observer: Person, revision: Revision, measure: CaseMeasure) -> None:
    assert observer.user is not None
    with pytest.raises(PermissionDenied):
        start_from_cases(revision.workspace, "T", [(measure.case, measure)], by=observer.user)
    with pytest.raises(PermissionDenied):
        inspire(revision.proposal, [(measure.case, measure)], by=observer.user)
