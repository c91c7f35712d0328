"""The rubric written out: as data for programs, and as the pages of ``docs/checks``.

Both come from the checks themselves, so that the documentation cannot say something else than the engine does.
"""

from __future__ import annotations

from typing import Any, Final

from assessments.engine.rubric import VERSION, Check, Example, Group, rubric
from assessments.engine.scoring import multiplier
from cases.titles import case_title
from guidelines.catalogue import topic

EFFORTS: Final = {1: "a change at the desk", 2: "a talk with each side", 3: "a round between the parties"}
PHASE_NAMES: Final = {
    "before_process": "before a process",
    "pre_negotiation": "pre-negotiation",
    "negotiation": "negotiation",
    "implementation": "implementation",
}


def as_data() -> dict[str, Any]:
    """The whole rubric: version, and each guideline and challenge with its caps or triggers and its checks."""
    return {"rubric_version": VERSION, "groups": [_group(group) for group in rubric().groups]}


def _group(group: Group) -> dict[str, Any]:
    about = topic(group.id)
    return {
        "id": group.id,
        "key": about.key,
        "name": about.name,
        "essence": about.essence,
        "multipliers": {phase: multiplier(group.id, phase) for phase in PHASE_NAMES},
        "caps": [{"limit": cap.limit, "because": cap.because} for cap in group.caps],
        "triggers": [{"effect": t.effect, "because": t.because} for t in group.triggers],
        "checks": [_check(check) for check in group.checks],
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "question": check.question,
        "weight": check.weight,
        "reads": list(check.reads),
        "rule": check.rule,
        "not_applicable": check.applies.why if check.applies else None,
        "advice": check.advice,
        "ask": check.ask,
        "too_far": check.too_far,
        "cases": list(check.cases),
        "effort": check.effort,
        "examples": [{"package": example.package, "grade": example.grade} for example in check.examples],
    }


def pages() -> dict[str, str]:
    """Markdown pages by file name: an index, and one for each guideline and challenge."""
    return {"README.md": _index(), **{f"{group.id}.md": _page(group) for group in rubric().groups}}


def _index() -> str:
    lines = [
        "# The checks",
        "",
        f"Rubric version {VERSION}. Written by `python manage.py checks --docs docs/checks`; do not edit by hand.",
        "",
        "| | | checks | weight |",
        "|---|---|---|---|",
    ]
    for group in rubric().groups:
        total = sum(check.weight for check in group.checks)
        lines.append(f"| [{group.id}]({group.id}.md) | {topic(group.id).name} | {len(group.checks)} | {total:g} |")
    return "\n".join([*lines, ""])


def _page(group: Group) -> str:
    about = topic(group.id)
    lines = [f"# {group.id} {about.name}", "", about.essence, ""]
    if group.is_guideline:
        weighs = ", ".join(f"{multiplier(group.id, phase):g} {name}" for phase, name in PHASE_NAMES.items())
        lines += [f"Weighs by phase: {weighs}.", ""]
    lines += [f"- Capped at {cap.limit}: {cap.because}" for cap in group.caps]
    lines += [f"- {trigger.effect.replace('_', ' ').capitalize()}: {trigger.because}" for trigger in group.triggers]
    lines += [""] if group.caps or group.triggers else []
    for check in group.checks:
        lines += _section(check)
    return "\n".join(lines)


def _section(check: Check) -> list[str]:
    cases = ", ".join(f"{case_title(slug)} (`{slug}`)" for slug in check.cases)
    rows = [
        ("Rule", check.rule),
        *([("Not applicable", check.applies.why)] if check.applies else []),
        ("Reads", ", ".join(f"`{field}`" for field in check.reads)),
        ("An option when it is not met", check.advice),
        ("To ask when it is unknown", check.ask),
        ("Not too far", check.too_far),
        ("Effort", EFFORTS[check.effort]),
        ("Case", cases),
        ("Examples", _examples(check.examples)),
    ]
    return [
        f"## {check.id} {check.question}",
        "",
        f"Weight {check.weight:g}.",
        "",
        *(f"- {k}: {v}" for k, v in rows),
        "",
    ]


def _examples(examples: tuple[Example, ...]) -> str:
    grades = [example.grade.replace("_", " ") for example in examples]
    return ", ".join(f"{grades.count(grade)} {grade}" for grade in dict.fromkeys(grades))
