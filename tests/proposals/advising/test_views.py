"""The pane as it is fetched, and the switch that hides the scores."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from proposals.advising.keeping import forget_states
from proposals.drafting.domain import start_draft
from proposals.models import Revision
from tests.personas import Person

LOOSE = "The parties will <b>endeavour</b> to clear mines as appropriate"
SCORES = ("pane-line", "<svg", "lamps", "band", "gain", 'class="score', "The advice so far", " → ")


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget_states()


def draft_of(revision: Revision, **parts: Any) -> Revision:
    """The revision with parts of its document replaced, as a draft of its own."""
    return start_draft(revision.workspace, {**revision.document, **parts}, by=revision.author)


def shown(person: Person, revision: Revision, at: str = "/measures/m1") -> str:
    response = person.client.get(f"/proposals/{revision.proposal_id}/draft/pane/", {"at": at})
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    return response.content.decode()


def hide(person: Person, revision: Revision, answer: str = "yes", **headers: str) -> Any:
    address = f"/proposals/{revision.proposal_id}/draft/scores/"
    return person.client.post(address, {"hide": answer, "at": "/measures/m1"}, headers=headers)


def test_the_pane_shows_fifteen_lines_a_verdict_and_three_steps(mediator: Person, revision: Revision) -> None:
    text = shown(mediator, revision)
    assert text.count('class="pane-line') == 15
    assert len(re.findall(r'id="advice-step-\d"', text)) == 3
    assert 'id="pane-verdict"' in text
    assert f"/proposals/{revision.proposal_id}/precedents/m1/" in text
    assert f'href="/proposals/{revision.proposal_id}/draft/measures/m1/#f__measures__m1__' in text


def test_every_bar_and_light_has_a_mark_and_a_word(mediator: Person, revision: Revision) -> None:
    lines = re.findall(r'<details class="pane-line.*?</summary>', shown(mediator, revision), re.DOTALL)
    assert all(re.search(r'data-mark="[^"]">[^<]+<', line) for line in lines)
    assert all('aria-label="' in line for line in lines if 'class="bar"' in line)


def test_what_cannot_be_read_is_told_with_its_field_and_the_rest_is_advised_on(
    mediator: Person, revision: Revision
) -> None:
    first, *others = revision.document["measures"]
    text = shown(mediator, draft_of(revision, measures=[{**first, "steps": "<many>"}, *others]))
    assert f'draft/measures/{first["id"]}/#f__measures__{first["id"]}__steps">measure 1, steps</a>' in text
    assert "&lt;many&gt;" in text
    assert text.count('class="pane-line') == 15


def test_words_of_the_draft_are_escaped_with_loose_ones_marked(mediator: Person, revision: Revision) -> None:
    first, *others = revision.document["measures"]
    first = {**first, "title": "<i>mines</i>", "commitments": [{"_key": "k1", "text": LOOSE}]}
    text = shown(mediator, draft_of(revision, measures=[first, *others]))
    assert "&lt;b&gt;" in text
    assert re.search(r'<mark class="loose" title="[^"]+">endeavour</mark>', text)
    assert "<b>endeavour" not in text
    assert "<i>mines" not in text


def test_with_scores_hidden_only_questions_and_suggestions_are_sent(mediator: Person, revision: Revision) -> None:
    first, *others = revision.document["measures"]
    revision = draft_of(revision, measures=[{**first, "commitments": [{"_key": "k1", "text": LOOSE}]}, *others])
    assert any(each in shown(mediator, revision) for each in SCORES)
    assert hide(mediator, revision).status_code == 302
    text = shown(mediator, revision)
    assert [each for each in SCORES if each in text] == []
    assert not re.search(r"[+±]\d|\d+ (of 100|%|points)", text)
    assert len(re.findall(r'id="advice-step-\d"', text)) == 3
    assert '<mark class="loose"' in text
    hide(mediator, revision, "no")
    assert "pane-line" in shown(mediator, revision)


def test_the_switch_is_a_persons_own(mediator: Person, codrafter: Person, revision: Revision) -> None:
    hide(mediator, revision)
    assert "pane-line" not in shown(mediator, revision)
    assert "pane-line" in shown(codrafter, revision)


def test_the_switch_answers_htmx_with_the_pane(mediator: Person, revision: Revision) -> None:
    answer = hide(mediator, revision, HX_Request="true")
    assert answer.status_code == 200
    assert "Scores are hidden" in answer.content.decode()


def test_the_switch_leads_back_to_a_page_of_ours_only(mediator: Person, revision: Revision) -> None:
    assert hide(mediator, revision, Referer="https://elsewhere.example/").url == f"/proposals/{revision.proposal_id}/"
    assert hide(mediator, revision, Referer="http://testserver/cases/").url == "http://testserver/cases/"


def test_readers_get_advice_on_what_they_may_read(mediator: Person, observer: Person, revision: Revision) -> None:
    revision = draft_of(revision, diagnosis={**revision.document["diagnosis"], "trust_deficit": "a secret"}, notes=7)
    drafters, readers = shown(mediator, revision), shown(observer, revision)
    assert "a secret" in drafters
    assert "a secret" not in readers
    line = r'id="advice-C1".*?</details>'
    found = [re.search(line, each, re.DOTALL) for each in (drafters, readers)]
    assert found[0]
    assert found[1]
    assert found[0][0] != found[1][0]


def test_looking_is_written_down(mediator: Person, revision: Revision) -> None:
    cache.clear()
    before = AuditEntry.objects.filter(verb="proposals.confidential_viewed").count()
    shown(mediator, revision)
    assert AuditEntry.objects.filter(verb="proposals.confidential_viewed").count() == before + 1


def test_the_number_of_queries_does_not_depend_on_the_measures(mediator: Person, revision: Revision) -> None:
    counts = []
    measures = revision.document["measures"]
    for number in (1, 3):
        short = draft_of(revision, measures=measures[:number])
        shown(mediator, short)
        with CaptureQueriesContext(connection) as asked:
            shown(mediator, short)
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
