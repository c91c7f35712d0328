"""People from outside with whom the team's proposal is shared, and a proposal of the team that is shared with nobody."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User, Workspace
from assessments.calibration import worked_example
from assessments.package import canonical_document, load_package
from proposals.domain import import_package
from proposals.models import Revision, Share
from proposals.sharing.domain import share
from tests.personas import Person
from tests.proposals.sharing.confidential import CONFIDENTIAL
from tests.reports.rows import user_of


@pytest.fixture
def secret(workspace: Workspace, mediator: Person) -> Revision:
    """A proposal with words in each confidential text that stand nowhere else."""
    document = canonical_document(worked_example().package)
    party = document["parties"][0]["id"]
    document |= {"title": "Secret title", "notes": CONFIDENTIAL[0]}
    document["diagnosis"] |= {"motives": {party: CONFIDENTIAL[1]}, "evidence_note": CONFIDENTIAL[2]}
    return import_package(workspace, load_package(document), by=user_of(mediator))


@pytest.fixture
def other(workspace: Workspace, mediator: Person) -> Revision:
    """Another proposal of the same workspace."""
    package = worked_example().package.model_copy(update={"title": "Not to be seen"})
    return import_package(workspace, package, by=user_of(mediator))


def shared_person(revision: Revision, name: str, kind: str, **how: bool) -> Person:
    """Somebody without a workspace with whom a proposal is shared."""
    user = User.objects.create_user(f"{name}@elsewhere.example", name=name.capitalize())
    share(revision.proposal, user.email, kind, by=revision.author, **how)
    client = Client()
    client.force_login(user)
    return Person(user, client)


@pytest.fixture
def helper(revision: Revision) -> Person:
    """Co-drafts the team's proposal from outside."""
    return shared_person(revision, "helper", Share.Kind.CO_DRAFTER)


@pytest.fixture
def looker(revision: Revision) -> Person:
    """Observes the team's proposal from outside."""
    return shared_person(revision, "looker", Share.Kind.OBSERVER)
