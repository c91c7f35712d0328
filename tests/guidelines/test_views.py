"""The pages of the guidelines."""

from __future__ import annotations

import html

import pytest

from guidelines.catalogue import topics
from guidelines.field import PAGES, field_pages, glossary
from guidelines.practice import practices
from tests.personas import Person


def test_the_index_leads_to_every_guideline(mediator: Person) -> None:
    page = mediator.client.get("/guidelines/").content.decode()
    for topic in topics().values():
        assert f'href="/guidelines/{topic.id}/"' in page


@pytest.mark.parametrize("topic_id", list(topics()))
def test_a_guideline_says_what_it_means(topic_id: str, mediator: Person) -> None:
    page = mediator.client.get(f"/guidelines/{topic_id}/").content.decode()
    assert topics()[topic_id].essence[:30] in page.replace("&#x27;", "'")


def test_an_unknown_guideline_is_not_found(mediator: Person) -> None:
    assert mediator.client.get("/guidelines/G11/").status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_page_on_the_field_says_all_that_its_file_says(name: str, mediator: Person) -> None:
    assert f'href="/guidelines/{name}/"' in mediator.client.get("/guidelines/").content.decode()
    said = html.unescape(mediator.client.get(f"/guidelines/{name}/").content.decode())
    for section in field_pages()[name].sections:
        assert all(entry.name in said and entry.text in said for entry in section.entries)


def test_the_glossary_has_an_anchor_for_each_term(mediator: Person) -> None:
    page = mediator.client.get("/guidelines/glossary/").content.decode()
    assert all(f'id="{term.anchor}"' in page for term in glossary())
    assert 'href="/guidelines/forms/#binding-legal"' in page


def test_a_guideline_leads_to_the_phases_and_says_what_could_be_explored(mediator: Person) -> None:
    page = html.unescape(mediator.client.get("/guidelines/G4/").content.decode())
    assert 'href="/guidelines/phases/#phase-negotiation"' in page
    assert practices()["G4"].mistakes[0].instead in page


def test_tags_of_a_case_lead_to_what_they_mean(library: None, mediator: Person) -> None:
    page = mediator.client.get("/cases/nuba-mountains-2002/").content.decode()
    assert 'href="/guidelines/sectors/#sector-security"' in page
