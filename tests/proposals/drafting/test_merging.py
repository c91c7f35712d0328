"""Two people write in one draft, in any order, from pages that are out of date: no text that was accepted is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.package.addresses import ABSENT, value_at
from assessments.package.changes import ChangeError, Insert, Move, Operation, Put, Remove, apply
from proposals.drafting.merging import Clash, Step, former, merge, touched_by

FIELDS = ("/title", "/context/phase", "/measures/a/title", "/measures/b/title", "/measures/a/commitments/k1/text")
START: dict[str, Any] = {
    "title": "T",
    "measures": [{"id": "a", "title": "A", "commitments": [{"_key": "k1", "text": "C"}]}, {"id": "b", "title": "B"}],
}


class Desk:
    """The server's side: a draft, its changes, and everything that was ever accepted."""

    def __init__(self) -> None:
        self.draft: dict[str, Any] = dict(START)
        self.steps: list[Step] = []
        self.accepted: list[tuple[int, str, str, Any]] = []

    @property
    def version(self) -> int:
        return len(self.steps)

    def since(self, base: int) -> list[Step]:
        return self.steps[base:]

    def do(self, client: str, operations: list[Operation]) -> None:
        self.draft, inverse = apply(self.draft, operations)
        self.steps.append(Step(self.version + 1, client, operations, inverse))

    def save(self, client: str, base: int, wanted: Mapping[str, Any]) -> list[Clash]:
        merged = merge(self.draft, wanted, self.since(base), client)
        if merged.puts:
            self.do(client, list(merged.puts))
        for put in merged.puts:
            self.accepted.append((self.version, client, put.at, put.value))
        return merged.clashes


class Editor:
    """A person's page: what it shows, and the version that it shows."""

    def __init__(self, name: str, desk: Desk) -> None:
        self.name, self.desk = name, desk
        self.look()

    def look(self) -> None:
        self.base, self.looked = self.desk.version, self.desk.draft
        self.typed: dict[str, str] = {}

    def types(self, at: str, words: str) -> list[Clash]:
        self.typed[at] = words
        return self.desk.save(self.name, self.base, {at: words})

    def submits_the_whole_page(self, at: str, words: str) -> list[Clash]:
        self.typed[at] = words
        page = {field: value_at(self.looked, field) for field in FIELDS} | self.typed
        return self.desk.save(self.name, self.base, page)

    def removes(self, at: str) -> None:
        later = [step for step in self.desk.since(self.base) if step.client != self.name]
        if touched_by([Remove(at)], later) is None:
            try:
                self.desk.do(self.name, [Remove(at)])
            except ChangeError:
                return


deeds = st.one_of(
    st.tuples(st.just("types"), st.sampled_from(FIELDS)),
    st.tuples(st.just("submits"), st.sampled_from(FIELDS)),
    st.tuples(st.just("removes"), st.sampled_from(("/measures/a", "/measures/b", "/measures/a/commitments/k1"))),
    st.tuples(st.just("moves"), st.sampled_from(("/measures/a", "/measures/b"))),
    st.tuples(st.just("looks"), st.just("")),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), deeds), max_size=25))
def test_no_accepted_text_is_lost_whatever_two_editors_do(story: list[tuple[int, tuple[str, str]]]) -> None:
    desk = Desk()
    editors = [Editor("amina", desk), Editor("bo", desk)]
    for number, (who, (deed, at)) in enumerate(story):
        editor, words = editors[who], f"text {number}"
        before, seen, looked = desk.draft, editor.base, editor.looked
        clashes: list[Clash] = []
        if deed == "types":
            clashes = editor.types(at, words)
        elif deed == "submits":
            clashes = editor.submits_the_whole_page(at, words)
        elif deed == "removes":
            editor.removes(at)
        elif deed == "moves" and value_at(desk.draft, at) is not ABSENT:
            desk.do(editor.name, [Move(at)])
        elif deed == "looks":
            editor.look()
        _nothing_of_others_went_unseen(desk, editor.name, before, seen, looked)
        if deed in ("types", "submits"):
            told = {clash.at: clash.mine for clash in clashes}
            assert value_at(desk.draft, at) == words or told.get(at) == words
    assert former(desk.draft, desk.steps) == START


def _nothing_of_others_went_unseen(
    desk: Desk, editor: str, before: Mapping[str, Any], seen: int, looked: Mapping[str, Any]
) -> None:
    """What an editor replaced or took out was either their own or stood on the page that they looked at."""
    for version, client, at, value in desk.accepted:
        went = value_at(before, at) == value and value_at(desk.draft, at) != value
        if went and client != editor:
            on_the_page = version <= seen or value_at(looked, at) == value
            assert on_the_page, f"{editor} overwrote {at}, which {client} had changed since"


def test_a_clash_names_the_newest_change_that_stands_in_the_way() -> None:
    desk = Desk()
    editor = Editor("amina", desk)
    desk.save("bo", 0, {"/title": "One"})
    desk.save("bo", 0, {"/context/phase": "negotiation"})
    desk.save("bo", 0, {"/title": "Two"})
    assert editor.types("/title", "Mine") == [Clash("/title", "Two", "Mine", 3)]


def test_text_for_a_row_that_was_taken_out_does_not_land_in_another_with_its_key() -> None:
    desk = Desk()
    editor = Editor("amina", desk)
    desk.do("bo", [Remove("/measures/b"), Insert("/measures", {"id": "b", "title": "Another"})])
    assert len(editor.types("/measures/b/description", "About the first B")) == 1
    assert value_at(desk.draft, "/measures/b/description") is ABSENT


def test_a_row_put_in_meanwhile_is_no_obstacle() -> None:
    desk = Desk()
    desk.do("bo", [Insert("/measures", {"id": "c"}), Put("/measures/c/title", "C")])
    assert merge(desk.draft, {"/measures/a/title": "Mine"}, desk.since(0), "amina").clashes == []
