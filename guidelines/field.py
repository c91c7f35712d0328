"""The language of the field, as data: pages on phases, sectors and so on, and the glossary. No Django, no database."""

from __future__ import annotations

from functools import cache
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, TypeAdapter, model_validator

from cbm_advisor.lib.data_files import read_data
from guidelines.catalogue import DATA
from guidelines.taxonomy import LABELS, label

PAGES: Final = ("phases", "sectors", "actors", "purposes", "forms", "not-the-tool")
"""The pages in their order; each is a file in ``data/field`` and an address under /guidelines/."""


class Part(BaseModel):
    """A part of a file: frozen, strict on unknown keys. Texts are msgids: translate them when shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Entry(Part):
    """What a page says on one thing: a code of the taxonomy, or something with a name of its own."""

    text: str
    code: str = ""
    name: str = ""
    anchor: str = ""
    facts: tuple[tuple[str, str], ...] = ()


class Section(Part):
    """A heading with entries; those of a kind have codes of that kind and take their names from the taxonomy."""

    title: str
    text: str = ""
    kind: str = ""
    entries: tuple[Entry, ...]

    @model_validator(mode="after")
    def _name_entries(self) -> Self:
        if not self.kind:
            if any(entry.code or not entry.name for entry in self.entries):
                raise ValueError("an entry outside the taxonomy has a name and no code")
            return self
        if [entry.code for entry in self.entries] != list(LABELS[self.kind]):
            raise ValueError(f"the entries are not the codes of {self.kind}, in their order")
        named = tuple(
            entry.model_copy(update={"name": label(self.kind, entry.code), "anchor": anchor(self.kind, entry.code)})
            for entry in self.entries
        )
        return self.model_copy(update={"entries": named})


class FieldPage(Part):
    """A page on the language of the field."""

    title: str
    essence: str
    paragraphs: tuple[str, ...]
    sections: tuple[Section, ...]


class Term(Part):
    """An entry of the glossary. ``page`` names a topic (G4) or a page, perhaps with an anchor (forms#binding-legal)."""

    term: str
    text: str
    page: str = ""

    @property
    def anchor(self) -> str:
        return self.term.lower().replace(" ", "-")


_TERMS: Final = TypeAdapter(tuple[Term, ...])


def anchor(kind: str, code: str) -> str:
    """Where on its page a code of the taxonomy is described."""
    return f"{kind}-{code}"


@cache
def field_pages() -> dict[str, FieldPage]:
    """By name, in order. Raises ``ValidationError`` if a file is not as it should be."""
    return {name: FieldPage.model_validate(read_data(DATA / "field" / f"{name}.yaml")) for name in PAGES}


@cache
def page_of(kind: str) -> str:
    """The name of the page that describes a kind of the taxonomy. Raises ``KeyError``."""
    return {section.kind: name for name, page in field_pages().items() for section in page.sections}[kind]


@cache
def glossary() -> tuple[Term, ...]:
    """The terms, by alphabet."""
    return _TERMS.validate_python(read_data(DATA / "glossary.yaml"))
