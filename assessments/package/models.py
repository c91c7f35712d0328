"""The package format, version 1, as models.

Attributes are named as in the format (``from`` is ``from_``). Everything is frozen: a package never changes, an edit
makes a new one. A ``Package`` always holds together: references lead somewhere and ids are unique.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from assessments.package.kinds import (
    AllOr,
    Audiences,
    CheckId,
    Count,
    Country,
    Entries,
    Id,
    Ids,
    IdSet,
    IsoDate,
    Language,
    Level,
    Levels,
    Number,
    Phase,
    Phases,
    Purposes,
    Rating2,
    Rating3,
    Rating4,
    Roles,
    Sector,
    Sectors,
    Several,
    ShortText,
    Slug,
    Text,
    Tracks,
    Tri,
    Wording,
)
from assessments.package.references import broken_references

CONFIDENTIAL: dict[str, Any] = {"x-confidential": True}
"""Marks fields that only drafters see unless they decide otherwise."""


class Part(BaseModel):
    """A part of a package: frozen, strict on unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _blank_is_unknown(part: Any) -> Any:
    """An empty mapping says nothing, so it equals an absent one."""
    return part if any(value is not None for value in part.__dict__.values()) else None


Unless_blank = AfterValidator(_blank_is_unknown)


class Conflict(Part):
    """What the conflict is about."""

    name: Text | None = None
    type: Literal["inter_state", "intra_state", "mixed"] | None = None
    countries: Annotated[tuple[Country, ...], Entries] | None = None
    core_issues: Several | None = Field(None, description="what the real negotiation is about")


class Context(Part):
    """Phase and purpose of the package. The first purpose leads; an empty statement says that there is none."""

    phase: Phase | None = None
    other_phases: Phases | None = None
    purposes: Purposes | None = Field(None, description="the first one leads")
    purpose_statement: Text | None = Field(None, description='"" says that there is none')
    purpose_shared: Tri | None = None
    framework_agreed: Tri | None = None
    cross_sector_risk_checked: Tri | None = None
    impact_assessed: Tri | None = None
    common_reading_checked: Tri | None = None


class Party(Part):
    """A side of the conflict."""

    id: Id
    name: ShortText
    kind: Literal["state", "armed_group", "political_movement", "community", "other"] | None = None
    power: Literal["stronger", "comparable", "weaker"] | None = None
    claims_superiority: Tri | None = None
    constituencies: Several | None = None
    consulted: Tri | None = None


class ThirdParty(Part):
    """Somebody from outside who mediates, monitors, pays or otherwise helps."""

    id: Id
    name: ShortText
    roles: Roles | None = None
    accepted_by: IdSet | None = None
    ally_of: IdSet | None = None


class DistrustPair(Part):
    """Who, at which level, does not yet trust whom."""

    who: Id
    who_level: Level | None = None
    whom: Id
    whom_level: Level | None = None


class Diagnosis(Part):
    """What blocks the process now. Deficits: 0 none, 1 slight, 2 noticeable, 3 serious, 4 blocking."""

    trust_deficit: Rating4 | None = Field(None, description="0 none, 1 slight, 2 noticeable, 3 serious, 4 blocking")
    understanding_deficit: Rating4 | None = Field(None, description="0 none to 4 blocking")
    will_deficit: Rating4 | None = Field(None, description="0 none to 4 blocking")
    evidence: Tri | None = Field(None, description="the ratings rest on conversations or sources written down")
    evidence_note: Text | None = None
    comfort: dict[Id, Rating4] | None = Field(
        None, description="by party id: how well it can live with things as they are, 0 not at all to 4 very well"
    )
    motives_explored: Literal["none", "bilateral", "plenary", "both"] | None = None
    motives: dict[Id, Text] | None = None
    external_veto: Tri | None = None
    distrust_between: Annotated[tuple[DistrustPair, ...], Entries] | None = None


class EarlierMeasures(Part):
    """How many earlier measures were agreed and kept; ``agreed`` 0 says that there were none."""

    agreed: Count | None = None
    kept: Count | None = None


class Process(Part):
    """The process around the package."""

    substantive_track: (
        Literal["none", "not_sought", "planned", "scheduled", "ongoing", "suspended", "concluded"] | None
    ) = None
    next_substantive_date: Wording | None = None
    months_on_cbms: Number | None = Field(None, description="months spent bargaining over measures")
    months_since_substance: Number | None = None
    earlier_measures: Annotated[EarlierMeasures, Unless_blank] | None = None
    hostilities: Literal["easing", "stable", "worsening"] | None = None
    buildup: Tri | None = Field(None, description="military build-up under cover")
    cbm_only_agenda: Tri | None = None
    relief: Literal["low", "medium", "high"] | None = Field(None, description="pressure that the package takes off")
    used_for_pr: Tri | None = None
    dilemma_discussed: Tri | None = None
    seen_as_one_sided_demand: Tri | None = None


class Cost(Part):
    """What a measure costs a party, 0 nothing to 3 could cost office, cohesion or lives."""

    money: Rating3 | None = None
    political: Rating3 | None = None
    security: Rating3 | None = None


class Impact(Part):
    """What a measure means for a party, expected on the ground: burden and benefit 0 to 4, loss of face 0 to 2."""

    burden: Rating4 | None = None
    benefit: Rating4 | None = None
    loss_of_face: Rating2 | None = None


class Actor(Part):
    """Who acts, and the sector they come from."""

    name: Text | None = None
    sector: Sector | None = None
    party: Id | None = None


class DeliberatelyOpen(Part):
    """A label of status that is vague on purpose, and why."""

    phrase: Text
    reason: Text | None = None


class Commitment(Part):
    """One clause. In clauses the wording is there to see: absent and empty both mean that it is not said."""

    text: Text
    who: Several | None = Field(None, description="party id, third-party id, or text")
    when: Wording | None = None
    where: Wording | None = None
    quantity: Wording | None = None
    terms_defined: Tri | None = None
    deliberately_open: Annotated[tuple[DeliberatelyOpen, ...], Entries] | None = None


class Measure(Part):
    """One measure of the package."""

    id: Id
    title: ShortText
    description: Text | None = None
    kind: Literal["undertaking", "relational", "communication", "gesture"] | None = None
    sectors: Sectors | None = None
    actor_levels: Levels | None = None
    tracks: Tracks | None = None
    phases: Phases | None = None
    purposes: Purposes | None = Field(None, description="absent: as the package")
    binding: Literal["none", "political", "legal"] | None = None
    reciprocity: Literal["unilateral", "sequenced", "simultaneous"] | None = None
    initiator: Id | None = None
    reply_agreed: Tri | None = None
    tacit_consent: Tri | None = None
    origin: Literal["party", "joint", "mediator", "third_party", "template"] | None = None
    developed_with: AllOr | None = None
    adapted_from: Slug | None = Field(None, description="case slug")
    answers_need: Tri | None = Field(None, description="answers a named incident, fear or need")
    answers_note: Text | None = None
    sensitivity: Literal["peripheral", "related", "core"] | None = None
    steps: Count | None = None
    open_preconditions: Count | None = Field(
        None, description="money, maps, lists, permits, people, consent not yet in hand"
    )
    days_to_first_result: Count | None = None
    audiences: Audiences | None = None
    seen_by: Audiences | None = None
    exposure: Literal["public", "audience_only", "confidential"] | None = None
    message_agreed: Tri | None = None
    tangible: Tri | None = None
    cost: dict[Id, Cost] | None = None
    funding: Tri | None = None
    capacity: Tri | None = None
    reversible: Tri | None = None
    without_prejudice: Tri | None = None
    forecloses: Tri | None = None
    status_neutral: Tri | None = None
    time_bound: Tri | None = None
    impact: dict[Id, Impact] | None = None
    cross_matched: Tri | None = Field(None, description="the actors come from another sector than the activity")
    actors: Annotated[tuple[Actor, ...], Entries] | None = None
    start: IsoDate | None = None
    end: IsoDate | None = None
    commitments: Annotated[tuple[Commitment, ...], Entries] | None = None


class Verification(Part):
    """How somebody finds out whether what it covers was kept."""

    covers: AllOr | None = Field(None, description="absent: all")
    method: Literal["none", "self_reporting", "joint", "third_party", "joint_and_third_party"] | None = None
    body: Text | None = None
    members: Several | None = None
    access: Literal["full", "partial", "none"] | None = None
    indicators: Tri | None = None
    indicator_text: Text | None = None
    ready: Literal["before", "with", "after"] | None = None
    report_every_days: Literal["never"] | Number | None = None
    mandate: Literal["observe", "investigate", "rule"] | None = None
    accepted: Tri | None = Field(None, description="absent: yes")


class Violation(Part):
    """A "what if" clause: what counts as a breach of what it covers, and what follows."""

    covers: AllOr | None = Field(None, description="absent: all")
    scenario: Text | None = None
    response: Text | None = None
    breach_defined: Tri | None = None
    graded: Tri | None = None
    contact_channel: Tri | None = None
    reaction_hours: Literal["none"] | Number | None = None
    fact_finding: Tri | None = None
    response_ladder: Tri | None = None
    exit_rule: Tri | None = None
    humanitarian_protected: Tri | None = None
    spoilers_foreseen: Tri | None = None


class Link(Part):
    """Where measures lead: to another measure, the next package, the substance, an agreement or a review."""

    from_: AllOr | None = Field(None, alias="from", description="absent: all")
    to: Literal["measure", "next_package", "substantive", "agreement", "review"] | None = None
    target: Wording | None = Field(None, description="measure id, or text")
    when: Wording | None = None
    condition: Literal["none", "soft", "hard"] | None = None
    bridge: Tri | None = None


class NotApplicable(Part):
    """A check that the drafter sets aside, and why."""

    check: CheckId
    reason: Annotated[Text, Field(min_length=1)]


class Package(Part):
    """A package of confidence-building measures. Raises ``pydantic.ValidationError``; ``load_package`` says it plainly."""

    format: Literal["cbm-package/1"]
    title: ShortText
    language: Language = Field("en", description="of the clause texts, BCP 47")
    summary: Text | None = None
    classification: Text | None = Field(None, description="shown on reports")
    conflict: Annotated[Conflict, Unless_blank] | None = None
    context: Annotated[Context, Unless_blank] | None = None
    parties: Annotated[tuple[Party, ...], Entries] | None = None
    third_parties: Annotated[tuple[ThirdParty, ...], Entries] | None = None
    diagnosis: Annotated[Diagnosis, Unless_blank] | None = Field(None, json_schema_extra=CONFIDENTIAL)
    process: Annotated[Process, Unless_blank] | None = None
    measures: Annotated[tuple[Measure, ...], Entries] | None = None
    verification: Annotated[tuple[Verification, ...], Entries] | None = Field(
        None, description="[] says that there is none"
    )
    violations: Annotated[tuple[Violation, ...], Entries] | None = Field(None, description="[] says that there is none")
    links: Annotated[tuple[Link, ...], Entries] | None = Field(None, description="[] says that there is none")
    not_applicable: Annotated[tuple[NotApplicable, ...], Entries] | None = None
    notes: Text | None = Field(None, json_schema_extra=CONFIDENTIAL)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        broken = broken_references(self)
        if broken:
            raise PydanticCustomError("references", "some references lead nowhere", {"problems": broken})
        return self


__all__ = [
    "Actor", "Commitment", "Conflict", "Context", "Cost", "DeliberatelyOpen", "Diagnosis", "DistrustPair",
    "EarlierMeasures", "Ids", "Impact", "Link", "Measure", "NotApplicable", "Package", "Part", "Party", "Process",
    "ThirdParty", "Verification", "Violation",
]  # fmt: skip
