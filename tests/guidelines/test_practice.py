"""What each guideline and challenge asks for in practice."""

from __future__ import annotations

import pytest

from guidelines.catalogue import topics
from guidelines.practice import practices
from guidelines.taxonomy import LABELS


def test_every_topic_has_it() -> None:
    assert list(practices()) == list(topics())


@pytest.mark.parametrize("topic", topics())
def test_it_covers_the_four_phases_and_three_to_five_mistakes(topic: str) -> None:
    practice = practices()[topic]
    assert [change.phase for change in practice.changes] == list(LABELS["phase"])
    assert 3 <= len(practice.mistakes) <= 5
    texts = [*practice.phases.values(), *(text for each in practice.mistakes for text in (each.mistake, each.instead))]
    assert all(text.endswith(".") for text in texts)
