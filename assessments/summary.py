"""A scorecard in plain words, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any, Final

from assessments.engine import Scorecard
from cbm_advisor.lib.text import Translate
from cbm_advisor.lib.text import gettext_noop as _

WIDTH: Final = 100
BAR: Final = 20

BAND_WORDS: Final = {
    "strong": _("strong"),
    "adequate": _("adequate"),
    "weak": _("weak"),
    "insufficient": _("too little known"),
    "not_applicable": _("not applicable"),
}
RISK_WORDS: Final = {
    "low": _("low"),
    "moderate": _("moderate"),
    "high": _("high"),
    "unknown": _("cannot be judged"),
    "not_applicable": _("not applicable"),
}
GRADE_WORDS: Final = {
    "met": _("met"),
    "partly": _("partly met"),
    "not_met": _("not met"),
    "unknown": _("not known"),
    "not_applicable": _("not applicable"),
}
LEVEL_WORDS: Final = {
    "clear": _("clear"),
    "soft": _("soft"),
    "fuzzy": _("fuzzy"),
    "not_read": _("not read: no word list for this language"),
}
MISSING_WORDS: Final = {
    "who": _("who acts"),
    "when": _("by when"),
    "where_or_how_much": _("where, or how much"),
}
EFFORT_WORDS: Final = {
    1: _("a change at the desk"),
    2: _("a talk with each side"),
    3: _("a round between the parties"),
}


def in_words(card: Scorecard, translate: Translate) -> str:
    """The verdict, the profile, every open finding, the next steps and the clauses, as text of 100 columns."""
    scored = card.as_dict(translate)
    lines = [scored["title"], "=" * min(len(scored["title"]), WIDTH), ""]
    lines += _verdict(scored["verdict"], translate)
    lines += _profile(scored, translate)
    lines += _steps(scored["next_steps"], translate)
    lines += _clauses(scored["clauses"], translate)
    lines += _findings(scored, translate)
    lines += [f"rubric {scored['rubric_version']} · document {scored['document_sha256']}"]
    return "\n".join(lines)


def _wrapped(text: str, indent: int = 0, first: str = "") -> list[str]:
    pad = " " * indent
    return textwrap.wrap(text, WIDTH, initial_indent=first or pad, subsequent_indent=pad) or [first.rstrip()]


def _verdict(verdict: dict[str, Any], translate: Translate) -> Iterator[str]:
    yield verdict["headline"].upper()
    yield from _wrapped(verdict["summary"])
    for reason in verdict["reasons"]:
        yield from _wrapped(reason["because"], 2, "- ")
    for warning in verdict["warnings"]:
        yield from _wrapped(warning, 2, "! ")
    if verdict["residual_role"]:
        yield from _wrapped(verdict["residual_role"])
    for alternative in verdict["alternatives"]:
        yield from _wrapped(f"{alternative['deficit']}: {alternative['instead']}", 2, "~ ")
    for other in verdict["would_change"]:
        yield from _wrapped(other["change"], 2, "> ")
    yield ""


def _profile(scored: dict[str, Any], translate: Translate) -> Iterator[str]:
    for group in scored["guidelines"].values():
        score = "–" if group["score"] is None else str(group["score"])
        filled = round(BAR * (group["score"] or 0) / 100)
        low, high = group["range"] or ("–", "–")
        band = translate(BAND_WORDS[group["band"]])
        known = translate(_("{percent} % known")).format(percent=round(group["coverage"] * 100))
        bar = "█" * filled + "·" * (BAR - filled)
        yield f"{group['id']:<4}{group['name']:<24}{bar} {score:>3}  {f'[{low}–{high}]':<9} {band:<17} {known}"
    for group in scored["challenges"].values():
        yield f"{group['id']:<4}{group['name']:<24}{translate(RISK_WORDS[group['risk']])}"
    yield ""


def _steps(steps: list[dict[str, Any]], translate: Translate) -> Iterator[str]:
    if steps:
        yield translate(_("Next best steps"))
    for n, step in enumerate(steps[:5], 1):
        gain = f"+{step['gain']}" if step["kind"] == "mend" else "?"
        yield from _wrapped(f"{step['change']} ({step['check']}, {gain})", 4, f"{n:>2}. ")
    yield ""


def _clauses(clauses: list[dict[str, Any]], translate: Translate) -> Iterator[str]:
    loose = [clause for clause in clauses if clause["level"] in ("soft", "fuzzy")]
    if loose:
        yield translate(_("Loose clauses"))
    for clause in loose:
        words = ", ".join(f"“{hit['text']}”" for hit in clause["hits"] if hit["counted"])
        missing = ", ".join(translate(MISSING_WORDS[slot]) for slot in clause["missing"])
        said = "; ".join(part for part in (words, f"missing: {missing}" if missing else "") if part)
        yield from _wrapped(f"{clause['measure']}: {clause['text']} → {clause['level']} ({said})", 4, "  - ")
    yield ""


def _findings(scored: dict[str, Any], translate: Translate) -> Iterator[str]:
    for group in (*scored["guidelines"].values(), *scored["challenges"].values()):
        for finding in group["findings"]:
            if finding["grade"] in ("met", "not_applicable"):
                continue
            grade = translate(GRADE_WORDS[finding["grade"]])
            yield from _wrapped(f"{finding['check']} {finding['question']} — {grade}")
            yield from _wrapped(finding["because"], 6)
            yield from _wrapped(finding["advice"], 8, "      → ")
    yield ""
