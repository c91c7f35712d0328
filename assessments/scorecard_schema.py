"""The JSON Schema of the scorecard, format cbm-scorecard/1, made from the models below.

They describe what ``Scorecard.as_dict`` writes; a test holds the two together.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_ID: Final = "/schema/cbm-scorecard-1.json"

Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[int, Field(ge=0, le=100)]
Ends = tuple[Points, Points]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Evidence(Part):
    """A place that was read: a JSON pointer into the canonical document, and characters where it is text."""

    pointer: str
    range: tuple[int, int] | None = None


class Finding(Part):
    check: str
    question: str
    weight: float
    grade: Literal["met", "partly", "not_met", "unknown", "not_applicable"]
    because: str
    advice: str
    evidence: list[Evidence]
    cases: list[str]


class Guideline(Part):
    id: str
    name: str
    essence: str
    score: Points | None
    range: Ends | None = Field(description="the score if every unknown turned out badly, or well")
    sensitivity: Ends | None = Field(description="how far the score moves when each weight varies by a quarter")
    band: Literal["strong", "adequate", "weak", "insufficient", "not_applicable"]
    coverage: Share
    cap: Points | None
    cap_because: str | None
    multiplier: float
    blocking: bool
    findings: list[Finding]


class Trigger(Part):
    effect: Literal["raises_to_high", "raises_to_moderate", "lowers_to_moderate"]
    because: str


class Challenge(Part):
    id: str
    name: str
    essence: str
    risk: Literal["low", "moderate", "high", "unknown", "not_applicable"]
    score: Points | None
    coverage: Share
    triggers: list[Trigger]
    findings: list[Finding]


class Guidelines(Part):
    tailor_made: Guideline
    simple: Guideline
    visible: Guideline
    verifiable: Guideline
    what_if: Guideline
    linked_to_process: Guideline
    several_sectors: Guideline
    low_cost: Guideline
    open_future: Guideline
    equal_impact: Guideline


class Challenges(Part):
    trust_not_core: Challenge
    stalling: Challenge
    over_success: Challenge
    asymmetry: Challenge
    fuzzy: Challenge


Kind = Literal[
    "ready_to_table", "table_after_fixes", "rework_with_parties", "not_the_right_tool_now", "not_enough_information"
]


class Edit(Part):
    """An operation of JSON Patch (RFC 6902)."""

    op: Literal["add"]
    path: str
    value: Any


class Reason(Part):
    id: str
    because: str
    checks: list[str]


class WouldChange(Part):
    change: str
    edits: list[Edit]
    verdict: Kind


class Alternative(Part):
    deficit: str
    instead: str


class Verdict(Part):
    kind: Kind
    headline: str
    summary: str
    reasons: list[Reason]
    would_change: list[WouldChange]
    alternatives: list[Alternative]
    residual_role: str | None
    warnings: list[str]


class Move(Part):
    of: str
    what: Literal["score", "band", "risk", "coverage", "kind"]
    from_: Any = Field(alias="from")
    to: Any


class Step(Part):
    check: str
    of: str
    kind: Literal["mend", "answer"]
    pointer: str
    change: str
    question: str
    too_far: str
    case: str
    edits: list[Edit]
    gain: int
    effort: Literal[1, 2, 3]
    removes_cap: bool
    moves: list[Move]


class Hit(Part):
    class_: str = Field(alias="class")
    text: str
    range: tuple[int, int]
    points: int
    counted: bool
    why: str


class Clause(Part):
    measure: str
    pointer: str
    text: str
    points: int
    level: Literal["clear", "soft", "fuzzy", "not_read"]
    hits: list[Hit]
    missing: list[Literal["who", "when", "where_or_how_much"]]
    redraft: str


class Note(Part):
    id: str
    section: str
    text: str
    evidence: list[Evidence]


class Prompt(Part):
    id: str
    prompt: str
    why: str


class Tension(Part):
    pair: list[str]
    text: str


class SharedCause(Part):
    text: str
    checks: list[str]


class Kinship(Part):
    answer: Literal["yes", "ask", "no"]
    text: str


class Interplay(Part):
    notes: list[Note]
    prompts: list[Prompt]
    tensions: list[Tension]
    shared_causes: list[SharedCause]
    is_cbm: Kinship


class ScorecardShape(Part):
    """What the engine has to say about a package."""

    format: Literal["cbm-scorecard/1"]
    rubric_version: str
    document_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    title: str
    index: Annotated[float, Field(ge=0, le=100)] | None
    guidelines: Guidelines
    challenges: Challenges
    verdict: Verdict
    next_steps: list[Step]
    clauses: list[Clause]
    interplay: Interplay


@cache
def scorecard_schema() -> dict[str, Any]:
    """The schema, draft 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **ScorecardShape.model_json_schema(by_alias=True),
        "title": "A scorecard, format cbm-scorecard/1",
    }
