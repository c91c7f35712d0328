"""The case files: facts of historic measures, one file a case. No Django, no database."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cbm_advisor.lib.data_files import read_data

DATA: Final = Path(__file__).with_name("data")

Code = Annotated[str, Field(pattern=r"^[a-z_]+$")]
TopicId = Annotated[str, Field(pattern=r"^(G([1-9]|10)|C[1-5])$")]
Direction = Literal["illustrates_strength", "illustrates_problem"]
Result = Literal["held", "partly", "failed", "unclear"]
"""What came of a measure: it was carried out and did its work; in part, for a time or at a price; it was never carried out,
broke down or did the contrary; or the case does not tell."""
Address = Annotated[str, Field(pattern=r"^https?://[^\s/@]+\.[^\s/@]+(/\S*)?$")]


class Part(BaseModel):
    """A part of a case file: frozen, strict on unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseParty(Part):
    """A side of the conflict."""

    name: str
    kind: Literal["state", "armed_group", "political_movement", "community", "de_facto_authority", "coalition", "other"]
    relative_power: Literal["stronger", "comparable", "weaker"]


class CaseVerification(Part):
    """Who found out whether the measure was kept."""

    method: Literal["none", "self_reporting", "joint", "third_party", "joint_and_third_party"]
    note: str | None = None


class CaseMeasure(Part):
    """One measure of a case, with the tags that a proposal's measures have. ``result_note`` says why ``result`` is so."""

    title: str
    description: str
    sectors: tuple[Literal["political", "security", "economic_environmental", "social_humanitarian_cultural"], ...]
    actor_levels: tuple[Literal["negotiators", "decision_makers", "wider_constituencies"], ...]
    tracks: tuple[Literal["I", "II", "III"], ...]
    phases: tuple[Literal["before_process", "pre_negotiation", "negotiation", "implementation"], ...]
    purposes: tuple[Literal["prevent_escalation", "initiate_deepen", "consolidate"], ...]
    binding: Literal["none", "political", "legal"]
    reciprocity: Literal["unilateral", "sequenced", "simultaneous"]
    verification: CaseVerification
    year: int | None = None
    result: Result = "unclear"
    result_note: str | None = None


class Outcome(Part):
    """What worked and what did not."""

    worked: str
    did_not: str


class Lesson(Part):
    """Which guideline or challenge the case illustrates, and whether well or badly."""

    key: TopicId
    direction: Direction
    why: str


class Source(Part):
    """Where the facts are from. ``where`` it is to be found: a publisher, a collection, a web page."""

    who: str
    title: str
    year: int | None = None
    where: str | None = None


class CaseFile(Part):
    """A historic case. ``confidence``: how well the facts are established; ``checked``: at least one public page was
    seen that supports the core facts (``links``); ``checked_on``: when the file was last compared with the facts that
    were gathered from its sources; ``notes``: where sources differ or the outcome is contested."""

    slug: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: str
    region: str
    countries: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...]
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    years: Annotated[str, Field(pattern=r"^\d{4}(-(\d{4}|ongoing))?$")]
    conflict_type: Literal["inter-state", "intra-state", "mixed"]
    parties: tuple[CaseParty, ...]
    third_party: str | None = None
    process_phases: tuple[str, ...]
    summary: str
    measures: tuple[CaseMeasure, ...] = Field(min_length=1)
    outcome: Outcome
    lessons: tuple[Lesson, ...] = Field(min_length=1)
    sources: tuple[Source, ...] = Field(min_length=1)
    confidence: Literal["high", "medium", "low"]
    checked: bool
    checked_on: date | None = None
    chapter: str | None = None
    links: tuple[Address, ...] = ()
    notes: tuple[str, ...] = ()


class CaseFileError(ValueError):
    """A case file that does not fit; the message names the file, the place and what is wrong."""


def read_case(path: Path) -> CaseFile:
    """The case in a file. Raises ``CaseFileError``."""
    source: Any = read_data(path)
    try:
        case = CaseFile.model_validate(source)
    except ValidationError as error:
        rows = [f"{path.name}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False)]
        raise CaseFileError("\n".join(rows)) from None
    if case.slug != path.stem:
        raise CaseFileError(f"{path.name}: slug: is {case.slug}; it must be the file's name, {path.stem}")
    return case


@cache
def case_files() -> dict[str, CaseFile]:
    """All cases by slug, in the order of their names."""
    return {path.stem: read_case(path) for path in sorted(DATA.glob("*.yaml"))}
