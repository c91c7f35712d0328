from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assessments.package.drafts import read_draft
from proposals.starting.documents import blank, party_rows


def test_blank_document_says_only_what_is_given() -> None:
    assert blank(title="T") == {"format": "cbm-package/1", "title": "T"}
    assert blank(title="T", parties=["", "Gov"], phase="negotiation", language="fr") == {
        "format": "cbm-package/1",
        "title": "T",
        "language": "fr",
        "context": {"phase": "negotiation"},
        "parties": [{"id": "gov", "name": "Gov"}],
    }


def test_ids_are_made_of_names_and_each_is_there_once() -> None:
    rows = party_rows(["Government of A", "حكومة", "حركة", "All", "government-of-a", "Government of A", "  "])
    assert [row["id"] for row in rows] == ["government-of-a", "party-1", "party-2", "all-2", "government-of-a-2"]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=150), max_size=8))
def test_whatever_parties_are_called_their_rows_are_a_package(names: list[str]) -> None:
    assert read_draft(blank(title="T", parties=names)).problems == []
