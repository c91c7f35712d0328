"""Fixed people for tests: who they are, where they belong, and a client for each."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from django.test import Client

from accounts.models import Membership, User, Workspace
from assessments.calibration import worked_example
from proposals.domain import import_package
from proposals.models import Revision


class Person(NamedTuple):
    """A person with a signed-in client; for ``anonymous`` there is no user."""

    user: User | None
    client: Client


def person_in(workspace: Workspace, name: str, role: str) -> Person:
    """A new person with ``role`` in ``workspace``, signed in."""
    user = User.objects.create_user(f"{name}@example.org", name=name.capitalize())
    Membership.objects.create(user=user, workspace=workspace, role=role)
    client = Client()
    client.force_login(user)
    return Person(user, client)


@pytest.fixture
def workspace(db: None) -> Workspace:
    """The workspace of the mediation team."""
    return Workspace.objects.create(name="Team A")


@pytest.fixture
def other_workspace(db: None) -> Workspace:
    """A workspace that the mediation team knows nothing of."""
    return Workspace.objects.create(name="Team B")


@pytest.fixture
def mediator(workspace: Workspace) -> Person:
    """Drafts in the team's workspace."""
    return person_in(workspace, "mediator", Membership.Role.DRAFTER)


@pytest.fixture
def owner(workspace: Workspace) -> Person:
    """Owns the team's workspace."""
    return person_in(workspace, "owner", Membership.Role.OWNER)


@pytest.fixture
def codrafter(workspace: Workspace) -> Person:
    """Drafts beside the mediator."""
    return person_in(workspace, "codrafter", Membership.Role.DRAFTER)


@pytest.fixture
def reviewer(workspace: Workspace) -> Person:
    """Reviews in the team's workspace."""
    return person_in(workspace, "reviewer", Membership.Role.REVIEWER)


@pytest.fixture
def trainer(workspace: Workspace) -> Person:
    """Trains in the team's workspace."""
    return person_in(workspace, "trainer", Membership.Role.TRAINER)


@pytest.fixture
def participant(db: None) -> Person:
    """Has an account and belongs to no workspace."""
    user = User.objects.create_user("participant@example.org", name="Participant")
    client = Client()
    client.force_login(user)
    return Person(user, client)


@pytest.fixture
def observer(workspace: Workspace) -> Person:
    """May look on in the team's workspace."""
    return person_in(workspace, "observer", Membership.Role.OBSERVER)


@pytest.fixture
def outsider(other_workspace: Workspace) -> Person:
    """Owns another workspace and must not learn what the team has."""
    return person_in(other_workspace, "outsider", Membership.Role.OWNER)


@pytest.fixture
def anonymous(db: None) -> Person:
    """Has not signed in."""
    return Person(None, Client())


PERSONAS = (
    "owner", "mediator", "codrafter", "reviewer", "trainer", "observer", "outsider", "participant", "anonymous",
)  # fmt: skip


@pytest.fixture
def personas(request: pytest.FixtureRequest) -> dict[str, Person]:
    """All of them by name."""
    return {name: request.getfixturevalue(name) for name in PERSONAS}


@pytest.fixture
def revision(workspace: Workspace, mediator: Person) -> Revision:
    """The worked example as the team's proposal."""
    assert mediator.user is not None
    return import_package(workspace, worked_example().package, by=mediator.user)
