"""What of a package, and of what is said of it, an audience may see. No database.

The parties see what is named here and nothing else: what is written to be agreed, and none of what the mediators think of
it. ``docs/report-audiences.md`` gives the reasons.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

from assessments.engine.rubric import Check, rubric
from proposals.comparing.leaving_out import without_measures

FOR_PARTIES: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset(
        {
            "format", "title", "summary", "language", "classification", "conflict", "context", "parties",
            "third_parties", "process", "measures", "verification", "violations", "links",
        }
    ),
    "conflict": frozenset({"name"}),
    "context": frozenset({"phase", "purposes", "purpose_statement"}),
    "parties": frozenset({"id", "name"}),
    "third_parties": frozenset({"id", "name", "roles"}),
    "process": frozenset({"next_substantive_date"}),
    "measures": frozenset(
        {
            "id", "title", "description", "kind", "sectors", "actor_levels", "tracks", "phases", "purposes", "binding",
            "reciprocity", "initiator", "steps", "days_to_first_result", "exposure", "reversible", "without_prejudice",
            "status_neutral", "time_bound", "actors", "start", "end", "commitments",
        }
    ),
    "actors": frozenset({"name", "sector", "party"}),
    "commitments": frozenset({"text", "who", "when", "where", "quantity"}),
    "verification": frozenset(
        {
            "covers", "method", "body", "members", "access", "indicators", "indicator_text", "ready",
            "report_every_days", "mandate",
        }
    ),
    "violations": frozenset(
        {
            "covers", "scenario", "response", "breach_defined", "graded", "contact_channel", "reaction_hours",
            "fact_finding", "response_ladder", "exit_rule", "humanitarian_protected",
        }
    ),
    "links": frozenset({"from", "to", "target", "when", "condition", "bridge"}),
}  # fmt: skip
"""The fields that the parties see, by section; "" is the package."""

Row = Mapping[str, Any]


class Numbers(NamedTuple):
    """By which numbers the whole text refers to a measure and to those of its clauses that are shown, each from 1."""

    measure: int
    clauses: tuple[int, ...]


def shown(document: Row, *, for_parties: bool, party: str = "") -> dict[str, Any]:
    """The canonical document as an audience sees it: all of it, or what the parties see; with the id of a ``party``,
    without what the others undertake. It is a canonical document again."""
    if not for_parties and not party:
        return dict(document)
    seen = _open_part("", document) if for_parties else dict(document)
    return _for_one(seen, party) if party else seen


def numbers(document: Row, *, party: str = "") -> dict[str, Numbers]:
    """The numbers in the whole ``document`` of what ``shown`` leaves of its measures, by id."""
    thirds = _thirds(document)
    found = {}
    for n, measure in enumerate(document.get("measures", ()), 1):
        clauses = enumerate(measure.get("commitments", ()), 1)
        kept = tuple(i for i, clause in clauses if not party or _concerns(clause, party, thirds))
        if not party or not _is_anothers(measure, party, thirds):
            found[measure["id"]] = Numbers(n, kept)
    return found


def scorecard_for_parties(scorecard: Row, set_aside: Collection[str]) -> dict[str, Any]:
    """Of the scorecard of a document as the parties see it: the findings on what is written.

    Left out are scores, bands and verdict; the challenges; questions that rest on a field that the parties do not see, or
    that are ``set_aside``; and cases, for parties are not compared with others.
    """
    for_them = {each.id for each in checks_for_parties()} - set(set_aside)
    guidelines = {}
    for key, group in scorecard["guidelines"].items():
        findings = [{**each, "cases": []} for each in group["findings"] if each["check"] in for_them]
        if findings:
            guidelines[key] = {name: group[name] for name in ("id", "name", "essence")} | {"findings": findings}
    kept = {name: scorecard[name] for name in ("format", "rubric_version", "title")}
    return kept | {"guidelines": guidelines, "challenges": {}}


def set_aside(document: Row) -> frozenset[str]:
    """The checks that the drafters of a whole document set aside."""
    return frozenset(each["check"] for each in document.get("not_applicable", ()))


def checks_for_parties() -> Iterator[Check]:
    """The checks of the guidelines that rest on nothing but what the parties see."""
    checks = {check.id: check for group in rubric().groups for check in group.checks}
    guidelines = (group for group in rubric().groups if group.is_guideline)
    return (check for group in guidelines for check in group.checks if _reads_open_parts(check, checks))


def _reads_open_parts(check: Check, checks: Mapping[str, Check]) -> bool:
    return all(
        _reads_open_parts(checks[name], checks) if name in checks else _is_open(*name.partition(".")[::2])
        for name in check.reads
    )


def _is_open(section: str, field: str) -> bool:
    """Whether the parties see ``section.field`` as a whole; a list without a field: all that its rows say that is judged."""
    if not field:
        return section in ("language", "links")
    return field in FOR_PARTIES.get(section, frozenset()) and field not in FOR_PARTIES


def _open_part(section: str, part: Row) -> dict[str, Any]:
    kept = {name: value for name, value in part.items() if name in FOR_PARTIES[section]}
    for name, value in kept.items():
        if name in FOR_PARTIES and isinstance(value, list):
            kept[name] = [_open_part(name, row) for row in value]
        elif name in FOR_PARTIES:
            kept[name] = _open_part(name, value)
    return {name: value for name, value in kept.items() if value != {}}


def _for_one(document: Row, party: str) -> dict[str, Any]:
    """Without the undertakings of parties other than ``party``, and without what tells of them."""
    thirds = _thirds(document)
    others = [row["id"] for row in document.get("measures", ()) if _is_anothers(row, party, thirds)]
    kept = without_measures(document, others)
    kept.pop("summary", None)
    if "measures" in kept:
        kept["measures"] = [_measure_for_one(row, party, thirds) for row in kept["measures"]]
    return _without_emptied(kept, document)


def _measure_for_one(measure: Row, party: str, thirds: frozenset[str]) -> dict[str, Any]:
    kept = dict(measure)
    clauses = [each for each in measure.get("commitments", ()) if _concerns(each, party, thirds)]
    if len(clauses) < len(measure.get("commitments", ())):
        kept |= {"commitments": clauses}
        kept.pop("description", None)
    if "actors" in measure:
        kept["actors"] = [each for each in measure["actors"] if each.get("party", party) == party]
    if measure.get("initiator", party) != party:
        del kept["initiator"]
    for ledger in ("cost", "impact"):
        if ledger in measure:
            kept[ledger] = {name: rated for name, rated in measure[ledger].items() if name == party}
    return _without_emptied(kept, measure)


def _without_emptied(kept: Row, before: Row) -> dict[str, Any]:
    """Without lists and ledgers that were emptied: an empty one says that there is none at all."""
    return {name: value for name, value in kept.items() if value or not before[name]}


def _is_anothers(measure: Row, party: str, thirds: frozenset[str]) -> bool:
    """Whether the measure is an undertaking of others alone."""
    if measure.get("commitments"):
        return not any(_concerns(clause, party, thirds) for clause in measure["commitments"])
    named = {each["party"] for each in measure.get("actors", ()) if "party" in each}
    if measure.get("reciprocity") == "unilateral" and "initiator" in measure:
        named.add(measure["initiator"])
    return bool(named) and party not in named


def _concerns(clause: Row, party: str, thirds: frozenset[str]) -> bool:
    """Whether ``party`` undertakes it, alone or with others, or only third parties do. If it does not say who acts, it may
    be another's, and is not shown."""
    who = clause.get("who") or ()
    return party in who or (bool(who) and thirds.issuperset(who))


def _thirds(document: Row) -> frozenset[str]:
    return frozenset(each["id"] for each in document.get("third_parties", ()))
