"""What to do instead of, or before, confidence-building measures, by diagnosis (rubric, C1)."""

from __future__ import annotations

from typing import Final, NamedTuple

from assessments.engine.evaluation import Evaluation
from assessments.engine.scoring import Profile
from assessments.engine.verdict import Facts
from cbm_advisor.lib.text import gettext_noop as _


class Alternative(NamedTuple):
    """An obstacle, and what helps against it better than measures that build trust."""

    deficit: str
    instead: str


FACTS: Final = Alternative(
    _("understanding of facts"),
    _(
        "technical experts, joint fact-finding, shared maps and figures, study visits, drafting support for the weaker delegation"
    ),
)
PERCEPTIONS: Final = Alternative(
    _("understanding of perceptions"),
    _(
        "dialogue or problem-solving workshops, narrative exercises, bilateral sessions on how the other side reads signals"
    ),
)
WILL: Final = Alternative(
    _("will"),
    _(
        "voices with moral standing, work on ripeness (costs of the present, prospects of talks), incentives and "
        "guarantees, building consensus inside each side, waiting with contact kept open"
    ),
)
VETO: Final = Alternative(
    _("will blocked from outside"), _("talks with patrons, a group of friends or a contact group")
)
CAPACITY: Final = Alternative(
    _("mandate or capacity"), _("negotiation training, talks within a party, clarifying who may decide")
)
FORMAT: Final = Alternative(
    _("trust in the mediator or the format"),
    _("review of the third party's role, co-mediation, change of venue or format"),
)

SERIOUS: Final = 3


def alternatives(evaluation: Evaluation, profile: Profile) -> list[Alternative]:
    """Alternatives that fit the diagnosis, the main obstacle first; empty where trust is the problem."""
    wrong_tool = profile.challenges["C1"].risk in ("moderate", "high")
    found = _by_deficit(evaluation)
    facts = Facts.of(evaluation)
    if facts.veto in ("yes", "partly"):
        found.append(VETO)
    if evaluation.grade("G8.5") == "not_met":
        found.append(CAPACITY)
    if _format_doubted(evaluation):
        found.append(FORMAT)
    return found if found or not wrong_tool else [WILL]


def _by_deficit(evaluation: Evaluation) -> list[Alternative]:
    diagnosis = evaluation.package.diagnosis
    if diagnosis is None:
        return []
    trust = diagnosis.trust_deficit if diagnosis.trust_deficit is not None else SERIOUS
    ranked = []
    if diagnosis.will_deficit is not None and (diagnosis.will_deficit >= SERIOUS or diagnosis.will_deficit > trust):
        ranked.append((-diagnosis.will_deficit, [WILL]))
    understanding = diagnosis.understanding_deficit
    if understanding is not None and (understanding >= SERIOUS or understanding > trust):
        ranked.append((-understanding, [FACTS, PERCEPTIONS]))
    return [alternative for _rank, group in sorted(ranked, key=lambda row: row[0]) for alternative in group]


def _format_doubted(evaluation: Evaluation) -> bool:
    ids = {party.id for party in evaluation.draft.parties}
    return any(
        third.accepted_by is not None and not ids.issubset(third.accepted_by)
        for third in evaluation.package.third_parties or ()
    )
