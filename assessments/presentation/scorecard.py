"""The whole scorecard as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.presentation.clauses import clause_views, legend, redraft
from assessments.presentation.package_view import measure_views, sections
from assessments.presentation.profile import challenge_view, guideline_view
from assessments.presentation.reader import Reader
from assessments.presentation.steps import step_views
from assessments.presentation.words import IS_CBM, VERDICTS

STEPS_SHOWN = 5
SHOWN_FIRST = ("parties", "third_parties")
SHOWN_LAST = (
    "summary",
    "conflict",
    "context",
    "diagnosis",
    "process",
    "verification",
    "violations",
    "links",
    "not_applicable",
    "notes",
)


def scorecard_context(document: Mapping[str, Any], scorecard: Mapping[str, Any]) -> dict[str, Any]:
    """What the template ``assessments/_scorecard.html`` needs, all of it ready to print."""
    reader = Reader(document)
    steps = step_views(scorecard, reader)
    verdict = scorecard["verdict"]
    return {
        "verdict": verdict,
        "would_change": [(each["change"], VERDICTS[each["verdict"]]) for each in verdict["would_change"]],
        "guidelines": [guideline_view(row, reader) for row in in_order(scorecard["guidelines"])],
        "challenges": [challenge_view(row, reader) for row in in_order(scorecard["challenges"])],
        "steps": steps[:STEPS_SHOWN],
        "more_steps": steps[STEPS_SHOWN:],
        "clauses": clause_views(scorecard["clauses"], reader.measures),
        "legend": legend(scorecard["clauses"]),
        "redraft": redraft(scorecard["clauses"]),
        "language": document.get("language", "en"),
        "measures": measure_views(reader),
        "sections_first": sections(reader, SHOWN_FIRST),
        "sections_last": sections(reader, SHOWN_LAST),
        "notes": [
            (note["text"], [reader.place(e["pointer"]) for e in note["evidence"]])
            for note in _interplay(scorecard, "notes")
        ],
        "prompts": _interplay(scorecard, "prompts"),
        "tensions": _interplay(scorecard, "tensions"),
        "shared_causes": _interplay(scorecard, "shared_causes"),
        "kinship": (IS_CBM[scorecard["interplay"]["is_cbm"]["answer"]], scorecard["interplay"]["is_cbm"]["text"]),
        "phase_and_purposes": _phase_and_purposes(reader),
        "party_names": [reader.name(party["id"]) for party in document.get("parties", ())],
        "rubric_version": scorecard["rubric_version"],
        "document_sha256": scorecard["document_sha256"],
    }


def in_order(rows: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Guidelines or challenges by number: what comes back from the database has lost its order."""
    return sorted(rows.values(), key=lambda row: int(row["id"][1:]))


def _interplay(scorecard: Mapping[str, Any], part: str) -> list[Any]:
    return list(scorecard["interplay"][part])


def _phase_and_purposes(reader: Reader) -> list[str]:
    context = reader.document.get("context") or {}
    return [reader.said(field, context[field]) for field in ("phase", "purposes") if context.get(field)]
