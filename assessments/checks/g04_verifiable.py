"""G4 Verifiable: everyone can find out, quickly and from a source both believe, whether a promise was kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.grading import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    TRI,
    UNKNOWN,
    Judgement,
    from_floor,
    percent,
)
from assessments.engine.mending import named, set_entries
from assessments.engine.reading import not_said
from assessments.engine.rubric import Applies, Cap, Change, Example, check
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "G4"


def _late_and_without_yardsticks(draft: Draft) -> bool:
    """A security undertaking is covered only by monitors who come after the first deadline and have no yardsticks."""
    section = draft.verified.section
    return any(
        draft.is_security(i) and all(section[n].ready == "after" and section[n].indicators == "no" for n in entries)
        for i, entries in draft.verified.entries.items()
    )


CAPS = (
    Cap(74, lambda grade, draft: grade("G4.1") == PARTLY, _("Some undertakings are not verified by anybody.")),
    Cap(49, lambda grade, draft: grade("G4.1") == NOT_MET, _("Most undertakings are not verified by anybody.")),
    Cap(
        49,
        lambda grade, draft: _late_and_without_yardsticks(draft),
        _("Monitors of a security undertaking arrive after the first deadline and without yardsticks."),
    ),
)

UNDERTAKINGS = Applies(
    lambda draft: bool(draft.undertakings),
    _("The package holds no undertaking: nobody needs inspectors for a gesture or a meeting."),
)
GROUPS = ("measures.kind", "measures.binding", "verification")
NOTHING_COVERED = _("No undertaking is verified, so there is nothing to look at more closely.")


def pact(*verification: Mapping[str, Any], measure: Mapping[str, Any] | None = None, **sections: Any) -> dict[str, Any]:
    """An example package: one undertaking and the verification given."""
    return {
        "measures": [{"id": "m1", "title": "pull back guns", "kind": "undertaking", **(measure or {})}],
        "verification": [dict(v) for v in verification],
        **sections,
    }


def _over_covered(
    draft: Draft, field: str, worth: Callable[[Any, int], float | None], met: float, partly: float, tally: str
) -> Judgement:
    """Grades the mean over covered undertakings of the best known value among the entries that cover each."""
    covered = draft.verified
    if not covered.stated:
        return not_said()
    if not covered.entries:
        return Judgement(NOT_MET, Text(NOTHING_COVERED), ("/verification",))
    mean = covered.mean(worth)
    numbers = sorted({n for entries in covered.entries.values() for n in entries})
    evidence = [
        f"/verification/{n}" + ("" if getattr(covered.section[n], field) is None else f"/{field}") for n in numbers
    ]
    if mean is None:
        return Judgement(
            UNKNOWN, Text(_("The draft does not say so for at least half of the verified undertakings.")), evidence
        )
    because = Text(tally, percent=percent(mean), count=len(covered.entries))
    return Judgement(from_floor(mean, met, partly), because, evidence)


def _cover_the_rest(draft: Draft) -> Change | None:
    uncovered = draft.verified.uncovered()
    if not uncovered:
        return None
    ids = [draft.measures[i].id for i in uncovered]
    entry = {"covers": ids, "method": "joint"}
    edit = Edit("/verification/-", entry) if draft.verified.stated else Edit("/verification", [entry])
    return Change((edit,), _("Say who confirms {measures}, and how"), {"measures": named(draft, uncovered)})


@check(
    "G4.1",
    question=_("Is each undertaking covered?"),
    weight=2.5,
    reads=GROUPS,
    rule=_("Share of undertakings with a way of checking other than none: met from 90 %, partly from 60 %."),
    advice=_("Attach a way of checking to every undertaking, or turn it into a statement of intent and say so openly."),
    ask=_("Who would notice first if this were not done?"),
    too_far=_("Checking everything can insult; start with what is most likely to be disputed."),
    cases=("colombia-caguan-1998",),
    effort=2,
    applies=UNDERTAKINGS,
    examples=(
        Example(pact({"method": "joint"}), MET),
        Example(pact({"covers": ["m1"], "method": "none"}), NOT_MET),
        Example(
            {
                "measures": [{"id": f"m{n}", "title": f"post {n}"} for n in range(3)],
                "verification": [{"covers": ["m0", "m1"], "method": "joint"}],
            },
            PARTLY,
        ),
        Example({"measures": [{"id": "m1", "title": "pull back guns"}]}, UNKNOWN),
        Example({"measures": [{"id": "m1", "title": "a meal together", "kind": "relational"}]}, NOT_APPLICABLE),
    ),
    mend=_cover_the_rest,
)
def every_undertaking_is_covered(draft: Draft) -> Judgement:
    """Share of undertakings that at least one entry other than "none" covers."""
    covered = draft.verified
    if not covered.stated:
        return not_said()
    because = Text(
        _("{covered} of {count} undertakings have somebody who checks them."),
        covered=len(covered.entries),
        count=len(draft.undertakings),
    )
    evidence = ["/verification", *(f"/measures/{i}" for i in covered.uncovered())]
    return Judgement(from_floor(covered.share, 0.9, 0.6), because, evidence)


@check(
    "G4.3",
    question=_("Are there yardsticks?"),
    weight=1.5,
    reads=(*GROUPS, "verification.indicators"),
    rule=_("Whether it is said what is counted, over verified undertakings: met from 80 %, partly from 50 %."),
    advice=_("Define what is counted, by whom, from which starting figure: weapons, patrols, crossings, broadcasts."),
    ask=_("What would you count, and from which figure, to say that this was kept?"),
    too_far=_("Counting what is easy to count can miss what people fear."),
    cases=("aceh-mou-2005",),
    effort=1,
    applies=UNDERTAKINGS,
    examples=(
        Example(pact({"method": "joint", "indicators": "yes"}), MET),
        Example(pact({"method": "joint", "indicators": "partly"}), PARTLY),
        Example(pact(), NOT_MET),
        Example(pact({"method": "joint"}), UNKNOWN),
    ),
    mend=set_entries(
        "verification", "indicators", "yes", _("Say what the verifiers count, and from which figure"), good=["yes"]
    ),
)
def there_are_yardsticks(draft: Draft) -> Judgement:
    """Tri-state answers on indicators over the covered undertakings."""
    return _over_covered(
        draft,
        "indicators",
        lambda entry, i: TRI[entry.indicators],
        0.8,
        0.5,
        _("Yardsticks for the {count} verified undertakings stand at {percent} %."),
    )
