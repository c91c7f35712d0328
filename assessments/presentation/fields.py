"""Names of the package's fields and of their values, in the order in which a reader expects them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidelines.taxonomy import LABELS

Labels = Mapping[str, "str | Promise"]

PACKAGE: Final[Labels] = {
    "title": _("title"),
    "summary": _("summary"),
    "language": _("language of the clauses"),
    "classification": _("classification"),
    "conflict": _("conflict"),
    "context": _("purpose and phase"),
    "parties": _("parties"),
    "third_parties": _("third parties"),
    "diagnosis": _("diagnosis"),
    "process": _("process"),
    "measures": _("measures"),
    "verification": _("verification"),
    "violations": _("what if"),
    "links": _("links"),
    "not_applicable": _("set aside"),
    "notes": _("notes"),
}
CONFLICT: Final[Labels] = {
    "name": _("name"),
    "type": _("type"),
    "countries": _("countries"),
    "core_issues": _("core issues"),
}
CONTEXT: Final[Labels] = {
    "phase": _("phase"),
    "other_phases": _("other phases"),
    "purposes": _("purposes"),
    "purpose_statement": _("purpose statement"),
    "purpose_shared": _("purpose shared by the parties"),
    "framework_agreed": _("framework agreed"),
    "cross_sector_risk_checked": _("side effects across sectors checked"),
    "impact_assessed": _("effect assessed on the ground"),
    "common_reading_checked": _("both read the text the same way"),
}
PARTY: Final[Labels] = {
    "kind": _("kind"),
    "power": _("power"),
    "claims_superiority": _("claims superiority"),
    "constituencies": _("constituencies"),
    "consulted": _("consulted"),
    "roles": _("roles"),
    "accepted_by": _("accepted by"),
    "ally_of": _("ally of"),
}
DIAGNOSIS: Final[Labels] = {
    "trust_deficit": _("lack of trust"),
    "understanding_deficit": _("lack of understanding"),
    "will_deficit": _("lack of will"),
    "evidence": _("ratings rest on evidence"),
    "evidence_note": _("note on the evidence"),
    "comfort": _("comfort with things as they are"),
    "motives_explored": _("motives explored"),
    "motives": _("motives"),
    "external_veto": _("veto from outside"),
    "distrust_between": _("distrust between"),
}
PROCESS: Final[Labels] = {
    "substantive_track": _("substantive talks"),
    "next_substantive_date": _("next substantive date"),
    "months_on_cbms": _("months spent on these measures"),
    "months_since_substance": _("months since talks on substance"),
    "earlier_measures": _("earlier measures"),
    "hostilities": _("hostilities"),
    "buildup": _("military build-up"),
    "cbm_only_agenda": _("nothing but such measures on the agenda"),
    "relief": _("pressure taken off"),
    "used_for_pr": _("used for applause"),
    "dilemma_discussed": _("dilemma of relief discussed"),
    "seen_as_one_sided_demand": _("seen as one side's demand"),
    "agreed": _("agreed"),
    "kept": _("kept"),
}
MEASURE: Final[Labels] = {
    "title": _("title"),
    "description": _("description"),
    "kind": _("kind"),
    "sectors": _("sectors"),
    "actor_levels": _("actor levels"),
    "tracks": _("tracks"),
    "phases": _("phases"),
    "purposes": _("purposes"),
    "binding": _("binding force"),
    "reciprocity": _("reciprocity"),
    "initiator": _("first mover"),
    "reply_agreed": _("reply agreed"),
    "tacit_consent": _("tacit consent"),
    "origin": _("origin"),
    "developed_with": _("developed with"),
    "adapted_from": _("adapted from"),
    "answers_need": _("answers a named need"),
    "answers_note": _("the need it answers"),
    "sensitivity": _("closeness to the conflict"),
    "steps": _("steps"),
    "open_preconditions": _("open preconditions"),
    "days_to_first_result": _("days to the first result"),
    "audiences": _("audiences"),
    "seen_by": _("seen by"),
    "exposure": _("exposure"),
    "message_agreed": _("public message agreed"),
    "tangible": _("something to touch"),
    "cost": _("cost"),
    "funding": _("funding in hand"),
    "capacity": _("capacity to deliver"),
    "reversible": _("reversible"),
    "without_prejudice": _("without prejudice to claims"),
    "forecloses": _("closes an option"),
    "status_neutral": _("neutral names and symbols"),
    "time_bound": _("limited in time or open to review"),
    "impact": _("effect"),
    "cross_matched": _("actors from another sector"),
    "actors": _("actors"),
    "start": _("start"),
    "end": _("end"),
    "commitments": _("clauses"),
}
COMMITMENT: Final[Labels] = {
    "text": _("text"),
    "who": _("who"),
    "when": _("when"),
    "where": _("where"),
    "quantity": _("how much"),
    "terms_defined": _("terms defined"),
    "deliberately_open": _("deliberately open"),
    "phrase": _("phrase"),
    "reason": _("reason"),
}
RATING: Final[Labels] = {
    "burden": _("burden"),
    "benefit": _("benefit"),
    "loss_of_face": _("loss of face"),
    "money": _("cost in money"),
    "political": _("political cost"),
    "security": _("cost to security"),
}
VERIFICATION: Final[Labels] = {
    "covers": _("covers"),
    "method": _("method"),
    "body": _("body"),
    "members": _("members"),
    "access": _("access"),
    "indicators": _("yardsticks"),
    "indicator_text": _("yardsticks in words"),
    "ready": _("ready"),
    "report_every_days": _("reports every (days)"),
    "mandate": _("mandate"),
    "accepted": _("accepted"),
}
VIOLATIONS: Final[Labels] = {
    "covers": _("covers"),
    "scenario": _("scenario"),
    "response": _("response"),
    "breach_defined": _("breach defined"),
    "graded": _("mishap, breach and grave breach told apart"),
    "contact_channel": _("line to call"),
    "reaction_hours": _("hours to a first answer"),
    "fact_finding": _("facts before conclusions"),
    "response_ladder": _("ladder of responses"),
    "exit_rule": _("rule for leaving"),
    "humanitarian_protected": _("humanitarian parts protected"),
    "spoilers_foreseen": _("spoilers foreseen"),
}
LINKS: Final[Labels] = {
    "from": _("from"),
    "to": _("to"),
    "target": _("target"),
    "when": _("when"),
    "condition": _("condition"),
    "bridge": _("bridge to the table"),
}
NOT_APPLICABLE: Final[Labels] = {"check": _("check"), "reason": _("reason")}
DISTRUST: Final[Labels] = {
    "who": _("who"),
    "who_level": _("at the level of"),
    "whom": _("distrusts whom"),
    "whom_level": _("at the level of"),
}
ACTOR: Final[Labels] = {"name": _("name"), "sector": _("sector"), "party": _("party")}

SECTIONS: Final[Mapping[str, Labels]] = {
    "conflict": CONFLICT,
    "context": CONTEXT,
    "parties": PARTY,
    "third_parties": PARTY,
    "diagnosis": DIAGNOSIS,
    "process": PROCESS,
    "earlier_measures": PROCESS,
    "deliberately_open": COMMITMENT,
    "measures": MEASURE,
    "verification": VERIFICATION,
    "violations": VIOLATIONS,
    "links": LINKS,
    "not_applicable": NOT_APPLICABLE,
    "commitments": COMMITMENT,
    "cost": RATING,
    "impact": RATING,
    "distrust_between": DISTRUST,
    "actors": ACTOR,
}

SCALES: Final[Mapping[str, int]] = {
    "trust_deficit": 4,
    "understanding_deficit": 4,
    "will_deficit": 4,
    "comfort": 4,
    "burden": 4,
    "benefit": 4,
    "loss_of_face": 2,
    "money": 3,
    "political": 3,
    "security": 3,
}
"""Highest value of each rating; the lowest is 0."""

FIELD_KINDS: Final[Mapping[str, str]] = {
    "sectors": "sector",
    "sector": "sector",
    "actor_levels": "actor_level",
    "who_level": "actor_level",
    "whom_level": "actor_level",
    "tracks": "track",
    "phase": "phase",
    "phases": "phase",
    "other_phases": "phase",
    "purposes": "purpose",
    "binding": "binding",
    "reciprocity": "reciprocity",
    "method": "verification",
    "power": "power",
}
"""Fields whose values are words of the field, by their kind in ``guidelines.taxonomy``."""

VALUES: Final[Labels] = {
    "yes": _("yes"),
    "partly": _("partly"),
    "no": _("no"),
    "none": _("none"),
    "all": _("all measures"),
    "never": _("never"),
    "inter_state": _("between states"),
    "intra_state": _("within a state"),
    "mixed": _("mixed"),
    "state": _("state"),
    "armed_group": _("armed group"),
    "political_movement": _("political movement"),
    "community": _("community"),
    "other": _("other"),
    "mediator": _("mediator"),
    "facilitator": _("facilitator"),
    "monitor": _("monitor"),
    "guarantor": _("guarantor"),
    "funder": _("funder"),
    "host": _("host"),
    "implementer": _("implementer"),
    "bilateral": _("with each side"),
    "plenary": _("together"),
    "both": _("with each side and together"),
    "negotiators": _("negotiators"),
    "decision_makers": _("decision-makers"),
    "security_forces": _("security forces"),
    "constituencies": _("constituencies"),
    "international": _("international public"),
    "not_sought": _("not sought"),
    "planned": _("planned"),
    "scheduled": _("scheduled"),
    "ongoing": _("ongoing"),
    "suspended": _("suspended"),
    "concluded": _("concluded"),
    "easing": _("easing"),
    "stable": _("stable"),
    "worsening": _("worsening"),
    "low": _("low"),
    "medium": _("medium"),
    "high": _("high"),
    "undertaking": _("undertaking"),
    "relational": _("relational"),
    "communication": _("communication"),
    "gesture": _("gesture"),
    "party": _("a party"),
    "joint": _("joint"),
    "third_party": _("a third party"),
    "template": _("a template"),
    "peripheral": _("peripheral"),
    "related": _("related"),
    "core": _("core"),
    "public": _("public"),
    "audience_only": _("its audience only"),
    "confidential": _("confidential"),
    "full": _("full"),
    "partial": _("partial"),
    "before": _("before the duties begin"),
    "with": _("when the duties begin"),
    "after": _("after the duties begin"),
    "observe": _("observe"),
    "investigate": _("investigate"),
    "rule": _("rule"),
    "measure": _("a measure"),
    "next_package": _("the next package"),
    "substantive": _("substantive talks"),
    "agreement": _("an agreement"),
    "review": _("a review"),
    "soft": _("soft"),
    "hard": _("hard"),
}
"""Words for the values of all other fields; each code has one meaning there."""

TEXTS: Final = frozenset(
    {
        "title", "summary", "language", "classification", "name", "purpose_statement", "evidence_note", "motives",
        "next_substantive_date", "description", "adapted_from", "answers_note", "text", "when", "where", "quantity",
        "body", "members", "indicator_text", "scenario", "response", "reason", "phrase", "check", "notes", "start",
        "end", "countries", "core_issues", "constituencies",
    }
)  # fmt: skip
"""Fields whose value is a person's text, shown as it stands."""

REFERENCES: Final = frozenset(
    {
        "who", "whom", "covers", "from", "target", "initiator", "party", "accepted_by", "ally_of", "developed_with",
    }
)  # fmt: skip
"""Fields that name parties, third parties or measures by id."""

BY_PARTY: Final = frozenset({"comfort", "motives", "cost", "impact"})
"""Fields that map the id of a party to a value."""


def label(field: str, section: str | None = None) -> str:
    """A field's name for people; unknown fields are shown as they are spelt."""
    labels = SECTIONS.get(section or "", PACKAGE)
    return str(labels.get(field, field.replace("_", " ")))


def word(field: str, code: str) -> str:
    """The word for a value of ``field``; a value that nobody knows is shown as it is spelt."""
    if field in FIELD_KINDS:
        return gettext(LABELS[FIELD_KINDS[field]].get(code, code))
    return str(VALUES.get(code, code))
