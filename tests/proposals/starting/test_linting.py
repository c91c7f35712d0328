from __future__ import annotations

from django.http import QueryDict

from assessments.package.splitting import split
from proposals.starting.linting import linted
from proposals.starting.tagging import tagged


def marked(text: str, language: str = "en") -> list[str]:
    lint = linted(tagged(split(text), QueryDict()), language)
    return [run.text for part in lint.parts for shown in part.clauses for run in shown.segments if run.why]


def test_loose_words_are_marked_and_explained() -> None:
    text = "The Government will endeavour to withdraw as soon as possible."
    assert "as soon as possible" in "".join(marked(text))
    lint = linted(tagged(split(text), QueryDict()), "en")
    assert {each.name for each in lint.legend} == {"Hedged duty", "Vague time", "Discretion"}


def test_marking_changes_no_letter() -> None:
    text = "Weapons shall be stored “as appropriate” 🕊️ in the vicinity; the sides will cooperate."
    lint = linted(tagged(split(text), QueryDict()), "en")
    shown = next(part.clauses for part in lint.parts)
    assert ["".join(run.text for run in each.segments) for each in shown] == [each.clause.text for each in shown]


def test_nothing_is_marked_in_a_language_without_a_word_list() -> None:
    assert marked("The sides will endeavour to act soon.", "fr") == []
