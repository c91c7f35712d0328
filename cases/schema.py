"""The case files: facts of historic measures, one file a case. No Django, no database."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from cbm_advisor.lib.data_files import read_data

DATA: Final = Path(__file__).with_name("data")

Name = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(min_length=1, max_length=5000)]
Year = Annotated[int, Field(ge=1000, le=2200)]
Link = Annotated[str, Field(pattern=r"^https?://[^\s/@\"<>]+\.[^\s/@\"<>]+(/[^\s\"<>]*)?$", max_length=1000)]
Phase = Literal["before_process", "pre_negotiation", "negotiation", "implementation"]
TopicId = Annotated[str, Field(pattern=r"^(G([1-9]|10)|C[1-5])$")]
Direction = Literal["illustrates_strength", "illustrates_problem"]
Result = Literal["held", "partly", "failed", "unclear"]
"""What came of a measure: it was carried out and did its work; in part, for a time or at a price; it was never carried out,
broke down or did the contrary; or the case does not tell."""


SOME: Final[Any] = Field(min_length=1)
"""A list with at least one entry."""


class Part(BaseModel):
    """A part of a case file: frozen, strict on unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseParty(Part):
    """A side of the conflict."""

    name: Name
    kind: Literal["state", "armed_group", "political_movement", "community", "de_facto_authority", "coalition", "other"]
    relative_power: Literal["stronger", "comparable", "weaker"]


class CaseVerification(Part):
    """Who found out whether the measure was kept."""

    method: Literal["none", "self_reporting", "joint", "third_party", "joint_and_third_party"]
    note: Text | None = None


class CaseMeasure(Part):
    """One measure of a case, with the tags that a proposal's measures have. ``result_note`` says why ``result`` is so."""

    title: Name
    description: Text
    sectors: tuple[Literal["political", "security", "economic_environmental", "social_humanitarian_cultural"], ...] = (
        SOME
    )
    actor_levels: tuple[Literal["negotiators", "decision_makers", "wider_constituencies"], ...] = SOME
    tracks: tuple[Literal["I", "II", "III"], ...] = SOME
    phases: tuple[Phase, ...] = SOME
    purposes: tuple[Literal["prevent_escalation", "initiate_deepen", "consolidate"], ...] = SOME
    binding: Literal["none", "political", "legal"]
    reciprocity: Literal["unilateral", "sequenced", "simultaneous"]
    verification: CaseVerification
    year: Year | None = None
    result: Result = "unclear"
    result_note: Text | None = None


class Outcome(Part):
    """What worked and what did not."""

    worked: Text
    did_not: Text


class Lesson(Part):
    """Which guideline or challenge the case illustrates, and whether well or badly."""

    key: TopicId
    direction: Direction
    why: Text


class Source(Part):
    """Where the facts are from. ``where`` it is to be found: a publisher, a collection, a web page."""

    who: Name
    title: Annotated[str, Field(min_length=1, max_length=500)]
    year: Year | None = None
    where: Annotated[str, Field(min_length=1, max_length=500)] | None = None


class CaseFile(Part):
    """A historic case. ``confidence``: how well the facts are established; ``checked``: at least one public page was
    seen that supports the core facts (``links``); ``checked_on``: when the file was last compared with the facts that
    were gathered from its sources; ``notes``: where sources differ or the outcome is contested."""

    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
    title: Name
    region: Annotated[str, Field(min_length=1, max_length=100)]
    countries: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...] = SOME
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    years: Annotated[str, Field(pattern=r"^\d{4}(-(\d{4}|ongoing))?$")]
    conflict_type: Literal["inter-state", "intra-state", "mixed"]
    parties: tuple[CaseParty, ...] = SOME
    third_party: Text | None = None
    process_phases: tuple[Phase, ...] = SOME
    summary: Text
    measures: tuple[CaseMeasure, ...] = SOME
    outcome: Outcome
    lessons: tuple[Lesson, ...] = SOME
    sources: tuple[Source, ...] = SOME
    confidence: Literal["high", "medium", "low"]
    checked: bool
    checked_on: date | None = None
    chapter: Name | None = None
    links: tuple[Link, ...] = ()
    notes: tuple[Text, ...] = ()

    @field_validator("years")
    @classmethod
    def _in_order(cls, years: str) -> str:
        if "-" in years and not years.endswith("ongoing") and years[:4] > years[5:]:
            raise ValueError("the last year is before the first one")
        return years


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
