"""Next best steps in words: what moves, how far, with what effort."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from assessments.presentation.precedents import CaseLink, case_link
from assessments.presentation.profile import per_cent
from assessments.presentation.reader import Place, Reader
from assessments.presentation.words import BANDS, EFFORTS, RISKS, VERDICTS


class StepView(NamedTuple):
    """One step. ``gain`` is "+14", "±0" for a change that moves no score yet, "?" for an open question; ``moves`` are short
    phrases."""

    check: str
    change: str
    question: str
    too_far: str
    case: CaseLink | None
    gain: str
    spoken: str
    asks: bool
    effort: str
    lifts_cap: bool
    moves: list[str]
    place: Place


def step_views(scorecard: Mapping[str, Any], reader: Reader) -> list[StepView]:
    """All steps, in the engine's order."""
    names = {key: row["name"] for side in ("guidelines", "challenges") for key, row in scorecard[side].items()}
    return [
        StepView(
            check=step["check"],
            change=step["change"],
            question=step["question"],
            too_far=step["too_far"],
            case=case_link(step["case"]) if step["case"] else None,
            gain=gain_mark(step["kind"], step["gain"]),
            spoken=gain_in_words(step["kind"], step["gain"]),
            asks=step["kind"] == "answer",
            effort=str(EFFORTS[step["effort"]]),
            lifts_cap=step["removes_cap"],
            moves=list(move_phrases(step["moves"], names)),
            place=reader.place(step["pointer"]),
        )
        for step in scorecard["next_steps"]
    ]


def move_phrases(moves: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> Iterable[str]:
    """What moves, one phrase each: “Verifiable: 62 → 81”. The index is for sorting only and is left out."""
    moves = [move for move in moves if move["of"] != "index"]
    scored = {move["of"] for move in moves if move["what"] == "score" and move["from"] is not None}
    for move in moves:
        if move["of"] == "verdict":
            yield _change(_("Verdict"), _word(VERDICTS, move["from"]), _word(VERDICTS, move["to"]))
        elif move["what"] == "risk":
            yield _change(names[move["of"]], _word(RISKS, move["from"]), _word(RISKS, move["to"]))
        elif move["what"] == "score" and move["of"] in scored:
            yield _change(names[move["of"]], str(move["from"]), str(move["to"]))
        elif move["what"] == "band" and move["of"] not in scored:
            yield _change(names[move["of"]], _word(BANDS, move["from"]), _word(BANDS, move["to"]))
        elif move["what"] == "coverage" and move["of"] not in scored:
            known = _("%(percent)s %% known") % {"percent": per_cent(move["to"])}
            yield _change(names[move["of"]], f"{per_cent(move['from'])}", known)


def _word(words: Mapping[str, Any], code: str) -> str:
    word = words.get(code, code)
    return str(getattr(word, "label", word)).lower()


def _change(name: str, before: str, after: str) -> str:
    return f"{name}: {before} → {after}"


def gain_mark(kind: str, gain: float) -> str:
    """What a step brings: "+14", "±0", "?" for an open question, whose answer may raise a score or lower it."""
    if kind == "answer":
        return "?"
    return f"+{gain:g}" if gain > 0 else "±0"


def gain_in_words(kind: str, gain: float) -> str:
    """The same for those who listen."""
    if gain <= 0:
        return _("opens a question") if kind == "answer" else _("moves no score yet")
    if kind == "answer":
        return _("narrows the range by %(gain)s points") % {"gain": f"{gain:g}"}
    return _("gains %(gain)s points") % {"gain": f"{gain:g}"}
