"""What reports tell their audiences, and secrets to look for in them."""

from __future__ import annotations

from typing import Any

from assessments.engine import assess
from assessments.package import canonical_document, load_package
from reports.audience import numbers, scorecard_for_parties, set_aside, shown
from reports.composing.circumstances import Circumstances
from reports.composing.told import Told
from reports.model import Commitment, ReportModel, Section, texts
from tests.reports.material import EXAMPLE, MOMENT, blocks_of, copy_of

SECRET = "Zwiebelfisch"
"""Stands in no word of ours."""


def told_of(document: dict[str, Any], *, for_parties: bool = False, party: str = "") -> Told:
    """A document as an audience sees it, with its scorecard."""
    whole = canonical_document(load_package(document, draft=True))
    seen = shown(whole, for_parties=for_parties)
    scorecard = assess(load_package(seen, draft=True)).as_dict()
    return Told(
        shown(whole, for_parties=for_parties, party=party),
        scorecard_for_parties(scorecard, set_aside(whole)) if for_parties else scorecard,
        numbers(whole, party=party),
        len(whole.get("measures", ())),
    )


def around(*, for_parties: bool = False, party: str = "", **others: Any) -> Circumstances:
    """Circumstances of a report on revision 3."""
    return Circumstances("Team A", MOMENT, "3", for_parties=for_parties, party=party, **others)


def said(model: ReportModel) -> str:
    """All that a report says."""
    return "\n".join(texts(model))


def titles(model: ReportModel) -> list[str]:
    """The titles of its sections, in their order."""
    return [section.title for section in model.sections]


def section(model: ReportModel, title: str) -> Section:
    """The section with this title."""
    return next(each for each in model.sections if each.title == title)


def clauses(model: ReportModel) -> dict[str, str]:
    """The numbered clauses of a report."""
    return {each.number: each.text for each in blocks_of(model, Commitment)}


def with_secrets() -> dict[str, Any]:
    """The worked example with a secret in every text that the parties must not see."""
    document = copy_of(EXAMPLE) | {"notes": SECRET, "not_applicable": [{"check": "G4.3", "reason": SECRET}]}
    document["third_parties"] = [{"id": "un", "name": "United Nations", "accepted_by": ["gos"]}]
    document["conflict"]["core_issues"] = [SECRET]
    document["diagnosis"] |= {"evidence_note": SECRET, "motives": {"gos": SECRET, "splm": SECRET}}
    document["parties"][0]["constituencies"] = [SECRET]
    document["measures"][0]["answers_note"] = SECRET
    document["measures"][0]["commitments"][0]["deliberately_open"] = [{"phrase": "Both", "reason": SECRET}]
    return document


def without_closed_parts(document: dict[str, Any]) -> dict[str, Any]:
    """What the parties see of it, and what is set aside, which changes what they are asked."""
    return shown(document, for_parties=True) | {"not_applicable": document["not_applicable"]}
