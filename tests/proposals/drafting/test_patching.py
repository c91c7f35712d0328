"""A document that is changed in its column, place by place, is the one that was meant."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from django.db.models import Expression

from proposals.drafting.patching import MOST, differences, patched
from proposals.models import Revision
from tests.assessments.edited_drafts import edited, every_draft

DRAFTS = [*every_draft()]
ODD: list[Any] = [
    {"a": None, "b": [], "c": {}},
    {"a": {}, "b": {"0": 1}, "c": [None]},
    {"a": 1, "b": {"0": True}, "c": [{"x": 1.5}]},
    {"a": True, "b": {"0": 1.0}, "c": [{"x": {"y": 1}}]},
    {"a": 1.0, "b": {"": "'; --"}, "c": [{"x": {"y": "{}"}}]},
    {"a": "\\", "b": {"a,b": '"'}, "c": [{}], "{}": 10**30},
    {"a,b": {"%s": ["é\u2028"]}, "c": [[], [1]], "{}": 10**30 + 1},
    {"a,b": {"%s": ["😀", "😀"]}, "c": [[0], [2]], "": ""},
    {},
]


def written(document: Any) -> str:
    return json.dumps(document, sort_keys=True)


def stored(revision: Revision, before: Any, after: Any) -> Any:
    """What stands in the database when ``before`` stood there and the difference was written."""
    rows = Revision.objects.filter(pk=revision.pk)
    rows.update(document=before)
    rows.update(document=patched("document", before, after))
    return rows.values_list("document", flat=True).get()


@pytest.fixture
def revision(revision: Revision) -> Revision:
    """One that is still written on."""
    return Revision.objects.create(
        proposal=revision.proposal,
        workspace=revision.workspace,
        number=revision.number + 1,
        document={},
        author=revision.author,
        is_sealed=False,
    )


@pytest.mark.parametrize("seed", range(len(DRAFTS)))
def test_a_draft_is_changed_place_by_place_as_it_was_meant(revision: Revision, seed: int) -> None:
    dice = random.Random(seed)
    draft = DRAFTS[seed]
    for _ in range(12):
        before, draft = draft, edited(draft, dice, dice.choice(DRAFTS))
        assert written(stored(revision, before, draft)) == written(draft)


def test_odd_documents_are_changed_as_they_were_meant(revision: Revision) -> None:
    for before in ODD:
        for after in ODD:
            assert written(stored(revision, before, after)) == written(after)


def test_only_what_differs_is_written() -> None:
    draft = DRAFTS[0]
    first, *others = draft["measures"]
    after = {**draft, "measures": [{**first, "steps": 9}, *others]}
    assert [*differences(draft, after)] == [(("measures", "0", "steps"), 9)]
    assert isinstance(patched("document", draft, after), Expression)
    many = {**draft, **{f"new {number}": number for number in range(MOST + 1)}}
    assert patched("document", draft, many) is many
