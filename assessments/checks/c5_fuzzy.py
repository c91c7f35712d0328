"""C5 Unrealistic, fuzzy, unverifiable, unworkable: a modest measure with clear workings beats an ambitious one nobody
can carry out or measure; broken vagueness leaves trust lower than before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assessments.engine.clauses import Clause
from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.grading import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    TOLERANCE,
    TRI_GRADE,
    UNKNOWN,
    Evidence,
    Judgement,
    from_ceiling,
    from_floor,
)
from assessments.engine.mending import answer, named
from assessments.engine.reading import tri_answer
from assessments.engine.rubric import Applies, Change, Example, Mend, Trigger, check
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

ID = "C5"


def _fuzzy(draft: Draft) -> list[Clause]:
    return [clause for clause in draft.clauses if clause.level == "fuzzy"]


def _mostly_fuzzy(draft: Draft) -> bool:
    read = [clause for clause in draft.clauses if clause.level != "not_read"]
    return bool(read) and len(_fuzzy(draft)) / len(read) > 0.5 + TOLERANCE


TRIGGERS = (
    Trigger("raises_to_high", lambda grade, draft: _mostly_fuzzy(draft), _("More than half of the clauses are fuzzy.")),
)

APPLIES = Applies(
    lambda draft: bool(draft.undertakings or draft.clauses),
    _("The package holds neither an undertaking nor a clause."),
)
CLAUSES = ("measures.commitments", "measures.kind", "measures.binding")
NO_CLAUSE = _("No clause is entered yet.")
GESTURE = {"measures": [{"id": "m1", "title": "a meal together", "kind": "relational"}]}


def clauses(*commitments: dict[str, Any], language: str = "en") -> dict[str, Any]:
    """An example package with one measure and these commitments."""
    entered = [{"text": "Each side withdraws its guns", **c} for c in commitments]
    return {"language": language, "measures": [{"id": "m1", "title": "guns", "commitments": entered}]}


def some(complete: int, lacking: int, **slot: Any) -> dict[str, Any]:
    """An example package with so many clauses that fill a slot, and so many that do not."""
    return clauses(*[slot] * complete, *[{}] * lacking)


def _share_with(draft: Draft, slot: str, met: float, partly: float, tally: str) -> Judgement:
    entered = draft.clauses
    if not entered:
        return Judgement(UNKNOWN, Text(NO_CLAUSE))
    lacking = [clause.pointer for clause in entered if slot in clause.missing]
    filled = len(entered) - len(lacking)
    because = Text(tally, filled=filled, count=len(entered))
    return Judgement(from_floor(filled / len(entered), met, partly), because, lacking or [c.pointer for c in entered])


def _fill(slot: str, field: str, met: float, words: str, value: Callable[[Draft], Any]) -> Mend:
    """Fills an empty slot of as few clauses as it takes; without a clause, enters one."""

    def mend(draft: Draft) -> Change | None:
        if not draft.clauses:
            return _first_clause(draft)
        lacking = [clause for clause in draft.clauses if slot in clause.missing]
        filled = len(draft.clauses) - len(lacking)
        need = 0
        while filled + need < met * len(draft.clauses) - TOLERANCE:
            need += 1
        chosen = lacking[:need]
        edits = tuple(Edit(f"{clause.pointer}/{field}", value(draft)) for clause in chosen)
        measures = dict.fromkeys(clause.measure for clause in chosen)
        return Change(edits, words, {"count": len(chosen), "measures": named(draft, measures)}) if edits else None

    return mend


def _first_clause(draft: Draft) -> Change | None:
    """Answers an empty package of clauses with one clear clause for each measure."""
    if not draft.measures:
        return None
    clause = {"text": _("[post or unit] will [verb] [number / object]"), **CLEAR, "who": _somebody(draft)}
    edits = tuple(Edit(f"/measures/{i}/commitments", [clause]) for i in range(len(draft.measures)))
    return Change(edits, "")


def _somebody(draft: Draft) -> list[str]:
    return [party.id for party in draft.parties] or ["[post or unit]"]


CLEAR = {"when": "30 days after signature", "where": "annex 1"}


@check(
    "C5.1",
    question=_("Who acts?"),
    weight=2,
    reads=CLAUSES,
    rule=_("Share of clauses that name someone: met from 90 %, partly from 70 %."),
    advice=_("Name the post or unit that will act, for each side."),
    ask=_("Which post or unit will do this on your side?"),
    too_far=_("Naming a person instead of a post can put that person at risk."),
    cases=("yemen-stockholm-2018",),
    effort=1,
    applies=APPLIES,
    examples=(
        Example(some(9, 1, who=["a"]), MET),
        Example(some(7, 3, who=["a"]), PARTLY),
        Example(some(2, 1, who=["a"]), NOT_MET),
        Example(clauses({"who": []}), NOT_MET),
        Example({"measures": [{"id": "m1", "title": "guns"}]}, UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=_fill("who", "who", 0.9, _("Name who acts in {count} clauses of {measures}"), _somebody),
)
def somebody_acts(draft: Draft) -> Judgement:
    """Share of clauses with an actor."""
    return _share_with(draft, "who", 0.9, 0.7, _("{filled} of {count} clauses name who acts."))


@check(
    "C5.2",
    question=_("By when?"),
    weight=2,
    reads=CLAUSES,
    rule=_("Share of clauses with a date or a trigger: met from 80 %, partly from 60 %."),
    advice=_("Put a date, a number of days after a dated event, or a trigger."),
    ask=_("How many days after signature will this be done?"),
    too_far=_("A date that cannot be kept costs more trust than a later one."),
    cases=("northern-ireland-confidence",),
    effort=1,
    applies=APPLIES,
    examples=(
        Example(some(4, 1, when="in May"), MET),
        Example(some(3, 2, when="in May"), PARTLY),
        Example(some(1, 1, when="in May"), NOT_MET),
        Example({"measures": [{"id": "m1", "title": "guns"}]}, UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=_fill("when", "when", 0.8, _("Say by when, in {count} clauses of {measures}"), lambda draft: CLEAR["when"]),
)
def there_is_a_date(draft: Draft) -> Judgement:
    """Share of clauses with a time."""
    return _share_with(draft, "when", 0.8, 0.6, _("{filled} of {count} clauses say by when."))


@check(
    "C5.3",
    question=_("Where, or how much?"),
    weight=1.5,
    reads=CLAUSES,
    rule=_("Share of clauses with a place or a number: met from 70 %, partly from 50 %."),
    advice=_("Attach a map or a number."),
    ask=_("Where exactly, or how many?"),
    too_far=_("A map can settle by accident what is still to be negotiated; add that it is without prejudice."),
    cases=("syria-deescalation-2017",),
    effort=1,
    applies=APPLIES,
    examples=(
        Example(some(7, 3, where="annex 1"), MET),
        Example(some(1, 1, quantity="11 posts"), PARTLY),
        Example(some(1, 2, where="annex 1"), NOT_MET),
        Example({"measures": [{"id": "m1", "title": "guns"}]}, UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=_fill(
        "where_or_how_much",
        "where",
        0.7,
        _("Say where, or how much, in {count} clauses of {measures}"),
        lambda draft: CLEAR["where"],
    ),
)
def there_is_a_place_or_a_number(draft: Draft) -> Judgement:
    """Share of clauses with a place or a quantity."""
    return _share_with(draft, "where_or_how_much", 0.7, 0.5, _("{filled} of {count} clauses say where, or how much."))


def _redraft(draft: Draft) -> Change | None:
    if not draft.clauses:
        return _first_clause(draft)
    fuzzy = sorted(_fuzzy(draft), key=lambda clause: clause.points)
    read = sum(1 for clause in draft.clauses if clause.level != "not_read")
    fix = [clause for n, clause in enumerate(fuzzy) if (len(fuzzy) - n) / read > 0.1 + TOLERANCE]
    fix.sort(key=lambda clause: (clause.measure, clause.number))
    text = "[post or unit] will [verb] [number / object]"
    edits = []
    for clause in fix:
        edits.append(Edit(f"{clause.pointer}/text", text))
        slots = {"who": ("who", _somebody(draft)), "when": ("when", CLEAR["when"])}
        slots["where_or_how_much"] = ("where", CLEAR["where"])
        edits += [Edit(f"{clause.pointer}/{slots[slot][0]}", slots[slot][1]) for slot in clause.missing]
    measures = dict.fromkeys(clause.measure for clause in fix)
    words = _("Redraft {count} fuzzy clauses of {measures}: who will do what, where, by when, confirmed by whom")
    return Change(tuple(edits), words, {"count": len(fix), "measures": named(draft, measures)}) if fix else None


@check(
    "C5.4",
    question=_("Plain words?"),
    weight=2.5,
    reads=(*CLAUSES, "language"),
    rule=_("Share of clauses that are fuzzy by the clause analysis: met up to 10 %, partly up to 30 %."),
    advice=_(
        "Redraft the marked clauses with the parties; read each aloud and ask both to say what they would do on day one."
    ),
    ask=_("What would you do on day one, if this were signed?"),
    too_far=_("A label of status may stay open on purpose; conduct may not."),
    cases=("kosovo-serbia-technical-dialogue-2011",),
    effort=1,
    applies=APPLIES,
    examples=(
        Example(clauses({"who": ["a"], "when": "in May", "where": "annex 1"}), MET),
        Example(
            clauses(
                {"text": "Details will follow"},
                *[{"who": ["a"], "when": "in May", "where": "annex 1"}] * 3,
            ),
            PARTLY,
        ),
        Example(clauses({"text": "The parties will endeavour to act as appropriate"}), NOT_MET),
        Example(clauses({}, language="fr"), UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=_redraft,
)
def words_are_plain(draft: Draft) -> Judgement:
    """Share of fuzzy clauses; each loose phrase is named by its characters."""
    if not draft.clauses:
        return Judgement(UNKNOWN, Text(NO_CLAUSE))
    if draft.clauses[0].level == "not_read":
        because = Text(_("There is no word list for the language of the clauses yet."))
        return Judgement(UNKNOWN, because, [c.pointer for c in draft.clauses])
    fuzzy = _fuzzy(draft)
    because = Text(_("{fuzzy} of {count} clauses are fuzzy."), fuzzy=len(fuzzy), count=len(draft.clauses))
    evidence: list[str | Evidence] = [
        Evidence(f"{clause.pointer}/text", hit.start, hit.end)
        for clause in draft.clauses
        for hit in clause.hits
        if hit.points
    ]
    grade = from_ceiling(len(fuzzy) / len(draft.clauses), 0.1, 0.3)
    return Judgement(grade, because, evidence or [clause.pointer for clause in draft.clauses])


@check(
    "C5.5",
    question=_("Can it be done?"),
    weight=1,
    reads=("G2.2", "measures.kind", "measures.binding", "measures.commitments"),
    rule=_("As G2.2."),
    advice=_("List what is not in hand, who holds it and by when. Start only what depends on nobody outside the room."),
    ask=_("What must still fall into place, and who holds it?"),
    too_far=_("Waiting until everything is in hand can mean waiting for ever."),
    cases=("libya-jmc-2020",),
    effort=2,
    applies=APPLIES,
    examples=(
        Example({"measures": [{"id": "m1", "title": "guns", "open_preconditions": 0}]}, MET),
        Example({"measures": [{"id": "m1", "title": "guns", "open_preconditions": 1}]}, PARTLY),
        Example({"measures": [{"id": "m1", "title": "guns", "open_preconditions": 2}]}, NOT_MET),
        Example({"measures": [{"id": "m1", "title": "guns"}]}, UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
)
def it_can_be_done(draft: Draft) -> Judgement:
    """The judgement of G2.2."""
    return draft.judge("G2.2")


@check(
    "C5.6",
    question=_("Does each promise have a yardstick?"),
    weight=1,
    reads=("G4.3", "measures.commitments"),
    rule=_("As G4.3."),
    advice=_("Define what is counted, by whom, from which starting figure."),
    ask=_("What would you count to say that this was kept?"),
    too_far=_("Counting what is easy to count can miss what people fear."),
    cases=("aceh-mou-2005",),
    effort=1,
    applies=APPLIES,
    examples=(
        Example({**clauses({}), "verification": [{"method": "joint", "indicators": "yes"}]}, MET),
        Example({**clauses({}), "verification": [{"method": "joint", "indicators": "partly"}]}, PARTLY),
        Example({**clauses({}), "verification": []}, NOT_MET),
        Example(clauses({}), UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
)
def promises_have_yardsticks(draft: Draft) -> Judgement:
    """The judgement of G4.3."""
    return draft.judge("G4.3")


@check(
    "C5.7",
    question=_("Do both read it the same way?"),
    weight=0.75,
    reads=("context.common_reading_checked", *CLAUSES),
    rule=_("As answered."),
    advice=_("Let each side explain the text to the other before signature, in both languages."),
    ask=_("Would you explain to the other side what you will do under this text?"),
    too_far=_("Some readings are better left unspoken, as long as conduct is clear."),
    cases=("aceh-coha-2002",),
    effort=2,
    applies=APPLIES,
    examples=(
        Example({**clauses({}), "context": {"common_reading_checked": "yes"}}, MET),
        Example({**clauses({}), "context": {"common_reading_checked": "partly"}}, PARTLY),
        Example({**clauses({}), "context": {"common_reading_checked": "no"}}, NOT_MET),
        Example(clauses({}), UNKNOWN),
        Example(GESTURE, NOT_APPLICABLE),
    ),
    mend=answer(
        "context", "common_reading_checked", "yes", _("Let each side explain the text to the other before signature")
    ),
)
def both_read_it_the_same_way(draft: Draft) -> Judgement:
    """The answer on a common reading."""
    return tri_answer(
        draft,
        "context",
        "common_reading_checked",
        TRI_GRADE,
        {
            "yes": _("Each side has explained the text to the other."),
            "partly": _("The sides have compared their readings in part."),
            "no": _("The sides have not compared how they read the text."),
        },
    )
