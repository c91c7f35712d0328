"""Every field of the format as the builder shows it: what it takes, how it is called, what helps to fill it in, and which
guideline it serves. What a field takes comes from the format, its name from where people read it, its help from the
files in ``fields``, and what it serves from what the checks read. No database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict

from assessments.engine.rubric import rubric
from assessments.package.addresses import ROWS
from assessments.presentation import fields as names
from cbm_advisor.lib.data_files import read_data
from guidelines.catalogue import Topic, topic
from proposals.building.annotations import Taken, fields_of_the_format

LEFT_OUT: Final = frozenset({"/format", "/parties/*/id", "/third_parties/*/id", "/measures/*/id"})
"""Fields that nobody fills in: the format's name, and the ids, which are given once and stay."""

FILES: Final = {
    "conflict": "conflict", "diagnosis": "diagnosis", "purpose": "purpose", "measures": "measures",
    "measure": "measures", "sequence": "sequence", "advice": "advice",
}  # fmt: skip
"""The files of fields, and the step to which each belongs; "measure" is the page of one measure."""


class Help(BaseModel):
    """What a file says of a field.

    ``label``: its name where the usual one needs its surroundings; ``none``: how the answer that there is none is called;
    ``words``: of each step of a rating, from 0; ``asked``: whether it is an open question while it says nothing;
    ``unread``: no guideline is named, for the checks read it only in passing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    help: str
    label: str = ""
    more: str = ""
    none: str = ""
    words: tuple[str, ...] = ()
    line: bool = False
    chips: bool = False
    asked: bool = False
    unread: bool = False


class Section(BaseModel):
    """Fields that belong together. A ``fold`` is closed until somebody opens it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str
    title: str
    text: str = ""
    fold: bool = False
    fields: dict[str, Help]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of the format on its page. ``pattern``: its address with ``*`` for keys of rows and ids of parties."""

    pattern: str
    taken: Taken
    said: Help
    page: str
    section: str

    @property
    def step(self) -> str:
        return FILES[self.page]

    @property
    def kind(self) -> str:
        return "line" if self.said.line and self.taken.kind == "long" else self.taken.kind

    @property
    def name(self) -> str:
        """The name of the field in the format; of one by party, that of the mapping."""
        return names_in(self.pattern)[-1]

    @property
    def container(self) -> str | None:
        """The part of the package in which the field has its name."""
        parts = names_in(self.pattern)
        return parts[-2] if len(parts) > 1 else None

    @property
    def label(self) -> str:
        return gettext(self.said.label) if self.said.label else capfirst(names.label(self.name, self.container))

    @property
    def help(self) -> str:
        return gettext(self.said.help)

    @property
    def more(self) -> str:
        return gettext(self.said.more) if self.said.more else ""

    @property
    def none(self) -> str:
        """How the answer that there is none is called where the form offers it on its own."""
        return capfirst(gettext(self.said.none)) if self.said.none else ""

    @property
    def serves(self) -> Topic | None:
        """The guideline or challenge that the field serves most."""
        return None if self.said.unread else _served().get(_read_as(self.pattern))

    def choices(self) -> list[tuple[str, str]]:
        """Codes and their words, where there is a fixed choice."""
        if self.kind == "rating":
            return [(str(n), f"{n} {gettext(word)}") for n, word in enumerate(self.said.words)]
        if self.kind == "check":
            return [(check.id, f"{check.id} {gettext(check.question)}") for check in rubric().checks.values()]
        return [(code, capfirst(names.word(self.name, code))) for code in self.taken.choices]


def names_in(pattern: str) -> list[str]:
    """The names in a pattern, without what stands for keys."""
    return [part for part in pattern[1:].split("/") if part != "*"]


def pattern_of(address: str) -> str:
    """The pattern of an address; it need not lead anywhere."""
    parts = address[1:].split("/")
    after_key = [False, *(part in ROWS or part in names.BY_PARTY for part in parts)]
    keys: list[bool] = []
    for n in range(len(parts)):
        keys.append(after_key[n] and not (n and keys[n - 1]))
    return "".join("/*" if key else f"/{part}" for part, key in zip(parts, keys, strict=True))


@cache
def sections_of(page: str) -> tuple[Section, ...]:
    """The sections of a page, in their order: of a step, or "measure" for one measure."""
    return tuple(Section.model_validate(said) for said in read_data(Path(__file__).parent / "fields" / f"{page}.yaml"))


@cache
def catalogue() -> dict[str, FieldSpec]:
    """Every field by its pattern, in the order of the pages."""
    return {spec.pattern: spec for page in FILES for spec in _of(page)}


def _of(page: str) -> Iterator[FieldSpec]:
    taken = fields_of_the_format()
    for section in sections_of(page):
        for pattern, said in section.fields.items():
            yield FieldSpec(pattern, taken[pattern], said, page, section.slug)


def _read_as(pattern: str) -> str:
    """How checks name what they read: ``section.field``, or a list as a whole."""
    parts = names_in(pattern)
    whole = parts[0]
    return whole if whole in _read_whole() else ".".join(parts[:2])


@cache
def _read_whole() -> frozenset[str]:
    return frozenset(read for check in rubric().checks.values() for read in check.reads if "." not in read)


@cache
def _served() -> dict[str, Topic]:
    """For each thing that checks read, what it serves: where it is the check's main question, else where it weighs most."""
    best: dict[str, tuple[Any, str]] = {}
    for check in rubric().checks.values():
        for place, read in enumerate(check.reads):
            rank = (place, not check.group.startswith("G"), -check.weight)
            if read not in best or rank < best[read][0]:
                best[read] = (rank, check.group)
    return {read: topic(group) for read, (_, group) in best.items()}
