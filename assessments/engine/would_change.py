"""What would change the verdict: the nearest different answers, tried out (rubric, section 8).

For a package that is not the right tool now, the facts themselves are varied one by one, nearest first, and the honest
purpose is tried; if no single one suffices, the smallest set found. For any other verdict the next steps are tried,
singly and then together in their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.mending import member
from assessments.engine.rubric import Change
from assessments.engine.steps import Baseline, Step, Trial, better
from assessments.engine.verdict import NO_TRACK, Kind
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

MOST_SINGLES: Final = 3
MOST_TOGETHER: Final = 10

DEGREES: Final = (_("absent"), _("slight"), _("noticeable"), _("serious"), _("blocking"))
EASE: Final = (_("not at all"), _("badly"), _("so-so"), _("well"), _("very well"))


class WouldChange(NamedTuple):
    """A different answer, the edits that stand for it, and the verdict it would lead to."""

    change: Text
    edits: tuple[Edit, ...]
    verdict: Kind


class Ladder(NamedTuple):
    """Milder answers to one question, nearest first."""

    changes: tuple[Change, ...]


def would_change(base: Baseline, steps: list[Step]) -> list[WouldChange]:
    """What would lead to a better verdict; empty if the package is ready to table."""
    kind = base.verdict.kind
    if kind == "ready_to_table":
        return []
    if kind == "not_the_right_tool_now":
        return _other_facts(base)
    wanted = "answer" if kind == "not_enough_information" else "mend"
    return _other_design(base, [step for step in steps if step.kind == wanted])


def _entry(change: Change, kind: Kind) -> WouldChange:
    return WouldChange(Text(change.words, **change.arguments), change.edits, kind)


def _other_facts(base: Baseline) -> list[WouldChange]:
    ladders = list(_ladders(base.evaluation.draft))
    singles = []
    for ladder in ladders:
        for change in ladder.changes:
            verdict = base.trial(change).verdict.kind
            if better(verdict, base.verdict.kind):
                singles.append(_entry(change, verdict))
                break
    purpose = list(_honest_purpose(base))
    if singles:
        return [*singles, *purpose]
    return [*_fewest_together(base, [ladder.changes[-1] for ladder in ladders]), *purpose]


def _fewest_together(base: Baseline, changes: list[Change]) -> Iterator[WouldChange]:
    """All changes at once, then without each that is not needed."""
    verdict = base.trial(_together(changes)).verdict.kind if changes else base.verdict.kind
    if not better(verdict, base.verdict.kind):
        return
    for change in list(changes):
        fewer = [c for c in changes if c is not change]
        if fewer and better(trial := base.trial(_together(fewer)).verdict.kind, base.verdict.kind):
            changes, verdict = fewer, trial
    yield _entry(_together(changes), verdict)


def _together(changes: list[Change]) -> Change:
    edits = tuple(edit for change in changes for edit in change.edits)
    if len(changes) == 1:
        return changes[0]
    parts = [Text(change.words, **change.arguments) for change in changes]
    return Change(edits, _("All of these together: {parts}"), {"parts": joined(parts)})


def joined(parts: list[Text]) -> Text:
    """Several sentences or phrases as one list."""
    names = {f"p{n}": part for n, part in enumerate(parts)}
    return Text("; ".join(f"{{{name}}}" for name in names), **names)


def _honest_purpose(base: Baseline) -> Iterator[WouldChange]:
    draft = base.evaluation.draft
    if draft.prevention_only:
        return
    edit = member(draft, "context", "purposes", ["prevent_escalation"])
    words = _(
        "If the package were honestly meant to prevent escalation and ease hardship, and not as a lever for the talks"
    )
    change = Change((edit,), words)
    verdict = base.trial(change).verdict.kind
    if better(verdict, base.verdict.kind):
        yield _entry(change, verdict)


def _ladders(draft: Draft) -> Iterator[Ladder]:
    """Milder answers to the questions that the suitability rules and C1, C2 read, where they are not mild already."""
    diagnosis = draft.package.diagnosis
    if diagnosis is not None:
        for field, words in (
            ("will_deficit", _("If the missing will were {new} instead of {old}")),
            ("understanding_deficit", _("If the missing understanding were {new} instead of {old}")),
        ):
            old = getattr(diagnosis, field)
            if old is not None and old >= 2:
                yield _degrees(draft, field, old, range(old - 1, -1, -1), words)
        if diagnosis.trust_deficit is not None and diagnosis.trust_deficit <= 1:
            rising = range(diagnosis.trust_deficit + 1, 5)
            words = _("If the missing trust were {new} instead of {old}")
            yield _degrees(draft, "trust_deficit", diagnosis.trust_deficit, rising, words)
        comfort = diagnosis.comfort or {}
        if comfort and max(comfort.values()) >= 3:
            yield _comfort(draft, comfort)
        if diagnosis.external_veto in ("yes", "partly"):
            edit = member(draft, "diagnosis", "external_veto", "no")
            yield Ladder((Change((edit,), _("If nobody outside could stop it")),))
    yield from _process_ladders(draft)


def _degrees(draft: Draft, field: str, old: int, values: range, words: str) -> Ladder:
    return Ladder(
        tuple(
            Change(
                (member(draft, "diagnosis", field, new),), words, {"new": Text(DEGREES[new]), "old": Text(DEGREES[old])}
            )
            for new in values
        )
    )


def _comfort(draft: Draft, comfort: dict[str, int]) -> Ladder:
    highest = max(comfort.values())
    words = _("If the side that lives {old} with things as they are lived {new} with them")
    return Ladder(
        tuple(
            Change(
                tuple(Edit(f"/diagnosis/comfort/{party}", new) for party, old in comfort.items() if old > new),
                words,
                {"old": Text(EASE[highest]), "new": Text(EASE[new])},
            )
            for new in range(highest - 1, -1, -1)
        )
    )


_MILDER: Final[dict[tuple[str, str], tuple[tuple[str, str], ...]]] = {
    ("buildup", "yes"): (("no", _("If no force were built up under cover of the measures")),),
    ("hostilities", "worsening"): (
        ("stable", _("If hostilities no longer worsened")),
        ("easing", _("If hostilities were easing")),
    ),
    ("cbm_only_agenda", "yes"): (("no", _("If the talks also had substance on the agenda")),),
    ("relief", "high"): (
        ("medium", _("If the package took off some pressure and not most of it")),
        ("low", _("If the package took off little pressure")),
    ),
}
"""Milder answers by field of ``process`` and the answer given."""


def _process_ladders(draft: Draft) -> Iterator[Ladder]:
    process = draft.package.process
    if process is None:
        return
    if process.substantive_track in NO_TRACK:
        yield Ladder(
            tuple(
                Change((member(draft, "process", "substantive_track", track),), words)
                for track, words in (
                    ("planned", _("If talks on the substance were planned")),
                    ("scheduled", _("If talks on the substance had a date")),
                    ("ongoing", _("If talks on the substance were going on")),
                )
            )
        )
    for (field, old), milder in _MILDER.items():
        if getattr(process, field) == old:
            yield Ladder(tuple(Change((member(draft, "process", field, new),), words) for new, words in milder))


def _other_design(base: Baseline, steps: list[Step]) -> list[WouldChange]:
    singles = [s for s in steps if better(s.verdict, base.verdict.kind)][:MOST_SINGLES]
    if singles:
        return [_entry(step.change, step.verdict) for step in singles]
    return list(_steps_together(base, steps[:MOST_TOGETHER]))


def _steps_together(base: Baseline, steps: list[Step]) -> Iterator[WouldChange]:
    """Steps one after the other, each tried on what the ones before have left, until the verdict is better."""
    here: Baseline | Trial = base
    edits: list[Edit] = []
    parts: list[Text] = []
    for step in steps:
        change = step.check.change_in(here.evaluation.draft)
        if change is None:
            continue
        here = Baseline(*here).trial(change)
        edits += change.edits
        parts.append(Text(change.words, **change.arguments))
        if better(here.verdict.kind, base.verdict.kind):
            change = Change(tuple(edits), _("All of these together: {parts}"), {"parts": joined(parts)})
            yield _entry(change, here.verdict.kind)
            return
