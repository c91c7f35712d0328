from __future__ import annotations

import re

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from assessments.package.drafts import read_draft
from assessments.package.kinds import LONGEST_TEXT
from assessments.package.splitting import split
from proposals.starting.documents import Document
from proposals.starting.tagging import Part, document_of, rest, tagged, wrong
from tests.assessments.test_splitting import AGREEMENT, LINES

BASE = {"format": "cbm-package/1", "title": "T", "parties": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]}
NOTHING = QueryDict()


def parts_of(text: str, **tags: str | list[str]) -> list[Part]:
    """The parts of a text; ``tags`` by name, with the key of the text that follows the dash put in."""
    form = QueryDict(mutable=True)
    for name, value in tags.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    return tagged(split(text), form)


def key(text: str, of: str) -> str:
    for part in parts_of(text):
        if part.heading == of:
            return part.key
        for clause in part.clauses:
            if clause.text == of:
                return clause.key
    raise AssertionError(of)


def made(text: str, **tags: str | list[str]) -> Document:
    return document_of(BASE, parts_of(text, **tags), keep_rest=True)


TEXT = "Article 1: Guns\n\nGuns are stored.\nGuns are counted.\n\nArticle 2: Roads\n\nRoads are opened."


def test_headings_are_titles_at_first_and_nothing_is_left_out() -> None:
    assert made(TEXT)["measures"] == [
        {
            "id": "m1",
            "title": "Guns",
            "description": "Article 1: Guns",
            "commitments": [{"text": "Guns are stored."}, {"text": "Guns are counted."}],
        },
        {
            "id": "m2",
            "title": "Roads",
            "description": "Article 2: Roads",
            "commitments": [{"text": "Roads are opened."}],
        },
    ]
    assert "notes" not in made(TEXT)


def test_parts_with_the_same_title_make_one_measure() -> None:
    (measure,) = made(TEXT, **{f"title-{key(TEXT, 'Article 2: Roads')}": " guns "})["measures"]
    assert [each["text"] for each in measure["commitments"]] == [
        "Guns are stored.",
        "Guns are counted.",
        "Roads are opened.",
    ]
    assert measure["description"] == "Article 1: Guns\nArticle 2: Roads"


def test_clause_goes_into_another_measure_or_a_new_one() -> None:
    one = made(TEXT, **{f"measure-{key(TEXT, 'Guns are counted.')}": "Roads"})["measures"]
    assert [len(each["commitments"]) for each in one] == [1, 2]
    new = made(TEXT, **{f"measure-{key(TEXT, 'Guns are counted.')}": "Verification"})["measures"]
    assert [each["title"] for each in new] == ["Guns", "Verification", "Roads"]


def test_parties_of_a_part_commit_to_its_clauses_unless_a_clause_has_its_own() -> None:
    tags: dict[str, str | list[str]] = {
        f"who-{key(TEXT, 'Article 1: Guns')}": ["a", "b"],
        f"who-{key(TEXT, 'Guns are counted.')}": ["b"],
    }
    guns, roads = made(TEXT, **tags)["measures"]
    assert [each["who"] for each in guns["commitments"]] == [["a", "b"], ["b"]]
    assert "who" not in roads["commitments"][0]


def test_what_is_left_out_is_kept_in_the_notes() -> None:
    tags = {f"out-{key(TEXT, 'Article 1: Guns')}": "on", f"measure-{key(TEXT, 'Guns are counted.')}": "Roads"}
    document = made(TEXT, **tags)
    assert [each["text"] for each in document["measures"][0]["commitments"]] == [
        "Guns are counted.",
        "Roads are opened.",
    ]
    assert document["notes"].splitlines()[1:] == ["Article 1: Guns", "Guns are stored."]
    assert "notes" not in document_of(BASE, parts_of(TEXT, **tags), keep_rest=False)


def test_tags_stay_when_the_text_is_changed_around_them() -> None:
    tags = {f"out-{key(TEXT, 'Roads are opened.')}": "on", f"title-{key(TEXT, 'Article 1: Guns')}": "Weapons"}
    changed = "A new beginning, which was forgotten.\n\n" + TEXT
    document = made(changed, **tags)
    assert [each.get("title") for each in document["measures"]] == [None, "Weapons"]
    assert document["notes"].splitlines()[-1] == "Roads are opened."


def test_clauses_that_say_the_same_are_tagged_each() -> None:
    text = "Guns are stored.\n\nGuns are stored."
    first, second = parts_of(text)[0].clauses
    assert first.key != second.key
    assert rest(parts_of(text, **{f"out-{second.key}": "on"})).count("Guns are stored.") == 1


def test_title_that_was_emptied_stays_empty() -> None:
    document = made(TEXT, **{f"title-{key(TEXT, 'Article 1: Guns')}": ""})
    assert "title" not in document["measures"][0]


def test_what_does_not_fit_is_said_with_what_to_do() -> None:
    long = "Guns are stored here. " * 1100
    assert "would have 1100 clauses" in wrong(made(long))[0]
    tags = {f"out-{parts_of(long)[0].key}": "on"}
    assert f"the notes hold {LONGEST_TEXT:,}" in wrong(made(long, **tags))[0]
    assert wrong(made(TEXT)) == []


@given(st.lists(st.sampled_from([*LINES, *AGREEMENT.splitlines()]), max_size=30), st.data())
def test_every_word_is_in_the_draft_whatever_is_left_out(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    keys = [key for part in parts_of(text) for key in (part.key, *(clause.key for clause in part.clauses))]
    out = data.draw(st.sets(st.sampled_from(keys))) if keys else set()
    document = made(text, **{f"out-{each}": "on" for each in out})
    said = " ".join(
        " ".join([row.get("title", ""), row.get("description", ""), *[each["text"] for each in row["commitments"]]])
        for row in document.get("measures", ())
    )
    said += " " + document.get("notes", "")
    missing = set(re.findall(r"\w+", text)) - set(re.findall(r"\w+", said))
    assert missing == set()


def test_draft_of_an_agreement_is_a_package() -> None:
    assert read_draft(made(AGREEMENT)).problems == []
