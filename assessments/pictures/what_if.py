"""What changes if the stronger side takes more: small edits that the engine makes and scores again.

Each is a true counterfactual. It is shown as found, also where it makes matters worse; who is willing to take more, the
parties decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from assessments.engine import Scorecard
from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.rubric import Change
from assessments.engine.scoring import ChallengeScore
from assessments.engine.steps import Baseline, Trial
from assessments.package import Measure, Party
from assessments.presentation.words import RISKS
from cbm_advisor.lib.text import gettext_noop
from guidelines.catalogue import topic

MOST_TRIED: Final = 3
"""Measures tried for each kind of change; they are the likeliest, so that fifty measures cost no more than five."""

EQUAL, ASYMMETRY = "G10", "C4"

SHIFT: Final = gettext_noop("{stronger} carries one point of the burden of {weaker} in “{title}”")
GIVE: Final = gettext_noop("{stronger} does one point more in “{title}”, and {weaker} gains one point more from it")
FIRST: Final = gettext_noop(
    "{stronger} takes the first step in “{title}”, and the reply of {weaker} is agreed beforehand"
)


class Move(NamedTuple):
    """One figure before and after: “Equal impact (G10): 84 → 91”. ``better``: "yes", "no" or "same"."""

    name: str
    before: str
    after: str
    better: str


class WhatIf(NamedTuple):
    """A change in words, and what it moves. ``better``: "yes", "no" or "same", all in all."""

    words: str
    moves: list[Move]
    better: str


class Tried(NamedTuple):
    """A change that the engine has made."""

    change: Change
    trial: Trial

    def worth(self) -> tuple[float, float, float]:
        """The better, the higher: equal impact, then the risk of asymmetry, then how close the net effects are."""
        risk = self.trial.profile.challenges[ASYMMETRY].value
        balance = self.trial.evaluation.draft.balance
        return (
            self.trial.profile.guidelines[EQUAL].value or 0.0,
            -(100.0 if risk is None else risk),
            -(balance.distance if balance.known else 99.0),
        )


def what_ifs(card: Scorecard) -> tuple[str, list[WhatIf]]:
    """Who was asked to take more, in words, and for each kind of change the best one found, best first."""
    draft = card.evaluation.draft
    balance = draft.balance
    if len(draft.parties) < 2 or not balance.known:
        return _("This can be tried once two parties are named and half of the measures are rated."), []
    pairs = _pairs(draft)
    if not pairs:
        return _("By these ratings all parties come off alike, and none is said to be stronger."), []
    base = Baseline(card.evaluation, card.profile, card.verdict)
    kinds = (_shifts, _gifts, _first_steps)
    tried = [best for kind in kinds if (best := _best(base, [c for pair in pairs for c in kind(draft, *pair)]))]
    return _asked(draft, pairs), [_shown(base, each) for each in sorted(tried, key=Tried.worth, reverse=True)]


def _pairs(draft: Draft) -> list[tuple[Party, Party]]:
    """Who takes more, and from whom: the stronger from the weaker, else who comes off best from who comes off worst."""
    by_id = {party.id: party for party in draft.parties}
    if draft.powers_differ:
        return [(by_id[a], by_id[b]) for a, b in product(sorted(draft.stronger), sorted(draft.weaker))]
    if draft.balance.distance == 0:
        return []
    worst = draft.balance.worst_off
    best = max(draft.parties, key=lambda party: draft.balance.nets[party.id])
    return [(best, worst)]


def _asked(draft: Draft, pairs: list[tuple[Party, Party]]) -> str:
    names = ", ".join(dict.fromkeys(stronger.name for stronger, _weaker in pairs))
    if draft.powers_differ:
        return _("The engine has made each change and scored the package again. The stronger side here: %(names)s.") % {
            "names": names
        }
    return _("Nobody is said to be stronger, so the side that comes off best was asked: %(names)s.") % {"names": names}


def _shifts(draft: Draft, stronger: Party, weaker: Party) -> Iterator[Change]:
    """One point of burden passes from the weaker to the stronger; where it weighs heaviest first."""
    balance = draft.balance
    possible = [i for i in balance.rated if balance.burden(i, weaker.id) > 0 and balance.burden(i, stronger.id) < 4]
    for i in _likeliest(draft, possible, weaker, stronger):
        yield _change(
            SHIFT,
            draft.measures[i],
            (stronger, weaker),
            _rated(draft, i, stronger, burden=balance.burden(i, stronger.id) + 1),
            _rated(draft, i, weaker, burden=balance.burden(i, weaker.id) - 1),
        )


def _gifts(draft: Draft, stronger: Party, weaker: Party) -> Iterator[Change]:
    """One point more of burden for the stronger brings the weaker one point more of benefit."""
    balance = draft.balance
    possible = [i for i in balance.rated if balance.benefit(i, weaker.id) < 4 and balance.burden(i, stronger.id) < 4]
    for i in _likeliest(draft, possible, weaker, stronger):
        yield _change(
            GIVE,
            draft.measures[i],
            (stronger, weaker),
            _rated(draft, i, stronger, burden=balance.burden(i, stronger.id) + 1),
            _rated(draft, i, weaker, benefit=balance.benefit(i, weaker.id) + 1),
        )


def _first_steps(draft: Draft, stronger: Party, weaker: Party) -> Iterator[Change]:
    """The stronger moves first where steps are not taken together, and the reply is agreed."""
    apart = [i for i, m in enumerate(draft.measures) if m.reciprocity in ("unilateral", "sequenced")]
    possible = [i for i in apart if draft.measures[i].initiator != stronger.id]
    for i in _likeliest(draft, possible, weaker, stronger):
        edits = {"reciprocity": "sequenced", "initiator": stronger.id, "reply_agreed": "yes"}
        made = (Edit(f"/measures/{i}/{field}", value) for field, value in edits.items())
        yield _change(FIRST, draft.measures[i], (stronger, weaker), *made)


def _likeliest(draft: Draft, positions: list[int], weaker: Party, stronger: Party) -> list[int]:
    """Measures that touch one side only come first, then those that weigh most on the weaker."""
    balance = draft.balance

    def weight(i: int) -> tuple[bool, int, int]:
        return (i not in balance.suspect, balance.burden(i, stronger.id) - balance.burden(i, weaker.id), i)

    return sorted(positions, key=weight)[:MOST_TRIED]


def _rated(draft: Draft, position: int, party: Party, **values: int) -> Edit:
    impact = (draft.measures[position].impact or {}).get(party.id)
    known = impact.model_dump(exclude_none=True) if impact else {}
    return Edit(f"/measures/{position}/impact/{party.id}", {**known, **values})


def _change(words: str, measure: Measure, sides: tuple[Party, Party], *edits: Edit) -> Change:
    stronger, weaker = sides
    return Change(edits, words, {"stronger": stronger.name, "weaker": weaker.name, "title": measure.title})


def _best(base: Baseline, changes: list[Change]) -> Tried | None:
    tried = [Tried(change, base.trial(change)) for change in changes]
    return max(tried, key=Tried.worth) if tried else None


def _shown(base: Baseline, tried: Tried) -> WhatIf:
    moves = [_score(base, tried.trial), _risk(base, tried.trial), _distance(base, tried.trial)]
    told = {move.better for move in moves}
    better = "no" if "no" in told else "yes" if "yes" in told else "same"
    return WhatIf(_(tried.change.words).format(**tried.change.arguments), moves, better)


def _score(base: Baseline, trial: Trial) -> Move:
    before, after = base.profile.guidelines[EQUAL], trial.profile.guidelines[EQUAL]
    name = f"{_(topic(EQUAL).name)} ({EQUAL})"
    return Move(name, _figure(before.score), _figure(after.score), _compared(before.score, after.score))


def _risk(base: Baseline, trial: Trial) -> Move:
    before, after = base.profile.challenges[ASYMMETRY], trial.profile.challenges[ASYMMETRY]
    name = f"{_(topic(ASYMMETRY).name)} ({ASYMMETRY})"
    return Move(name, _risk_words(before), _risk_words(after), _compared(after.score, before.score))


def _risk_words(result: ChallengeScore) -> str:
    level = str(RISKS[result.risk].label).lower()
    return level if result.score is None else _("%(level)s, %(score)s of 100") % {"level": level, "score": result.score}


def _distance(base: Baseline, trial: Trial) -> Move:
    before, after = base.evaluation.draft.balance.distance, trial.evaluation.draft.balance.distance
    name = _("Net effects apart, points a measure")
    return Move(name, f"{before:.2g}", f"{after:.2g}", _compared(round(after, 3), round(before, 3)))


def _figure(score: int | None) -> str:
    return "?" if score is None else str(score)


def _compared(low: float | None, high: float | None) -> str:
    """Whether the way from ``low`` to ``high`` is a gain."""
    if low is None or high is None or low == high:
        return "same"
    return "yes" if high > low else "no"
