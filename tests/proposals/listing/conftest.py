"""Proposals to list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User, Workspace
from assessments.calibration import worked_example
from assessments.package import Package, canonical_document
from proposals.domain import import_package
from proposals.models import Proposal
from tests.personas import Person

Start = Callable[..., Proposal]


@pytest.fixture
def start(workspace: Workspace, mediator: Person) -> Start:
    """Starts a proposal with the worked example, with other parts of the document where they are named."""

    def started(title: str, *, by: User | None = None, where: Workspace | None = None, **parts: Any) -> Proposal:
        document = {**canonical_document(worked_example().package), "title": title, **parts}
        package = Package.model_validate({name: part for name, part in document.items() if part is not None})
        person = by or mediator.user
        assert person is not None
        revision = import_package(where or workspace, package, by=person)
        return Proposal.objects.get(pk=revision.proposal_id)

    return started
