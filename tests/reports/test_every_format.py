"""Whatever its kind, audience and format, a file says all that its report says. New kinds and formats are covered too."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from reports.formats.registry import FORMATS, file_of
from reports.kinds.registry import KINDS
from reports.look import Look
from reports.model import Profile, ReportModel, Score, Section, Table, texts
from reports.models import Report
from tests.personas import Person
from tests.reports import every_block
from tests.reports.drawing_up import drawn_up, said_of, world
from tests.reports.material import squeezed
from tests.reports.reading import READERS, said_by
from tests.reports.rows import user_of

PARTY = "gos"
MINUS = "\u2212"
SAYING = [code for code, kind in KINDS.items() if hasattr(kind, "compose")]
VERSIONS = [
    (code, audience, party)
    for code in SAYING
    for audience in KINDS[code].audiences
    for party in ("", *([PARTY] if KINDS[code].takes_party else []))
]


def missing_from(content: bytes, format: str, model: ReportModel) -> set[str]:
    """What the report says and the file does not. Contents stand only where there are pages to find."""
    said = said_by(content, format).replace(MINUS, "-")
    wanted = set(texts(dataclasses.replace(model, contents_title=""))) | numbers(model)
    return {text for text in wanted if as_read(text, format) not in said}


def as_read(text: str, format: str) -> str:
    """As the readers give it: without the marks of CSV, and numbers below zero with a hyphen."""
    return squeezed(text.replace("'", "") if format == "csv" else text).replace(MINUS, "-")


def numbers(model: ReportModel) -> set[str]:
    """The numbers that stand in tables and profiles."""
    found: set[str] = set()
    for block in blocks(model.sections):
        if isinstance(block, Table):
            found |= {str(cell) for row in block.rows for cell in row if isinstance(cell, int)}
        if isinstance(block, Profile):
            found |= {str(score.score) for score in block.scores if score.score is not None}
    return found


def blocks(value: object) -> Iterator[object]:
    for each in value if isinstance(value, tuple) else ():
        yield each
        yield from blocks(each.blocks if isinstance(each, Section) else ())


def test_every_format_has_a_reader_here_and_every_kind_offers_formats_that_there_are() -> None:
    assert set(READERS) == set(FORMATS)
    assert set(FORMATS) == set(Report.Format.values) - {Report.Format.ZIP}
    assert all(set(KINDS[code].formats) <= set(FORMATS) for code in SAYING)


@pytest.mark.parametrize("format", FORMATS)
def test_every_block_is_in_every_format(format: str) -> None:
    model = dataclasses.replace(every_block.MODEL, facts=(*every_block.MODEL.facts, every_block.WORKSPACE))

    assert missing_from(file_of(model, format, Look()), format, model) == set()


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_not_there_is_missed(format: str) -> None:
    more = dataclasses.replace(every_block.MODEL.sections[0], title="Nobody wrote this")
    score = Profile(("a", "b", "c", "d"), (Score("G1", "Never", 4711, None, every_block.MET, ""),), "")
    model = dataclasses.replace(every_block.MODEL, sections=(more, Section("And this", (score,))))

    missing = missing_from(file_of(every_block.MODEL, format, Look()), format, model)
    assert {"Nobody wrote this", "And this", "Never", "4711"} <= missing


@pytest.mark.parametrize(("kind", "audience", "party"), VERSIONS)
def test_everything_that_a_report_says_is_in_every_format(
    kind: str, audience: str, party: str, mediator: Person, reviewer: Person
) -> None:
    person = user_of(mediator)
    report = drawn_up(kind, person, *world(person, user_of(reviewer)), audience=audience, party=party)
    model = said_of(report)
    assert len(set(texts(model))) > 20

    lacking = {format: missing_from(file_of(model, format, Look()), format, model) for format in KINDS[kind].formats}

    assert {format: missing for format, missing in lacking.items() if missing} == {}
