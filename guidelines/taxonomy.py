"""The words of the field: labels of the format's enumerations, as data. No Django, no database."""

from __future__ import annotations

from typing import Final

from cbm_advisor.lib.text import gettext_noop as _

LABELS: Final[dict[str, dict[str, str]]] = {
    "sector": {
        "political": _("Political"),
        "security": _("Security"),
        "economic_environmental": _("Economic, environmental"),
        "social_humanitarian_cultural": _("Social, humanitarian, cultural"),
    },
    "actor_level": {
        "negotiators": _("Negotiators"),
        "decision_makers": _("Decision-makers"),
        "wider_constituencies": _("Wider constituencies"),
    },
    "track": {"I": _("Track I"), "II": _("Track II"), "III": _("Track III")},
    "phase": {
        "before_process": _("Before a process"),
        "pre_negotiation": _("Pre-negotiation"),
        "negotiation": _("Negotiation"),
        "implementation": _("Implementation"),
    },
    "purpose": {
        "prevent_escalation": _("Prevent escalation"),
        "initiate_deepen": _("Initiate and deepen talks"),
        "consolidate": _("Consolidate"),
    },
    "binding": {"none": _("Not binding"), "political": _("Politically binding"), "legal": _("Legally binding")},
    "reciprocity": {
        "unilateral": _("One side alone"),
        "sequenced": _("One after the other"),
        "simultaneous": _("At the same time"),
    },
    "verification": {
        "none": _("Nobody"),
        "self_reporting": _("Each side reports"),
        "joint": _("Both sides together"),
        "third_party": _("A third party"),
        "joint_and_third_party": _("Both sides with a third party"),
    },
    "result": {
        "held": _("It held"),
        "partly": _("In part"),
        "failed": _("It failed"),
        "unclear": _("Unclear"),
    },
    "party_kind": {
        "state": _("State"),
        "armed_group": _("Armed group"),
        "political_movement": _("Political movement"),
        "community": _("Community"),
        "de_facto_authority": _("De facto authority"),
        "coalition": _("Coalition"),
        "other": _("Other"),
    },
    "power": {"stronger": _("Stronger"), "comparable": _("Comparable"), "weaker": _("Weaker")},
    "conflict_type": {
        "inter-state": _("Between states"),
        "intra-state": _("Within a state"),
        "mixed": _("Within and between states"),
    },
    "confidence": {"high": _("High"), "medium": _("Medium"), "low": _("Low")},
}


def label(kind: str, code: str) -> str:
    """The English label of a code, a msgid: translate it when shown. Raises ``KeyError``."""
    return LABELS[kind][code]
