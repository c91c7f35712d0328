"""The pane as it is fetched, and the switch that hides the scores."""

from __future__ import annotations

import re

import pytest

from proposals.advising.keeping import forget_states
from proposals.models import Revision
from tests.personas import Person


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    forget_states()


def address(revision: Revision) -> str:
    return f"/proposals/{revision.proposal_id}/draft/pane/"


def shown(person: Person, revision: Revision, at: str = "/measures/m1") -> str:
    response = person.client.get(address(revision), {"at": at})
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    return response.content.decode()


def test_the_pane_shows_fifteen_lines_a_verdict_and_three_steps(mediator: Person, revision: Revision) -> None:
    text = shown(mediator, revision)
    assert text.count('class="pane-line') == 15
    assert len(re.findall(r'id="advice-step-\d"', text)) == 3
    assert 'id="pane-verdict"' in text
    assert "Precedents for this measure" in text
