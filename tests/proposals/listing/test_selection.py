from __future__ import annotations

import pytest
from django.http import QueryDict

from proposals.listing.facets import BAND_RANGES, band_of
from proposals.listing.selection import START, read_selection

PK = "0f9a3c5e-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "list=mine&words=safe+passage&phase=negotiation&sector=security&sector=political&state=all&sort=title",
        f"sort=score&after=75~{PK}",
        f"after=2026-01-02T03%3A04%3A05.678901%2B00%3A00~{PK}",
        f"sort=title&before=a+~+in+the+title~{PK}",
        "sort=lowest&end=1",
    ],
)
def test_address_says_the_same_when_it_is_written_again(query: str) -> None:
    selection = read_selection(QueryDict(query))
    assert selection.unknown == ()
    assert read_selection(QueryDict(selection.query()[1:])) == selection
    assert selection.query() == f"?{query}"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("sector=navy", ("sector", "navy")),
        ("band=best", ("band", "best")),
        ("list=theirs", ("list", "theirs")),
        ("state=lost", ("state", "lost")),
        ("sort=luck", ("sort", "luck")),
        ("after=yesterday", ("after", "yesterday")),
        (f"after=2026-01-02T03:04:05~{PK}", ("after", f"2026-01-02T03:04:05~{PK}")),
        (f"sort=score&before=99999999999~{PK}", ("before", f"99999999999~{PK}")),
        ("sort=score&after=3~no-id", ("after", "3~no-id")),
        (f"sort=title&after=%00~{PK}", ("after", f"\x00~{PK}")),
    ],
)
def test_what_is_not_known_is_named_and_left_out(query: str, named: tuple[str, str]) -> None:
    selection = read_selection(QueryDict(query))
    assert selection.unknown == (named,)
    assert (selection.chosen, selection.place, selection.tab, selection.state) == ({}, START, "workspace", "draft")


def test_narrowing_begins_on_the_first_page() -> None:
    selection = read_selection(QueryDict("sector=security&phase=negotiation&end=1"))
    assert [chip.without for chip in selection.chips()] == ["?sector=security", "?phase=negotiation"]
    assert selection.in_tab("mine").query() == "?list=mine&phase=negotiation&sector=security"


def test_every_score_is_in_one_band() -> None:
    assert {band_of(score) for score in range(-1, 101)} == set(BAND_RANGES)
    assert [band_of(score) for score in (-1, 0, 49, 50, 74, 75, 100)] == [
        "insufficient",
        "weak",
        "weak",
        "adequate",
        "adequate",
        "strong",
        "strong",
    ]
