"""``docs/calibration.md``: the engine against the expectations, and how far scores move when weights do."""

from __future__ import annotations

from collections import Counter
from typing import Final

from assessments.calibration import CalibrationPackage, Expectation, calibration_packages
from assessments.engine import Scorecard, assess
from assessments.engine.rubric import VERSION, rubric
from guidelines.catalogue import topics

INTRODUCTION: Final = f"""# Calibration

Twelve historic packages, encoded as they were designed and not as they turned out, with what the literature would lead
a scholar to expect. The expectations were written before any score was computed. Rubric version {VERSION}; written by
`python manage.py calibrate --write docs/calibration.md`.

No check looks at a title, a name, a slug or a date; a test renames them all and compares.
"""


def calibration_page() -> str:
    """The page as Markdown."""
    cards = [(package, assess(package.package)) for package in calibration_packages()]
    compared = {package.id: package.compared(card) for package, card in cards}
    lines = [INTRODUCTION, *_agreement(compared), *_disagreements(compared), *_packages(cards), *_sensitivity(cards)]
    return "\n".join(lines) + "\n"


def _agreement(compared: dict[str, list[Expectation]]) -> list[str]:
    everything = [one for rows in compared.values() for one in rows]
    stated, met = Counter(e.about for e in everything), Counter(e.about for e in everything if e.met)
    lines = ["## Agreement", "", "| | | expectations | met |", "|---|---|---|---|"]
    lines += [f"| {i} | {t.name} | {stated[i]} | {met[i]} |" for i, t in topics().items() if stated[i]]
    lines += [f"| | Verdict | {stated['verdict']} | {met['verdict']} |"]
    return [*lines, f"| | **All** | **{len(everything)}** | **{sum(met.values())}** |", ""]


def _disagreements(compared: dict[str, list[Expectation]]) -> list[str]:
    missed = [(package_id, one) for package_id, rows in compared.items() for one in rows if not one.met]
    lines = ["## Disagreements", ""]
    if not missed:
        return [*lines, "None.", ""]
    return [*lines, *(f"- {i}, {e.about}: found {e.found}, expected {' or '.join(e.expected)}" for i, e in missed), ""]


def _packages(cards: list[tuple[CalibrationPackage, Scorecard]]) -> list[str]:
    ids = [group.id for group in rubric().groups]
    lines = ["## Packages", "", f"| | {' | '.join(ids)} | index | verdict |", "|---" * (len(ids) + 3) + "|"]
    for package, card in cards:
        profile = card.profile
        scores = ["–" if g.score is None else str(g.score) for g in profile.guidelines.values()]
        risks = [c.risk.replace("_", " ") for c in profile.challenges.values()]
        verdict = card.verdict.kind.replace("_", " ")
        lines.append(f"| {package.id} | {' | '.join([*scores, *risks])} | {profile.index} | {verdict} |")
    return [*lines, ""]


def _sensitivity(cards: list[tuple[CalibrationPackage, Scorecard]]) -> list[str]:
    ids = [group.id for group in rubric().groups if group.is_guideline]
    lines = [
        "## Sensitivity",
        "",
        "Lowest and highest score when each weight varies by up to a quarter, all independently, under the cap in force.",
        "",
        f"| | {' | '.join(ids)} |",
        "|---" * (len(ids) + 1) + "|",
    ]
    for package, card in cards:
        found = [g["sensitivity"] for g in card.as_dict()["guidelines"].values()]
        cells = ["–" if ends is None else f"{ends[0]}–{ends[1]}" for ends in found]
        lines.append(f"| {package.id} | {' | '.join(cells)} |")
    return lines
