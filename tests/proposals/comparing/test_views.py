from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEntry, Workspace
from assessments.calibration import worked_example
from assessments.package import Package, canonical_document
from proposals.comparing.domain import branch_variant
from proposals.domain import delete_proposal, import_package, open_confidential_to, save_revision
from proposals.models import Proposal, Revision
from tests.personas import Person

SECRET = "unmistakable-secret"


def changed(**fields: Any) -> Package:
    """The worked example with other fields."""
    return Package.model_validate({**canonical_document(worked_example().package), **fields})


def page(person: Person, name: str, *args: Any, **query: Any) -> str:
    """A page as ``person`` sees it."""
    response = person.client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return str(response.content.decode())


def status(person: Person, name: str, *args: Any, **query: Any) -> int:
    return int(person.client.get(reverse(name, args=args), query).status_code)


@pytest.fixture
def second(revision: Revision, mediator: Person) -> Revision:
    """A second revision, with another title and another diagnosis."""
    assert mediator.user is not None
    diagnosis = {"evidence_note": SECRET}
    return save_revision(revision.proposal, changed(title="Second title", diagnosis=diagnosis), by=mediator.user)


@pytest.fixture
def variant(revision: Revision, mediator: Person) -> Proposal:
    """The worked example without its second measure."""
    assert mediator.user is not None
    return branch_variant(revision, note="what if we drop the patrols", left_out=["m2"], by=mediator.user)


def test_newest_is_compared_with_the_one_before_if_nothing_is_asked(mediator: Person, second: Revision) -> None:
    said = page(mediator, "proposals:compare", second.proposal_id)
    assert "Second title" in said
    assert "<ins>" in said
    assert SECRET in said


def test_chosen_revisions_stand_in_the_form_and_can_be_swapped(mediator: Person, second: Revision) -> None:
    said = page(mediator, "proposals:compare", second.proposal_id, **{"from": 2, "to": 1})
    assert said.count("selected") == 2
    assert "?from=1&amp;to=2" in said


@pytest.mark.parametrize("asked", ["9", "abc", "-1", "1e9", "²"])
@pytest.mark.parametrize("side", ["from", "to"])
def test_number_that_leads_nowhere_is_named_and_the_form_stays(
    mediator: Person, second: Revision, side: str, asked: str
) -> None:
    response = mediator.client.get(reverse("proposals:compare", args=[second.proposal_id]), {side: asked})
    assert response.status_code == 404
    said = response.content.decode()
    assert f"There is no revision “{asked}”" in said
    assert 'name="from"' in said


def test_markup_in_an_address_is_shown_as_it_stands(mediator: Person, second: Revision) -> None:
    response = mediator.client.get(reverse("proposals:compare", args=[second.proposal_id]), {"from": "<b>1</b>"})
    assert "<b>1</b>" not in response.content.decode()


def test_markup_in_a_draft_is_shown_as_it_stands(mediator: Person, revision: Revision) -> None:
    assert mediator.user is not None
    save_revision(revision.proposal, changed(summary="<script>alert(1)</script>"), by=mediator.user)
    said = page(mediator, "proposals:compare", revision.proposal_id)
    assert "<script>alert(1)" not in said
    assert "&lt;script&gt;alert(1)" in said


def test_one_revision_alone_says_what_will_be_here(mediator: Person, revision: Revision) -> None:
    shown = page(mediator, "proposals:compare", revision.proposal_id)
    assert "There is one revision so far" in shown
    assert "compare-choose" not in shown


def test_observer_sees_nothing_of_a_diagnosis_that_changed(observer: Person, second: Revision) -> None:
    said = page(observer, "proposals:compare", second.proposal_id)
    assert SECRET not in said
    assert "Diagnosis" not in said
    assert "lack of trust" not in said
    assert "without their confidential parts" in said
    assert "Second title" in said


def test_revisions_that_differ_in_confidential_parts_alone_look_alike_to_an_observer(
    observer: Person, mediator: Person, revision: Revision
) -> None:
    assert mediator.user is not None
    save_revision(revision.proposal, changed(notes=SECRET, diagnosis=None), by=mediator.user)
    assert "Both say the same" in page(observer, "proposals:compare", revision.proposal_id)
    assert SECRET in page(mediator, "proposals:compare", revision.proposal_id)


def test_who_may_read_the_confidential_parts_of_one_only_sees_those_of_neither(
    reviewer: Person, mediator: Person, second: Revision, variant: Proposal
) -> None:
    assert mediator.user is not None
    open_confidential_to(second.proposal, ["reviewer"], by=mediator.user)
    assert SECRET in page(reviewer, "proposals:compare", second.proposal_id)
    said = page(reviewer, "proposals:compare", second.proposal_id, **{"with": variant.pk})
    assert SECRET not in said
    assert "Diagnosis" not in said


def test_whole_comparison_is_written_down_and_a_bare_one_is_not(
    mediator: Person,
    observer: Person,
    second: Revision,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    viewed = AuditEntry.objects.filter(verb="proposals.confidential_viewed")
    with django_capture_on_commit_callbacks(execute=True):
        page(observer, "proposals:compare", second.proposal_id)
    assert not viewed.exists()
    with django_capture_on_commit_callbacks(execute=True):
        page(mediator, "proposals:compare", second.proposal_id)
    assert viewed.filter(actor=mediator.user).exists()


def test_comparison_and_variants_leave_no_copy_behind(mediator: Person, revision: Revision) -> None:
    for name in ("proposals:compare", "proposals:variants", "proposals:new_variant"):
        response = mediator.client.get(reverse(name, args=[revision.proposal_id]))
        assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("other", ["nonsense", "76781193-56ed-4342-912a-fa95a364f44b"])
def test_proposal_that_is_not_there_cannot_be_compared_with(mediator: Person, revision: Revision, other: str) -> None:
    assert status(mediator, "proposals:compare", revision.proposal_id, **{"with": other}) == 404


def test_proposal_of_others_cannot_be_compared_with(
    outsider: Person, mediator: Person, revision: Revision, other_workspace: Workspace
) -> None:
    assert outsider.user is not None
    theirs = import_package(other_workspace, worked_example().package, by=outsider.user).proposal
    assert status(mediator, "proposals:compare", revision.proposal_id, **{"with": theirs.pk}) == 404
    assert status(outsider, "proposals:compare", theirs.pk, **{"with": revision.proposal_id}) == 404


def test_restored_revision_is_the_newest_and_what_came_between_stays(
    mediator: Person, revision: Revision, second: Revision
) -> None:
    address = reverse("proposals:restore_revision", args=[second.proposal_id, 1])
    said = mediator.client.post(address, follow=True).content.decode()
    assert "Revision 1 is back, as revision 3" in said
    assert [each.number for each in second.proposal.revisions.all()] == [3, 2, 1]
    assert second.proposal.revisions.all()[0].reason == "Revision 1 restored"
    again = mediator.client.post(address, follow=True).content.decode()
    assert "nothing was changed" in again
    assert second.proposal.revisions.count() == 3


def test_revisions_page_offers_what_the_person_may_do(mediator: Person, observer: Person, second: Revision) -> None:
    restore = reverse("proposals:restore_revision", args=[second.proposal_id, 1])
    compare = f"{reverse('proposals:compare', args=[second.proposal_id])}?from=1"
    drafters = page(mediator, "proposals:revisions", second.proposal_id)
    assert restore in drafters
    assert compare in drafters
    assert reverse("proposals:restore_revision", args=[second.proposal_id, 2]) not in drafters
    others = page(observer, "proposals:revisions", second.proposal_id)
    assert compare in others
    assert restore not in others


def test_variant_is_branched_without_the_measures_that_are_ticked(mediator: Person, revision: Revision) -> None:
    form = {"note": "what if we drop the patrols", "left_out": ["m2"], "revision": "1"}
    address = reverse("proposals:new_variant", args=[revision.proposal_id])
    said = mediator.client.post(address, form, follow=True).content.decode()
    assert "what if we drop the patrols" in said
    variant = Proposal.objects.get(variant_of=revision.proposal)
    document = variant.revisions.get().document
    assert [measure["id"] for measure in document["measures"]] == ["m1", "m3", "m4"]
    assert (variant.title, variant.branched_at) == (revision.proposal.title, 1)


def test_variant_of_an_older_revision_offers_its_measures(mediator: Person, revision: Revision) -> None:
    assert mediator.user is not None
    fewer = [measure for measure in revision.document["measures"] if measure["id"] == "m1"]
    bare = {"verification": None, "violations": None, "links": None}
    save_revision(revision.proposal, changed(measures=fewer, **bare), by=mediator.user)
    assert 'value="m2"' in page(mediator, "proposals:new_variant", revision.proposal_id, revision=1)
    assert 'value="m2"' not in page(mediator, "proposals:new_variant", revision.proposal_id)
    assert status(mediator, "proposals:new_variant", revision.proposal_id, revision=9) == 404
    assert status(mediator, "proposals:new_variant", revision.proposal_id, revision="x") == 404


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"note": ""}, "This field is required."),
        ({"note": "x" * 201}, "at most 200 characters"),
        ({"note": "None left", "left_out": ["m1", "m2", "m3", "m4"]}, "Leave at least one measure in"),
        ({"note": "Unknown", "left_out": ["m9"]}, "m9 is not one of the available choices"),
    ],
)
def test_bad_form_says_what_to_do_and_keeps_what_was_typed(
    mediator: Person, revision: Revision, form: dict[str, Any], error: str
) -> None:
    response = mediator.client.post(reverse("proposals:new_variant", args=[revision.proposal_id]), form)
    said = response.content.decode()
    assert response.status_code == 422
    assert error in said
    assert form["note"] in said
    assert Proposal.objects.count() == 1


def test_variants_stand_beside_their_base(mediator: Person, revision: Revision, variant: Proposal) -> None:
    said = page(mediator, "proposals:variants", revision.proposal_id)
    assert "what if we drop the patrols" in said
    assert f"?with={variant.pk}" in said
    own = page(mediator, "proposals:variants", variant.pk)
    assert "itself a variant" in own


def test_list_tells_a_variant_from_its_base(mediator: Person, variant: Proposal) -> None:
    assert page(mediator, "proposals:list").count("Variant: what if we drop the patrols") == 1


def test_deleted_variant_is_nowhere(mediator: Person, revision: Revision, variant: Proposal) -> None:
    assert mediator.user is not None
    delete_proposal(variant, by=mediator.user)
    said = page(mediator, "proposals:variants", revision.proposal_id)
    assert "what if we drop the patrols" not in said
    assert str(variant.pk) not in said
    assert status(mediator, "proposals:variants", variant.pk) == 404
    assert status(mediator, "proposals:compare", revision.proposal_id, **{"with": variant.pk}) == 404


def test_variant_of_a_deleted_base_stays_and_does_not_lead_there(
    mediator: Person, revision: Revision, variant: Proposal
) -> None:
    assert mediator.user is not None
    Proposal.objects.filter(pk=revision.proposal_id).update(
        title="Title of the base", deleted_at=timezone.now(), deleted_by=mediator.user
    )
    said = page(mediator, "proposals:variants", variant.pk)
    assert "Title of the base" not in said
    assert str(revision.proposal_id) not in said
    assert status(mediator, "proposals:compare", variant.pk, **{"with": revision.proposal_id}) == 404


def test_variant_that_somehow_stands_in_another_workspace_is_not_shown(
    outsider: Person, mediator: Person, revision: Revision, other_workspace: Workspace
) -> None:
    assert outsider.user is not None
    assert mediator.user is not None
    other_workspace.memberships.create(user=mediator.user, role="drafter")
    theirs = import_package(other_workspace, worked_example().package, by=outsider.user).proposal
    Proposal.objects.filter(pk=theirs.pk).update(variant_of=revision.proposal, variant_note=SECRET)
    assert SECRET not in page(mediator, "proposals:variants", revision.proposal_id)


def test_observer_sees_variants_without_confidential_parts_and_branches_none(
    observer: Person, revision: Revision, variant: Proposal
) -> None:
    said = page(observer, "proposals:variants", revision.proposal_id)
    assert "without their confidential parts" in said
    assert reverse("proposals:new_variant", args=[revision.proposal_id]) not in said


def test_more_than_six_variants_are_listed_and_not_lost(mediator: Person, revision: Revision) -> None:
    assert mediator.user is not None
    for number in range(8):
        branch_variant(revision, note=f"Variant number {number}", by=mediator.user)
    said = page(mediator, "proposals:variants", revision.proposal_id)
    assert all(f"Variant number {number}" in said for number in range(8))
    assert said.count('scope="col"') == 8
    assert "Older variants" in said


def _cost(person: Person, address: str, capture: DjangoCaptureOnCommitCallbacks) -> int:
    """How many queries a page takes when everything is at hand."""
    with capture(execute=True):
        person.client.get(address)
    with CaptureQueriesContext(connection) as queries:
        person.client.get(address)
    return len(queries)


def test_variants_ask_as_little_for_three_as_for_one(
    mediator: Person, revision: Revision, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert mediator.user is not None
    address = reverse("proposals:variants", args=[revision.proposal_id])
    branch_variant(revision, note="One", left_out=["m2"], by=mediator.user)
    for_one = _cost(mediator, address, django_capture_on_commit_callbacks)
    for left_out in (["m3"], ["m4"]):
        branch_variant(revision, note="More", left_out=left_out, by=mediator.user)
    assert _cost(mediator, address, django_capture_on_commit_callbacks) == for_one
    assert for_one <= 7 + 5  # and around it the request's transaction, its walls, and the news


def test_comparison_asks_as_little_for_five_revisions_as_for_two(
    mediator: Person, second: Revision, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert mediator.user is not None
    address = f"{reverse('proposals:compare', args=[second.proposal_id])}?from=1&to=2"
    for_two = _cost(mediator, address, django_capture_on_commit_callbacks)
    for title in ("Third", "Fourth", "Fifth"):
        save_revision(second.proposal, changed(title=title), by=mediator.user)
    assert _cost(mediator, address, django_capture_on_commit_callbacks) == for_two
    assert for_two <= 9 + 4
