"""The verdict: whether to table the package, and why (rubric, section 8).

Design quality and suitability are two questions: a package can be well made and still be the wrong tool now. The
rules are tried in order and the first that holds decides.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from assessments.engine.evaluation import Evaluation
from assessments.engine.scoring import Profile, is_blocking
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

Kind = Literal[
    "not_the_right_tool_now", "not_enough_information", "rework_with_parties", "table_after_fixes", "ready_to_table"
]

ORDER: Final[tuple[Kind, ...]] = (
    "not_the_right_tool_now",
    "not_enough_information",
    "rework_with_parties",
    "table_after_fixes",
    "ready_to_table",
)
"""Kinds from the least to the most favourable."""

TOO_MANY_UNKNOWN: Final = 6
NO_TRACK: Final = frozenset({"none", "not_sought", "suspended"})

HEADLINES: Final[dict[str, str]] = {
    "not_the_right_tool_now": _("Probably not the right tool now"),
    "not_enough_information": _("Not enough known to advise"),
    "rework_with_parties": _("Rework with the parties"),
    "table_after_fixes": _("Table after fixes"),
    "ready_to_table": _("Ready to table"),
}

RESIDUAL_ROLE: Final = _(
    "Measures that ease hardship or prevent incidents keep their worth, honestly labelled as such: contact is as a "
    "rule better than isolation."
)


class Reason(NamedTuple):
    """Why the verdict is what it is. ``about``: ids of the checks, guidelines and challenges that it rests on."""

    id: str
    because: Text
    about: tuple[str, ...]


class Verdict(NamedTuple):
    """The kind of verdict and the reasons for it, in the order of the rules."""

    kind: Kind
    reasons: tuple[Reason, ...]


class Facts(NamedTuple):
    """The answers that the suitability rules read, ``None`` where the draft does not say."""

    will: int | None
    comfort: int | None
    track: str | None
    buildup: str | None
    hostilities: str | None
    cbm_only: str | None
    relief: str | None
    veto: str | None
    prevention_only: bool

    @classmethod
    def of(cls, evaluation: Evaluation) -> Facts:
        """The answers in the package."""
        diagnosis, process = evaluation.package.diagnosis, evaluation.package.process
        comfort = diagnosis.comfort if diagnosis else None
        return cls(
            diagnosis.will_deficit if diagnosis else None,
            max(comfort.values()) if comfort else None,
            process.substantive_track if process else None,
            process.buildup if process else None,
            process.hostilities if process else None,
            process.cbm_only_agenda if process else None,
            process.relief if process else None,
            diagnosis.external_veto if diagnosis else None,
            evaluation.draft.prevention_only,
        )


def decide(evaluation: Evaluation, profile: Profile) -> Verdict:
    """The verdict on a package with this profile."""
    for kind, reasons in (
        ("not_the_right_tool_now", wrong_tool(evaluation, profile)),
        ("not_enough_information", _too_little_known(profile)),
        ("rework_with_parties", _rework(evaluation, profile)),
        ("table_after_fixes", _fixes(profile)),
    ):
        if reasons:
            return Verdict(kind, tuple(reasons))  # type: ignore[arg-type]
    return Verdict(
        "ready_to_table",
        (Reason("ready", Text(_("No guideline is weak, no challenge is high, and at most one is moderate.")), ()),),
    )


def wrong_tool(evaluation: Evaluation, profile: Profile) -> list[Reason]:
    """Reasons R1 to R4. An unknown answer fires none."""
    facts = Facts.of(evaluation)
    lever = not facts.prevention_only
    unwilling = facts.will is not None and facts.will >= 3
    reasons = []
    if lever and profile.challenges["C1"].risk == "high":
        because = _(
            "Missing trust does not seem to be the main obstacle, and measures that build trust help only there."
        )
        reasons.append(Reason("R1", Text(because), ("C1",)))
    if lever and unwilling and facts.comfort == 4 and facts.track in NO_TRACK:
        because = _(
            "The will to settle is low, somebody lives very well with things as they are, and no talks are live."
        )
        reasons.append(Reason("R2", Text(because), ("C1.3", "C2.2", "G6.3")))
    if profile.challenges["C2"].risk == "high" and (facts.buildup == "yes" or facts.hostilities == "worsening"):
        because = _("The risk of stalling is high while conduct in the field worsens: calm here may serve war there.")
        reasons.append(Reason("R3", Text(because), ("C2", "C2.5")))
    if lever and facts.cbm_only == "yes" and facts.relief == "high" and unwilling:
        because = _(
            "The measures have become the process: they take off much pressure and nothing else is on the agenda."
        )
        reasons.append(Reason("R4", Text(because), ("C3.2", "C3.3", "C1.3")))
    return reasons


def warnings(evaluation: Evaluation) -> list[Text]:
    """R5: printed, and decides nothing."""
    facts = Facts.of(evaluation)
    if facts.veto == "yes" and facts.will is not None and facts.will >= 2 and not facts.prevention_only:
        return [
            Text(
                _(
                    "Somebody outside can stop this, and the will inside is not strong enough to stand against it: "
                    "open a channel to them before tabling."
                )
            )
        ]
    return []


def _too_little_known(profile: Profile) -> list[Reason]:
    blank = [*profile.banded("insufficient"), *profile.at_risk("unknown")]
    if len(blank) < TOO_MANY_UNKNOWN:
        return []
    because = Text(_("{count} of the fifteen guidelines and challenges cannot be judged yet."), count=len(blank))
    return [Reason("unknowns", because, tuple(blank))]


def _rework(evaluation: Evaluation, profile: Profile) -> list[Reason]:
    phase = evaluation.draft.phase
    blocking = tuple(i for i in profile.banded("weak") if is_blocking(i, profile.guidelines[i], phase))
    high = profile.at_risk("high")
    reasons = []
    if len(blocking) >= 3:
        because = Text(_("{count} guidelines that weigh in this phase are weak."), count=len(blocking))
        reasons.append(Reason("blocking", because, blocking))
    if len(high) >= 2:
        reasons.append(Reason("challenges", Text(_("{count} challenges are high."), count=len(high)), high))
    elif high and len(blocking) >= 2:
        because = Text(
            _("One challenge is high and {count} guidelines that weigh in this phase are weak."), count=len(blocking)
        )
        reasons.append(Reason("mixed", because, (*high, *blocking)))
    if "C4" in high and profile.guidelines["G10"].band == "weak":
        because = Text(
            _("The package is one-sided; who gives what can be changed only with those who give it, not by rewording.")
        )
        reasons.append(Reason("one_sided", because, ("C4", "G10")))
    return reasons


def _fixes(profile: Profile) -> list[Reason]:
    weak = profile.banded("weak")
    high = profile.at_risk("high")
    moderate = profile.at_risk("moderate")
    reasons = []
    if weak:
        because = _("One guideline is weak.") if len(weak) == 1 else _("{count} guidelines are weak.")
        reasons.append(Reason("weak", Text(because, count=len(weak)), weak))
    if high:
        reasons.append(Reason("high", Text(_("One challenge is high.")), high))
    if len(moderate) >= 2:
        reasons.append(Reason("moderate", Text(_("{count} challenges are moderate."), count=len(moderate)), moderate))
    return reasons
