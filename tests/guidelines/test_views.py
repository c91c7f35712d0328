"""The pages of the guidelines."""

from __future__ import annotations

import pytest

from guidelines.catalogue import topics
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
