"""What a guideline or challenge asks for in practice: by phase, and where it tends to go wrong. No Django, no database."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from cbm_advisor.lib.data_files import read_data
from guidelines.catalogue import DATA
from guidelines.taxonomy import label

Phase = Literal["before_process", "pre_negotiation", "negotiation", "implementation"]


class Change(NamedTuple):
    """What holds in a phase. Texts are msgids: translate them when shown."""

    phase: str
    text: str

    @property
    def name(self) -> str:
        return label("phase", self.phase)


class Mistake(BaseModel):
    """A common mistake, and what could be explored instead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mistake: str
    instead: str


class Practice(BaseModel):
    """What changes by phase, and common mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    phases: dict[Phase, str]
    mistakes: Annotated[tuple[Mistake, ...], Field(min_length=3, max_length=5)]

    @property
    def changes(self) -> list[Change]:
        """By phase, in their order."""
        return [Change(phase, text) for phase, text in self.phases.items()]


_FILE: Final = TypeAdapter(dict[str, Practice])


@cache
def practices() -> dict[str, Practice]:
    """By the id of the guideline or challenge. Raises ``ValidationError`` if the file is not as it should be."""
    return _FILE.validate_python(read_data(DATA / "practice.yaml"))
