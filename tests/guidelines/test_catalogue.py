"""The guidelines and challenges as data."""

from __future__ import annotations

from guidelines.catalogue import topics
from guidelines.taxonomy import LABELS, label


def test_there_are_ten_guidelines_and_five_challenges_in_order() -> None:
    assert list(topics()) == [*(f"G{n}" for n in range(1, 11)), *(f"C{n}" for n in range(1, 6))]


def test_each_says_what_it_is() -> None:
    keys = {topic.key for topic in topics().values()}
    assert len(keys) == 15
    for topic in topics().values():
        assert topic.name
        assert topic.title
        assert topic.essence.endswith(".")
        assert len(topic.explanation) >= 2


def test_every_code_of_the_format_has_a_label() -> None:
    assert label("sector", "security") == "Security"
    assert all(text for labels in LABELS.values() for text in labels.values())
