"""The page of the pictures."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from assessments.calibration import worked_example
from assessments.package import Package
from proposals.domain import save_revision
from proposals.models import Revision
from tests.personas import Person

pytestmark = pytest.mark.usefixtures("library")


def address(revision: Revision) -> str:
    return f"/proposals/{revision.proposal_id}/pictures/"


def with_measures(number: int) -> Package:
    """The worked example with so many measures."""
    example = worked_example().package
    measures = example.measures or ()
    many = tuple(
        measures[n % len(measures)].model_copy(update={"id": f"n{n}", "title": f"one of many, {n}"})
        for n in range(number)
    )
    return example.model_copy(update={"measures": many, "links": None})


def test_the_scorecard_leads_to_the_pictures_of_what_it_shows(mediator: Person, revision: Revision) -> None:
    newest = save_revision(revision.proposal, with_measures(1), by=revision.author)
    page = f"/proposals/{revision.proposal_id}/"
    assert f'href="{page}pictures/"' in mediator.client.get(page).content.decode()
    assert f'href="{page}revisions/1/pictures/"' in mediator.client.get(f"{page}revisions/1/").content.decode()
    assert "area ceasefire" in mediator.client.get(f"{page}revisions/1/pictures/").content.decode()
    text = mediator.client.get(f"{page}pictures/").content.decode()
    assert "one of many, 0" in text
    assert "area ceasefire" not in text
    assert f'href="{page}revisions/{newest.number}/#measure-n0"' in text


def test_an_empty_cell_shows_a_case(mediator: Person, revision: Revision) -> None:
    text = mediator.client.get(address(revision)).content.decode()
    assert "/cases/" in text[text.index('id="coverage"') : text.index('id="ladder"')]


def test_readers_see_pictures_of_what_they_may_read(observer: Person, mediator: Person, revision: Revision) -> None:
    document = with_measures(2).model_dump(mode="json", by_alias=True, exclude_none=True)
    document["diagnosis"]["trust_deficit"] = 4
    document["measures"][0].update(sensitivity="related", reversible="partly")
    save_revision(revision.proposal, Package.model_validate(document), by=revision.author)
    drafters, readers = (who.client.get(address(revision)) for who in (mediator, observer))
    assert "confidential" in readers.content.decode()
    judged = [each.context["heatmap"].rows[0].cells[0].figure for each in (drafters, readers)]
    assert judged[0] != judged[1], "what follows from the diagnosis stays with the drafters"


def test_looking_is_written_down(mediator: Person, revision: Revision) -> None:
    cache.clear()
    before = AuditEntry.objects.filter(verb="proposals.confidential_viewed").count()
    mediator.client.get(address(revision))
    assert AuditEntry.objects.filter(verb="proposals.confidential_viewed").count() == before + 1


def test_the_number_of_queries_does_not_depend_on_the_measures(mediator: Person, revision: Revision) -> None:
    counts = []
    for number in (1, 3, 30):
        save_revision(revision.proposal, with_measures(number), by=revision.author)
        mediator.client.get(address(revision))
        with CaptureQueriesContext(connection) as asked:
            mediator.client.get(address(revision))
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
