"""Looks of reports: rows that never change, the newest in force."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pypdf import PdfReader

from accounts import walls
from accounts.models import AuditEntry, Membership, Workspace
from proposals.models import Revision
from proposals.sharing.domain import share
from reports.asking import Wanted
from reports.branding import domain
from reports.branding.colours import contrast_on_white, darkened
from reports.branding.domain import OvertakenError, Wish, branding_in_force, change_look, look_of, restore_look
from reports.domain import request
from reports.look import Look
from reports.making import render
from reports.models import Branding, Report
from tests.personas import Person, person_in
from tests.reports.rows import now, report_of, user_of

PLAIN = Wish(accent="#7a1f5c", header="Ministry", footer="", language="", paper="a4")
LOGO, TEMPLATE = b"PNG of a logo", b"PK of a template"

pytestmark = pytest.mark.usefixtures("files")


def on_disk(files: Path) -> set[str]:
    return {path.suffix for path in files.rglob("*") if path.is_file()}


def test_a_report_looks_as_its_workspace_looked_when_it_was_asked_for(
    revision: Revision, workspace: Workspace, owner: Person
) -> None:
    assert look_of(report_of(revision)) == Look()
    wish = PLAIN._replace(logo=LOGO, template=TEMPLATE, footer="12 Harbour Street")
    first = change_look(workspace, wish, by=user_of(owner), seen=0)
    change_look(workspace, PLAIN._replace(logo=b""), by=user_of(owner), seen=1)
    report = report_of(revision, branding=first)
    assert look_of(report) == Look(
        logo=LOGO, accent="#7a1f5c", header="Ministry", footer="12 Harbour Street", template=TEMPLATE
    )
    now = branding_in_force(workspace)
    assert now is not None
    assert look_of(report_of(revision, branding=now)) == Look(accent="#7a1f5c", header="Ministry", template=TEMPLATE)


def test_files_stay_until_they_are_replaced_or_taken_away(workspace: Workspace, owner: Person) -> None:
    by = user_of(owner)
    first = change_look(workspace, PLAIN._replace(logo=LOGO, template=TEMPLATE), by=by, seen=0)
    second = change_look(workspace, PLAIN._replace(header="Other"), by=by, seen=1)
    assert (second.logo.name, second.template.name) == (first.logo.name, first.template.name)
    third = change_look(workspace, PLAIN._replace(logo=b"", template=b"PK another"), by=by, seen=2)
    assert third.logo.name == ""
    assert domain.look(third).template == b"PK another"
    assert domain.look(first).logo == LOGO


def test_the_same_once_more_is_no_new_look(workspace: Workspace, owner: Person, files: Path) -> None:
    by = user_of(owner)
    change_look(workspace, PLAIN._replace(logo=LOGO), by=by, seen=0)
    entries = AuditEntry.objects.count()
    for wish in (PLAIN, PLAIN._replace(logo=LOGO)):
        assert change_look(workspace, wish, by=by, seen=1).number == 1
    assert restore_look(Branding.objects.get(), by=by).number == 1
    assert AuditEntry.objects.count() == entries


def test_an_earlier_look_is_put_in_force_again_as_a_new_one(workspace: Workspace, owner: Person) -> None:
    by = user_of(owner)
    first = change_look(workspace, PLAIN._replace(logo=LOGO), by=by, seen=0)
    change_look(workspace, PLAIN._replace(logo=b"", accent="#0b5a61"), by=by, seen=1)
    third = restore_look(first, by=by)
    assert third.number == 3
    assert domain.look(third) == domain.look(first)
    told = AuditEntry.objects.filter(verb__startswith="reports.look_").order_by("pk").values_list("verb", "details")
    assert list(told) == [
        ("reports.look_changed", {"number": 1, "fields": "logo, accent, header"}),
        ("reports.look_changed", {"number": 2, "fields": "logo, accent"}),
        ("reports.look_restored", {"number": 3, "restored": 1}),
    ]


def test_whoever_saw_an_older_look_does_not_overwrite_a_newer_one(workspace: Workspace, owner: Person) -> None:
    change_look(workspace, PLAIN, by=user_of(owner), seen=0)
    with pytest.raises(OvertakenError):
        change_look(workspace, PLAIN._replace(header="Other"), by=user_of(owner), seen=0)
    assert Branding.objects.count() == 1


def test_only_owners_decide(workspace: Workspace, mediator: Person, outsider: Person, owner: Person) -> None:
    saved = change_look(workspace, PLAIN, by=user_of(owner), seen=0)
    for person in (mediator, outsider):
        with pytest.raises(PermissionDenied):
            change_look(workspace, PLAIN._replace(header="Mine"), by=user_of(person), seen=1)
        with pytest.raises(PermissionDenied):
            restore_look(saved, by=user_of(person))


def test_a_file_goes_with_the_last_look_of_any_workspace(
    workspace: Workspace, other_workspace: Workspace, owner: Person, outsider: Person, files: Path
) -> None:
    change_look(workspace, PLAIN._replace(logo=LOGO), by=user_of(owner), seen=0)
    change_look(other_workspace, PLAIN._replace(logo=LOGO), by=user_of(outsider), seen=0)
    with walls.open_to([workspace.pk]):
        Branding.objects.filter(workspace=workspace).delete()
    assert on_disk(files) == {".png"}
    Branding.objects.filter(workspace=other_workspace).delete()
    assert on_disk(files) == set()


def test_a_file_that_is_gone_is_left_out_and_logged(
    workspace: Workspace, owner: Person, caplog: pytest.LogCaptureFixture
) -> None:
    saved = change_look(workspace, PLAIN._replace(logo=LOGO, template=TEMPLATE), by=user_of(owner), seen=0)
    name = str(saved.logo.name)
    saved.logo.storage.delete(name)
    with caplog.at_level(logging.ERROR):
        assert domain.look(saved) == Look(accent="#7a1f5c", header="Ministry", template=TEMPLATE)
    assert name in caplog.text


@pytest.mark.usefixtures("sent")
def test_a_report_is_made_in_the_look_that_was_in_force_when_it_was_asked_for(
    revision: Revision, workspace: Workspace, owner: Person
) -> None:
    wish = PLAIN._replace(header="Ministry of Peace", footer="12 Harbour Street")
    change_look(workspace, wish, by=user_of(owner), seen=0)
    report = request(Wanted(revision=revision), by=revision.author)
    change_look(workspace, wish._replace(header="Another ministry"), by=user_of(owner), seen=1)
    render(report.pk)
    with now(report).file.open("rb") as file:
        pages = [page.extract_text() for page in PdfReader(file).pages]
    assert all("Ministry of Peace" in page and "12 Harbour Street" in page for page in pages[1:])
    assert not any("Another ministry" in page for page in pages)
    assert request(Wanted(revision=revision), by=revision.author).pk != report.pk


@pytest.mark.usefixtures("sent")
def test_a_report_that_somebody_outside_asks_for_has_the_look_of_the_proposals_workspace(
    revision: Revision, workspace: Workspace, other_workspace: Workspace, owner: Person, outsider: Person
) -> None:
    """The walls show them no row of it otherwise."""
    theirs = change_look(workspace, PLAIN, by=user_of(owner), seen=0)
    change_look(other_workspace, PLAIN._replace(header="Elsewhere"), by=user_of(outsider), seen=0)
    share(revision.proposal, user_of(outsider).email, "co_drafter", by=revision.author)
    asked = outsider.client.post(reverse("reports:request", args=[revision.pk]))
    assert asked.status_code == 302
    assert Report.objects.get().branding == theirs
    with walls.open_to([other_workspace.pk], person=user_of(outsider).pk):
        assert [each.header for each in Branding.objects.all()] == ["Elsewhere"]
        assert branding_in_force(workspace) == theirs
        assert [each.header for each in Branding.objects.all()] == ["Elsewhere"]


def test_two_owners_number_their_looks_one_after_the_other(workspace: Workspace, owner: Person) -> None:
    other = person_in(workspace, "other", Membership.Role.OWNER)
    change_look(workspace, PLAIN, by=user_of(owner), seen=0)
    assert change_look(workspace, PLAIN._replace(header="B"), by=user_of(other), seen=1).number == 2


@pytest.mark.parametrize(
    ("colour", "contrast"), [("#ffffff", 1), ("#000000", 21), ("#767676", 4.54), ("#0000ff", 8.59), ("#ff0000", 4.0)]
)
def test_contrast_is_that_of_wcag(colour: str, contrast: float) -> None:
    assert contrast_on_white(colour) == pytest.approx(contrast, abs=0.05)


@pytest.mark.parametrize("colour", ["#ffffff", "#ffff00", "#00ff00", "#ff8080", "#88ccee", "#f5f5f5", "#777777"])
def test_a_darkened_colour_can_be_read_and_is_hardly_darker_than_it_has_to_be(colour: str) -> None:
    assert 4.5 <= contrast_on_white(darkened(colour)) < 4.75
