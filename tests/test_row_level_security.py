"""The database keeps the walls between workspaces, whatever a view forgets."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import Tags, run_checks
from django.db import DatabaseError, connection, models, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import path, reverse

from accounts import walls
from accounts.models import Membership, Workspace
from assessments.calibration import worked_example
from cases.models import SavedSearch, ShelvedCase
from cbm_advisor.urls import urlpatterns as pages
from proposals.domain import import_package
from proposals.models import Comment, Edit, GuestLink, Proposal, ProposalWord, Revision, Share
from reports.models import Branding, Part, Report
from tests.personas import Person
from tests.reports.conftest import sent as sent
from tests.reports.rows import Message, report_of, user_of

WALLED: list[type[models.Model]] = [Proposal, Revision, Report]
KEPT: list[type[models.Model]] = [SavedSearch, ShelvedCase, Branding, Part]
AROUND_A_PROPOSAL: list[type[models.Model]] = [Share, GuestLink, Comment, Edit, ProposalWord]


def forgetful(request: HttpRequest) -> HttpResponse:
    """How many rows a view gets that filters nothing."""
    return JsonResponse([model._default_manager.count() for model in WALLED], safe=False)


def lazy(request: HttpRequest) -> HttpResponse:
    """A page that asks for its rows while it is rendered."""
    return TemplateResponse(request, "proposals/_rows.html", {"proposals": Proposal.objects.for_listing()})


def broken(request: HttpRequest) -> HttpResponse:
    """Writes, and fails."""
    Proposal.objects.update(title="Never to be seen")
    raise RuntimeError("for the test")


def broken_in_the_database(request: HttpRequest) -> HttpResponse:
    """Fails inside a transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")
    return HttpResponse()


def ends_badly(request: HttpRequest) -> HttpResponse:
    """Goes on after an error that it should have let through."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
    except DatabaseError:
        return HttpResponse("all is well")
    return HttpResponse()


urlpatterns = [
    path("forgetful/", forgetful),
    path("lazy/", lazy),
    path("broken/", broken),
    path("broken-in-the-database/", broken_in_the_database),
    path("ends-badly/", ends_badly),
    *pages,
]
with_these_views = pytest.mark.urls(__name__)


def rows() -> list[int]:
    return [model._default_manager.count() for model in WALLED]


def in_force() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('cbm.workspaces', true), '')")
        return str(cursor.fetchone()[0])


def in_production(what: Callable[[], Any]) -> Any:
    """What a thread of the web server gets, with a connection of its own that it keeps."""
    got: list[Any] = []

    def work() -> None:
        try:
            got.append(what())
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return got[0]


@pytest.fixture
def report(revision: Revision) -> Report:
    return report_of(revision)


@pytest.mark.django_db
def test_every_table_of_a_workspace_has_its_wall_also_for_the_owner_of_the_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class JOIN pg_attribute ON attrelid = oid "
            "WHERE relkind = 'r' AND attname = 'workspace_id' AND relname NOT LIKE 'accounts\\_%'"
        )
        found = dict(cursor.fetchall())
    assert found == {model._meta.db_table: True for model in (*WALLED, *KEPT, *AROUND_A_PROPOSAL)}


@pytest.mark.django_db
def test_our_role_does_not_pass_through_walls() -> None:
    assert run_checks(tags=[Tags.database], databases=["default"]) == []


def test_nothing_is_seen_until_workspaces_are_named(report: Report, other_workspace: Workspace) -> None:
    assert rows() == [1, 1, 1]
    with walls.open_to([]):
        assert rows() == [0, 0, 0]
    with walls.open_to([other_workspace.pk]):
        assert rows() == [0, 0, 0]
        with walls.open_to([report.workspace_id, other_workspace.pk]):
            assert rows() == [1, 1, 1]
        assert rows() == [0, 0, 0]
    assert rows() == [1, 1, 1]


def test_raw_sql_meets_the_same_walls(report: Report, other_workspace: Workspace) -> None:
    with walls.open_to([other_workspace.pk]), connection.cursor() as cursor:
        for model in WALLED:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            assert cursor.fetchall() == []
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
            assert cursor.rowcount == 0


def test_nothing_is_written_into_another_workspace(
    revision: Revision, mediator: Person, other_workspace: Workspace
) -> None:
    with walls.open_to([revision.workspace_id]):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Proposal.objects.create(workspace=other_workspace, title="Smuggled", created_by=user_of(mediator))
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Proposal.objects.update(workspace=other_workspace)
        assert Proposal.objects.get().workspace_id == revision.workspace_id


def test_revision_cannot_be_in_another_workspace_than_its_proposal(
    revision: Revision, other_workspace: Workspace
) -> None:
    def move() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            Revision.objects.update(workspace=other_workspace)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="a_revision_is_in_its_proposals_workspace"):
        move()


def test_what_people_keep_of_the_library_stands_behind_the_same_walls(
    revision: Revision, other_workspace: Workspace, mediator: Person
) -> None:
    mine = {"workspace": revision.workspace, "person": user_of(mediator)}
    kept: list[SavedSearch | ShelvedCase] = [
        SavedSearch.objects.create(**mine, name="Mine", query="?words=truce", found=1),
        ShelvedCase.objects.create(**mine, slug="nuba-mountains-2002", title="Nuba", position=1),
    ]
    for each in kept:
        with walls.open_to([other_workspace.pk]):
            assert not type(each)._default_manager.exists()
        with walls.open_to([revision.workspace_id]):
            assert type(each)._default_manager.exists()
            each.workspace = other_workspace
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                each.save()


@with_these_views
@pytest.mark.usefixtures("report")
def test_forgotten_filter_shows_nothing_of_others(revision: Revision, mediator: Person, outsider: Person) -> None:
    assert outsider.client.get("/forgetful/").json() == [0, 0, 0]
    assert mediator.client.get("/forgetful/").json() == [1, 1, 1]
    assert revision.proposal.title not in outsider.client.get("/lazy/").content.decode()
    assert revision.proposal.title in mediator.client.get("/lazy/").content.decode()
    assert in_force() == walls.EVERYWHERE


@with_these_views
def test_person_in_two_workspaces_sees_both(revision: Revision, outsider: Person, other_workspace: Workspace) -> None:
    import_package(other_workspace, worked_example().package, by=user_of(outsider))
    assert outsider.client.get("/forgetful/").json() == [1, 1, 0]
    Membership.objects.create(user=user_of(outsider), workspace=revision.workspace, role=Membership.Role.OBSERVER)
    assert outsider.client.get("/forgetful/").json() == [2, 2, 0]


@with_these_views
@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("address", ["/forgetful/", "/broken/", "/broken-in-the-database/", "/ends-badly/"])
def test_request_leaves_a_lasting_connection_as_it_was(revision: Revision, mediator: Person, address: str) -> None:
    mediator.client.raise_request_exception = False

    def visit() -> tuple[str, list[int], str, list[int]]:
        before = in_force(), rows()
        mediator.client.get(address)
        return *before, in_force(), rows()

    assert in_production(visit) == ("", [0, 0, 0], "", [0, 0, 0])
    assert Proposal.objects.get().title == revision.proposal.title


@with_these_views
@pytest.mark.usefixtures("transactional_db")
def test_next_person_on_the_same_connection_sees_only_their_own(
    report: Report, mediator: Person, outsider: Person
) -> None:
    def visit() -> list[list[int]]:
        return [person.client.get("/forgetful/").json() for person in (mediator, outsider, mediator)]

    assert in_production(visit) == [[1, 1, 1], [0, 0, 0], [1, 1, 1]]


@pytest.mark.usefixtures("transactional_db", "sent")
def test_report_is_announced_after_the_commit_when_the_walls_of_the_request_stand_no_more(
    revision: Revision, mediator: Person, sent: list[Message]
) -> None:
    def ask() -> tuple[int, str]:
        response = mediator.client.post(reverse("reports:request", args=[revision.pk]))
        return response.status_code, in_force()

    assert in_production(ask) == (302, "")
    report = Report.objects.get()
    assert sent == [Message(report.pk, 0)]
    assert report.nudged_at > report.requested_at


@pytest.mark.usefixtures("transactional_db")
def test_lifted_walls_stay_so_on_a_connection_that_is_opened_later_and_stand_again_afterwards(
    revision: Revision,
) -> None:
    def work() -> tuple[int, int, int]:
        with walls.lifted():
            first = Proposal.objects.count()
            connection.close()
            again = Proposal.objects.count()
        return first, again, Proposal.objects.count()

    assert in_production(work) == (1, 1, 0)


@pytest.mark.usefixtures("transactional_db")
def test_error_while_walls_are_lifted_puts_them_back(revision: Revision) -> None:
    def work() -> list[str]:
        found = []
        for around in (transaction.atomic, walls.lifted):
            with pytest.raises(DatabaseError), around(), walls.lifted(), connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")
            found.append(in_force())
        return found

    assert in_production(work) == ["", ""]


@with_these_views
@pytest.mark.parametrize("address", ["/healthz", "/forgetful/", "/account/login/"])
def test_anonymous_requests_touch_no_database(address: str) -> None:
    assert Client().get(address).status_code in {200, 302}  # pytest-django refuses the database to this test


def test_walls_are_the_last_middleware_because_they_call_the_view() -> None:
    assert settings.MIDDLEWARE[-1] == "accounts.middleware.WallsMiddleware"
