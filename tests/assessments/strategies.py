"""Packages of all kinds for property tests: full and sparse, with every enumeration, and references that hold."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from assessments.package import Package, load_package

PHASES = ["before_process", "pre_negotiation", "negotiation", "implementation"]
PURPOSES = ["prevent_escalation", "initiate_deepen", "consolidate"]
SECTORS = ["political", "security", "economic_environmental", "social_humanitarian_cultural"]
LEVELS = ["negotiators", "decision_makers", "wider_constituencies"]
AUDIENCES = ["negotiators", "decision_makers", "security_forces", "constituencies", "international"]
CLAUSES = [
    "Both sides withdraw guns to line A",
    "The parties will endeavour to facilitate access as appropriate",
    "Weapons shall be stored; details will follow",
    "Patrols will be monitored by the commission in the vicinity",
    'The sides shall say "as soon as possible" and act promptly',
    "DE-ESCALATION and mutual respect, in principle, at agreed sites",
    "Sideways sooner consideration",
]
WHENS = ["", "soon", "30 days after signature", "by May", "at a later date"]

tri = st.sampled_from(["yes", "partly", "no"])


def some_of(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=3)


def sometimes(
    fields: dict[str, st.SearchStrategy[Any]], **required: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping in which each field may be absent."""
    return st.fixed_dictionaries(required, optional=fields)


def all_or(ids: list[str]) -> st.SearchStrategy[Any]:
    return st.one_of(st.just("all"), st.lists(st.sampled_from(ids), unique=True)) if ids else st.just("all")


def commitments(parties: list[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(
        sometimes(
            {
                "who": st.lists(st.sampled_from([*parties, "a patrol"]), max_size=2),
                "when": st.sampled_from(WHENS),
                "where": st.sampled_from(["", "the vicinity", "map A", "two towns"]),
                "quantity": st.sampled_from(["", "eleven"]),
                "terms_defined": tri,
                "deliberately_open": st.just([{"phrase": "vicinity", "reason": "status"}]),
            },
            text=st.sampled_from(CLAUSES),
        ),
        max_size=3,
    )


def measures(parties: list[str], measure_id: str) -> st.SearchStrategy[dict[str, Any]]:
    rating = st.integers(0, 3)
    cost = st.dictionaries(
        st.sampled_from(parties), sometimes({"money": rating, "political": rating, "security": rating})
    )
    impact = st.dictionaries(
        st.sampled_from(parties),
        sometimes({"burden": st.integers(0, 4), "benefit": st.integers(0, 4), "loss_of_face": st.integers(0, 2)}),
    )
    tris = [
        "reply_agreed",
        "tacit_consent",
        "answers_need",
        "message_agreed",
        "tangible",
        "funding",
        "capacity",
        "reversible",
        "without_prejudice",
        "forecloses",
        "status_neutral",
        "time_bound",
        "cross_matched",
    ]
    return sometimes(
        {
            **dict.fromkeys(tris, tri),
            "kind": st.sampled_from(["undertaking", "relational", "communication", "gesture"]),
            "sectors": some_of(SECTORS),
            "actor_levels": some_of(LEVELS),
            "tracks": some_of(["I", "II", "III"]),
            "purposes": some_of(PURPOSES),
            "binding": st.sampled_from(["none", "political", "legal"]),
            "reciprocity": st.sampled_from(["unilateral", "sequenced", "simultaneous"]),
            "initiator": st.sampled_from(parties),
            "origin": st.sampled_from(["party", "joint", "mediator", "third_party", "template"]),
            "developed_with": all_or(parties),
            "sensitivity": st.sampled_from(["peripheral", "related", "core"]),
            "steps": st.integers(0, 12),
            "open_preconditions": st.integers(0, 4),
            "days_to_first_result": st.integers(0, 400),
            "audiences": some_of(AUDIENCES),
            "seen_by": some_of(AUDIENCES),
            "exposure": st.sampled_from(["public", "audience_only", "confidential"]),
            "cost": cost,
            "impact": impact,
            "commitments": commitments(parties),
        },
        id=st.just(measure_id),
        title=st.just(f"measure {measure_id}"),
    )


def contexts() -> st.SearchStrategy[dict[str, Any]]:
    tris = ["purpose_shared", "cross_sector_risk_checked", "impact_assessed", "common_reading_checked"]
    return sometimes(
        {
            **dict.fromkeys(tris, tri),
            "phase": st.sampled_from(PHASES),
            "purposes": some_of(PURPOSES),
            "purpose_statement": st.sampled_from(["", "calm on the road"]),
        }
    )


def diagnoses(parties: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    deficit = st.integers(0, 4)
    return sometimes(
        {
            "trust_deficit": deficit,
            "understanding_deficit": deficit,
            "will_deficit": deficit,
            "evidence": tri,
            "comfort": st.dictionaries(st.sampled_from(parties), deficit),
            "motives_explored": st.sampled_from(["none", "bilateral", "plenary", "both"]),
            "external_veto": tri,
            "distrust_between": st.just(
                [{"who": parties[0], "who_level": "negotiators", "whom": parties[1], "whom_level": "negotiators"}]
            ),
        }
    )


def processes() -> st.SearchStrategy[dict[str, Any]]:
    tris = ["buildup", "cbm_only_agenda", "used_for_pr", "dilemma_discussed", "seen_as_one_sided_demand"]
    return sometimes(
        {
            **dict.fromkeys(tris, tri),
            "substantive_track": st.sampled_from(
                ["none", "not_sought", "planned", "scheduled", "ongoing", "suspended", "concluded"]
            ),
            "months_on_cbms": st.one_of(st.integers(0, 30), st.sampled_from([2.5, 6.0])),
            "earlier_measures": sometimes({"agreed": st.integers(0, 10), "kept": st.integers(0, 10)}),
            "hostilities": st.sampled_from(["easing", "stable", "worsening"]),
            "relief": st.sampled_from(["low", "medium", "high"]),
        }
    )


def verifications(ids: list[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(
        sometimes(
            {
                "covers": all_or(ids),
                "method": st.sampled_from(["none", "self_reporting", "joint", "third_party", "joint_and_third_party"]),
                "access": st.sampled_from(["full", "partial", "none"]),
                "indicators": tri,
                "ready": st.sampled_from(["before", "with", "after"]),
                "report_every_days": st.one_of(st.just("never"), st.integers(1, 60)),
                "mandate": st.sampled_from(["observe", "investigate", "rule"]),
                "accepted": tri,
            }
        ),
        max_size=3,
    )


def violations(ids: list[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    tris = [
        "breach_defined",
        "graded",
        "contact_channel",
        "fact_finding",
        "response_ladder",
        "exit_rule",
        "humanitarian_protected",
        "spoilers_foreseen",
    ]
    hours = st.one_of(st.just("none"), st.integers(1, 96))
    return st.lists(sometimes({**dict.fromkeys(tris, tri), "covers": all_or(ids), "reaction_hours": hours}), max_size=3)


def links(ids: list[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(
        sometimes(
            {
                "from": all_or(ids),
                "to": st.sampled_from(["next_package", "substantive", "agreement", "review"]),
                "when": st.sampled_from(WHENS),
                "condition": st.sampled_from(["none", "soft", "hard"]),
                "bridge": tri,
            }
        ),
        max_size=3,
    )


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A document that is a valid package or draft of one."""
    parties = draw(st.sampled_from([["a", "b"], ["a", "b", "c"]]))
    ids = [f"m{n}" for n in range(draw(st.integers(0, 5)))]
    powers = st.fixed_dictionaries({}, optional={"power": st.sampled_from(["stronger", "comparable", "weaker"])})
    document = {
        "format": "cbm-package/1",
        "title": "a package",
        "parties": [{"id": p, "name": p.upper(), **draw(powers)} for p in parties],
        "measures": [draw(measures(parties, i)) for i in ids],
    }
    optional: dict[str, st.SearchStrategy[Any]] = {
        "language": st.sampled_from(["en", "en-GB", "fr"]),
        "summary": st.text("abc ", max_size=10),
        "notes": st.just("not for others"),
        "context": contexts(),
        "diagnosis": diagnoses(parties),
        "process": processes(),
        "verification": verifications(ids),
        "violations": violations(ids),
        "links": links(ids),
        "not_applicable": st.just([{"check": "G1.3", "reason": "agreed with both"}]),
    }
    for section, strategy in optional.items():
        if draw(st.integers(0, 3)):
            document[section] = draw(strategy)
    return document


def packages() -> st.SearchStrategy[Package]:
    """Packages, read from ``documents``."""
    return documents().map(lambda document: load_package(document, draft=True))
