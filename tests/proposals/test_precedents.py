"""Precedents beside the measures of a proposal."""

from __future__ import annotations

import html
import logging

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from assessments.package import load_package
from cases.domain import load_library
from proposals.domain import save_revision
from proposals.models import Revision
from tests.personas import Person

pytestmark = pytest.mark.usefixtures("library")

KEPT = ("format", "title", "parties")


def address(revision: Revision, measure: str = "m2") -> str:
    return f"/proposals/{revision.proposal_id}/precedents/{measure}/"


def test_each_measure_of_the_scorecard_leads_to_its_precedents(mediator: Person, revision: Revision) -> None:
    proposal = f"/proposals/{revision.proposal_id}/"
    for page in (proposal, f"{proposal}revisions/1/"):
        text = mediator.client.get(page).content.decode()
        for measure in revision.document["measures"]:
            assert f'hx-get="precedents/{measure["id"]}/"' in text
            assert f'<a href="precedents/{measure["id"]}/">' in text
            assert mediator.client.get(f"{page}precedents/{measure['id']}/").status_code == 200


def test_the_page_says_what_came_of_them_and_why_they_are_here(mediator: Person, revision: Revision) -> None:
    page = html.unescape(mediator.client.get(address(revision)).content.decode())
    assert "<html" in page
    assert 'href="/cases/nuba-mountains-2002/#measure-2"' in page
    assert page.count("Why it is here") == 4
    assert 'data-mark="✓">It held</span>' in page
    assert 'data-mark="!">It failed</span>' in page


def test_a_fragment_is_only_the_precedents(mediator: Person, revision: Revision) -> None:
    answer = mediator.client.get(address(revision), headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert answer.content.decode().count('<article class="precedent"') == 4
    assert "HX-Request" in answer["Vary"]
    assert "no-store" in answer["Cache-Control"]


def test_a_measure_that_the_draft_has_not_is_not_found(mediator: Person, revision: Revision) -> None:
    assert mediator.client.get(address(revision, "m99")).status_code == 404
    assert mediator.client.get(f"/proposals/{revision.proposal_id}/revisions/9/precedents/m2/").status_code == 404


def test_a_revision_keeps_its_own_measures(mediator: Person, revision: Revision) -> None:
    assert mediator.user
    document = {**revision.document, "measures": [{"id": "new", "title": "Exchange lists of nuclear installations"}]}
    for part in ("verification", "violations", "links"):
        document.pop(part, None)
    save_revision(revision.proposal, load_package(document), by=mediator.user)
    assert mediator.client.get(address(revision)).status_code == 404
    assert (
        "<h1>Exchange lists of nuclear installations</h1>"
        in mediator.client.get(address(revision, "new")).content.decode()
    )
    first = f"/proposals/{revision.proposal_id}/revisions/1/precedents/m2/"
    assert "<h1>joint military commission</h1>" in mediator.client.get(first).content.decode()


def test_a_measure_with_nothing_like_it_says_what_would_help(mediator: Person, revision: Revision) -> None:
    load_library({})
    page = mediator.client.get(address(revision)).content.decode()
    assert "The library has nothing near enough" in page


def test_nothing_of_the_draft_is_logged_or_kept_in_redis(
    mediator: Person, revision: Revision, caplog: pytest.LogCaptureFixture
) -> None:
    assert mediator.user
    measure = {"id": "m1", "title": "Xanadu quarantine", "description": "secretword", "sectors": ["security"]}
    document = {key: revision.document[key] for key in KEPT} | {"measures": [measure]}
    save_revision(revision.proposal, load_package(document), by=mediator.user)
    cache.clear()
    with caplog.at_level(logging.INFO):
        assert mediator.client.get(address(revision, "m1")).status_code == 200
    assert "secretword" not in caplog.text.lower()
    assert "xanadu" not in caplog.text.lower()
    redis = cache._cache.get_client(None)  # type: ignore[attr-defined]
    kept = [(redis.type(key), redis.get(key)) for key in redis.keys("*") if redis.type(key) == b"string"]
    assert "secretword" not in str(kept)
    assert "Xanadu" not in str(list(AuditEntry.objects.values_list("details", flat=True)))


def test_the_number_of_queries_does_not_grow_with_the_draft(mediator: Person, revision: Revision) -> None:
    assert mediator.user
    costs = []
    for number in (1, 3):
        measures = [{"id": f"m{n}", "title": f"Measure {n}", "sectors": ["security"]} for n in range(number)]
        document = {key: revision.document[key] for key in KEPT} | {"measures": measures}
        save_revision(revision.proposal, load_package(document), by=mediator.user)
        mediator.client.get(address(revision, "m0"))
        with CaptureQueriesContext(connection) as queries:
            mediator.client.get(address(revision, "m0"))
        costs.append(len(queries))
    assert costs[0] == costs[1]
