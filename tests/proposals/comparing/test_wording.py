from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from proposals.comparing.wording import LONGEST, marked, plain

TEXTS = st.text(st.sampled_from("ab \n"), max_size=40)


@given(TEXTS, TEXTS)
def test_no_letter_of_either_text_is_lost(before: str, after: str) -> None:
    old, new = marked(before, after)
    assert "".join(run.text for run in old) == before
    assert "".join(run.text for run in new) == after


@given(TEXTS)
def test_equal_texts_have_no_marks(text: str) -> None:
    assert not any(run.differs for side in marked(text, text) for run in side)


@given(TEXTS, TEXTS)
def test_what_is_not_marked_is_in_both(before: str, after: str) -> None:
    old, new = ("".join(run.text for run in side if not run.differs).split() for side in marked(before, after))
    assert old == new


def test_one_word_in_a_long_text_is_marked_alone() -> None:
    words = ["word"] * (2 * LONGEST)
    old, new = marked(" ".join([*words, "before", *words]), " ".join([*words, "after", *words]))
    assert [run.text.strip() for run in old if run.differs] == ["before"]
    assert [run.text.strip() for run in new if run.differs] == ["after"]


def test_nothing_said_is_no_run() -> None:
    assert plain("") == ()
