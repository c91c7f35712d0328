"""The package in full, section by section, as name and value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from assessments.presentation.fields import SECTIONS, Labels, label
from assessments.presentation.reader import Reader, measure_anchor

Facts = list[tuple[str, str]]

TAG_FIELDS = ("sectors", "actor_levels", "tracks", "phases", "purposes", "kind", "binding", "reciprocity")
RATINGS = (
    ("impact", "burden"),
    ("impact", "benefit"),
    ("impact", "loss_of_face"),
    ("cost", "money"),
    ("cost", "political"),
    ("cost", "security"),
)


class Tag(NamedTuple):
    """A tag; ``sector`` is the sector's code, "" for other tags."""

    text: str
    sector: str


class Ledger(NamedTuple):
    """Who bears what: column heads, and a row of values per party."""

    heads: list[str]
    rows: list[tuple[str, list[str]]]


class MeasureView(NamedTuple):
    """One measure in full."""

    number: int
    id: str
    anchor: str
    title: str
    description: str
    tags: list[Tag]
    clauses: list[tuple[str, str]]
    ledger: Ledger
    facts: Facts


class Entry(NamedTuple):
    """One entry of a list section, or the whole of a plain one (then without a title)."""

    title: str
    facts: Facts


class Section(NamedTuple):
    """A section of the document other than its measures."""

    anchor: str
    title: str
    entries: list[Entry]
    empty: bool


def measure_views(reader: Reader) -> list[MeasureView]:
    """The measures in document order."""
    return [_measure(n, measure, reader) for n, measure in enumerate(reader.document.get("measures", ()), 1)]


def sections(reader: Reader, names: Iterable[str]) -> list[Section]:
    """The sections among ``names`` that the document has, in that order."""
    return [_section(name, reader) for name in names if reader.document.get(name) is not None]


def _measure(number: int, measure: Mapping[str, Any], reader: Reader) -> MeasureView:
    shown = {"id", "title", "description", "commitments", "cost", "impact", *TAG_FIELDS}
    return MeasureView(
        number=number,
        id=measure["id"],
        anchor=measure_anchor(measure["id"]),
        title=measure.get("title", measure["id"]),
        description=measure.get("description", ""),
        tags=_tags(measure, reader),
        clauses=[
            (
                clause["text"],
                "; ".join(f"{name}: {said}" for name, said in _facts(clause, "commitments", reader, {"text"})),
            )
            for clause in measure.get("commitments") or ()
        ],
        ledger=_ledger(measure, reader),
        facts=_facts(measure, "measures", reader, shown),
    )


def _tags(measure: Mapping[str, Any], reader: Reader) -> list[Tag]:
    tags = []
    for field in TAG_FIELDS:
        value = measure.get(field)
        codes = value if isinstance(value, list) else [value] if value else []
        tags += [Tag(sentence(reader.said(field, code)), code if field == "sectors" else "") for code in codes]
    return tags


def _ledger(measure: Mapping[str, Any], reader: Reader) -> Ledger:
    rated = [
        (group, field) for group, field in RATINGS if any(field in row for row in (measure.get(group) or {}).values())
    ]
    parties = dict.fromkeys(party for group, _ in rated for party in measure[group])
    rows = [
        (
            reader.name(party),
            [_rating(measure[group].get(party, {}).get(field), field, reader) for group, field in rated],
        )
        for party in parties
    ]
    return Ledger([label(field, group) for group, field in rated], rows)


def _rating(value: Any, field: str, reader: Reader) -> str:
    return "–" if value is None else reader.said(field, value)


def _section(name: str, reader: Reader) -> Section:
    value = reader.document[name]
    title = sentence(label(name))
    if isinstance(value, list):
        entries = [_entry(name, number, entry, reader) for number, entry in enumerate(value, 1)]
    elif isinstance(value, Mapping):
        entries = [Entry("", _facts(value, name, reader, set()))]
    else:
        entries = [Entry("", [(title, str(value))])]
    return Section(name, title, entries, not value)


def _entry(section: str, number: int, entry: Mapping[str, Any], reader: Reader) -> Entry:
    title = entry.get("name") if "id" in entry else None
    return Entry(
        title or sentence(reader.entry(section, number)),
        _facts(entry, section, reader, {"id", "name"} if title else {"id"}),
    )


def _facts(values: Mapping[str, Any], section: str, reader: Reader, hidden: set[str]) -> Facts:
    known: Labels = SECTIONS.get(section, {})
    order = [*known, *(field for field in values if field not in known)]
    return [
        (label(field, section), reader.said(field, values[field]))
        for field in order
        if field not in hidden and values.get(field) is not None
    ]


def sentence(words: str) -> str:
    """``words`` with a capital first letter."""
    return words[:1].upper() + words[1:]
