"""Notes on how the parts of a package fit together: actor levels, phase, sectors, purposes (rubric, section 6).

Nothing here is scored. Each note names its section and the places that it read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from assessments.engine.draft import Draft
from assessments.engine.evaluation import Evaluation
from assessments.engine.grading import NOT_MET, PARTLY
from assessments.engine.mending import named
from assessments.engine.starters import SECTOR_NAMES, STARTERS, WHO_COULD_BE_BORROWED
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

LEVEL_NAMES: Final = {
    "negotiators": _("negotiators"),
    "decision_makers": _("decision-makers"),
    "wider_constituencies": _("wider constituencies"),
}
AUDIENCE_OF_LEVEL: Final = {"wider_constituencies": "constituencies"}


class Note(NamedTuple):
    """A remark on the fit of the parts. ``id`` is stable; ``section`` is the rubric's; ``evidence`` are pointers."""

    id: str
    section: str
    text: Text
    evidence: tuple[str, ...] = ()


class Kinship(NamedTuple):
    """Whether this is a confidence-building measure at all. ``answer``: yes, ask or no."""

    answer: str
    text: Text


def notes(evaluation: Evaluation) -> list[Note]:
    """All notes that apply, in the order of the rubric."""
    draft = evaluation.draft
    found: list[Note] = []
    for source in (_distrust, _levels, _tracks, _out_of_phase, _typical_error, _purpose):
        found += source(draft)
    found += _missing_sector(evaluation)
    found += _side_effects(evaluation)
    return found


# 6.1 Actor levels


def _distrust(draft: Draft) -> Iterator[Note]:
    diagnosis = draft.package.diagnosis
    for n, pair in enumerate((diagnosis.distrust_between or ()) if diagnosis else ()):
        evidence = (f"/diagnosis/distrust_between/{n}",)
        if not any(_reaches(draft, i, pair.who_level) for i in range(len(draft.measures))):
            text = _(
                "The diagnosis says that {who} ({level}) do not trust {whom}; no measure involves or addresses that level."
            )
            yield Note("distrust-unaddressed", "6.1", Text(text, **_pair(draft, pair)), evidence)
        elif pair.who_level == pair.whom_level == "negotiators" and not _relational_for_negotiators(draft):
            text = _("Negotiators do not trust each other: consider a measure in which they meet as people.")
            yield Note("negotiators-apart", "6.1", Text(text), evidence)


def _pair(draft: Draft, pair: object) -> dict[str, object]:
    who, whom, level = (getattr(pair, key) for key in ("who", "whom", "who_level"))
    return {
        "who": draft.party_names.get(who, who),
        "whom": draft.party_names.get(whom, whom),
        "level": Text(LEVEL_NAMES.get(level, level or "")),
    }


def _reaches(draft: Draft, position: int, level: str | None) -> bool:
    measure = draft.measures[position]
    audience = AUDIENCE_OF_LEVEL.get(level or "", level)
    return level in (measure.actor_levels or ()) or audience in (measure.audiences or ())


def _relational_for_negotiators(draft: Draft) -> bool:
    return any(m.kind == "relational" and "negotiators" in (m.actor_levels or ()) for m in draft.measures)


def _levels(draft: Draft) -> Iterator[Note]:
    stated = [m.actor_levels for m in draft.measures if m.actor_levels is not None]
    if draft.phase == "implementation" and stated and not any("wider_constituencies" in levels for levels in stated):
        text = _("In implementation people at large decide whether a peace holds; no measure involves them.")
        yield Note("people-missing", "6.1", Text(text), ("/measures",))


def _tracks(draft: Draft) -> Iterator[Note]:
    stated = [m.tracks for m in draft.measures if m.tracks]
    if not stated or draft.prevention_only or any("I" in tracks for tracks in stated):
        return
    if not any(link.bridge in ("yes", "partly") for link in draft.package.links or ()):
        text = _("All measures are on track II or III and nothing carries their results to the official talks.")
        yield Note("no-bridge", "6.1", Text(text), ("/measures",))


# 6.2 Phase


def _out_of_phase(draft: Draft) -> Iterator[Note]:
    def some(test: Callable[[int], bool]) -> list[int]:
        return [i for i in range(len(draft.measures)) if test(i)]

    measures = draft.measures
    rows = (
        (
            draft.phase == "before_process",
            "legal-early",
            some(lambda i: measures[i].binding == "legal"),
            _("{measures}: legal form before a process asks much of sides that do not talk yet."),
        ),
        (
            draft.phase == "implementation",
            "voluntary-late",
            some(lambda i: measures[i].binding == "none" and i in draft.undertakings),
            _("{measures}: purely voluntary, at a time when people expect what was agreed to be binding."),
        ),
        (
            draft.phase in ("negotiation", "implementation"),
            "unilateral-late",
            some(lambda i: measures[i].reciprocity == "unilateral"),
            _("{measures}: one side alone, though the sides now talk and could move together."),
        ),
        (
            draft.phase == "implementation",
            "confidential-late",
            some(lambda i: measures[i].exposure == "confidential"),
            _("{measures}: confidential, at a time when people should see what peace brings."),
        ),
    )
    for holds, note_id, positions, text in rows:
        if holds and positions:
            evidence = tuple(f"/measures/{i}" for i in positions)
            yield Note(note_id, "6.2", Text(text, measures=named(draft, positions)), evidence)


def _typical_error(draft: Draft) -> Iterator[Note]:
    ahead = [i for i, m in enumerate(draft.measures) if m.sensitivity == "core"]
    if draft.phase == "before_process":
        ahead = [i for i, m in enumerate(draft.measures) if m.sensitivity == "core" or draft.is_security(i)]
    if draft.early and ahead:
        text = _("{measures}: early on, steps on security or status are the ones most often refused.")
        evidence = tuple(f"/measures/{i}" for i in ahead)
        yield Note("ahead-of-phase", "6.2", Text(text, measures=named(draft, ahead)), evidence)


# 6.3 Sectors


def _missing_sector(evaluation: Evaluation) -> Iterator[Note]:
    if evaluation.grade("G7.1") not in (PARTLY, NOT_MET):
        return
    draft = evaluation.draft
    present = {sector for m in draft.measures for sector in m.sectors or ()}
    levels = {level for m in draft.measures for level in m.actor_levels or ()} or {"wider_constituencies"}
    for sector, ideas in STARTERS.items():
        if sector in present:
            continue
        fitting = [Text(ideas[level]) for level in LEVEL_NAMES if level in levels]
        names = {f"i{n}": idea for n, idea in enumerate(fitting)}
        text = Text(
            _("Nothing is {sector} yet. To start from, never to copy: {ideas}. Who could be borrowed: {who}."),
            sector=Text(SECTOR_NAMES[sector]),
            ideas=Text("; ".join(f"{{{name}}}" for name in names), **names),
            who=Text(WHO_COULD_BE_BORROWED[sector]),
        )
        yield Note(f"missing-{sector.replace('_', '-')}", "6.3", text, ("/measures",))


def _side_effects(evaluation: Evaluation) -> Iterator[Note]:
    if evaluation.grade("G7.5") == "met":
        return
    draft = evaluation.draft
    sectors = {sector for m in draft.measures for sector in m.sectors or ()}
    armed = any(p.kind == "armed_group" for p in draft.parties)
    if "economic_environmental" in sectors and armed:
        yield Note(
            "trade-pays-arms", "6.3", Text(_("Trade can pay armed men: ask who would collect at the roadside.")), ()
        )
    if "social_humanitarian_cultural" in sectors and "security" in sectors:
        text = _("Relief can free resources for war, and an area without troops can be left without police.")
        yield Note("relief-and-security", "6.3", Text(text), ())


# 6.4 Purposes

_PURPOSES: Final = {
    "prevent_escalation": _(
        "The leading purpose is to prevent escalation: simple steps, light checks, a line to call and low cost count "
        "most; no link to negotiations is asked for, a review is enough."
    ),
    "initiate_deepen": _(
        "The leading purpose is to open or deepen talks: the link to substance, an open future and equal impact count "
        "most, and so does whether trust is the problem; a narrow audience is fine at first."
    ),
    "consolidate": _(
        "The leading purpose is to consolidate: visible benefits, checks and answers to breaches count most; higher "
        "cost and steps that cannot be taken back are more acceptable."
    ),
}


def _purpose(draft: Draft) -> Iterator[Note]:
    if draft.purposes:
        yield Note("purpose", "6.4", Text(_PURPOSES[draft.purposes[0]]), ("/context/purposes",))


# 6.5 Is it a CBM at all?


def kinship(draft: Draft) -> Kinship:
    """Negotiated or understood between the sides, meant to raise confidence, and an action and not only words."""
    context = draft.package.context
    statement = context.purpose_statement if context else None
    if statement is not None and not statement.strip():
        text = _(
            "No wish to raise confidence is stated: call it a concession or a transaction, and read the scores for "
            "information only."
        )
        return Kinship("no", Text(text))
    if draft.measures and all(m.kind == "communication" and not m.commitments for m in draft.measures):
        return Kinship("ask", Text(_("The draft holds words and no action yet: what will anybody do?")))
    alone = [i for i, m in enumerate(draft.measures) if m.reciprocity == "unilateral" and m.tacit_consent != "yes"]
    if draft.measures and len(alone) == len(draft.measures):
        return Kinship("ask", Text(_("Every step is one side's own: does the other side at least know of it?")))
    if statement is None or not draft.purposes:
        return Kinship("ask", Text(_("Is raising confidence what those who act want from it? The draft does not say.")))
    return Kinship("yes", Text(_("Actions, understood between the sides, that are meant to raise confidence.")))


# Section 6.6, asked and not scored

PROMPTS: Final = (
    (
        "inclusion",
        _(
            "Who is missing from the room and from the benefit: women, young people, minorities, displaced people, "
            "people with disabilities? Who among them was asked?"
        ),
        _("Those left out can undo a measure, and often carry it."),
    ),
    (
        "calendar",
        _(
            "Which feast, season, market day, harvest or custom does the calendar meet? Which word or gesture would offend?"
        ),
        _("Respect for culture is part of suiting the place."),
    ),
    (
        "harm",
        _("Whom could this expose, arm, enrich or endanger, and who would tell us in time?"),
        _("Do no harm."),
    ),
    (
        "lists",
        _(
            "What happens to names, lists, phone numbers and positions that are exchanged? Who may read them, until when?"
        ),
        _("Lists built for trust have been used for arrest."),
    ),
    (
        "languages",
        _("Do both language versions say the same? Who compared them?"),
        _("Disputes about a word become disputes about faith."),
    ),
    (
        "land",
        _("What does it do to water, land and animals?"),
        _("Shared resources outlive agreements."),
    ),
)

# Section 9, tensions; section 4, shared causes

TENSIONS: Final = (
    (
        ("G2", "G4", "G5"),
        _("Simple against thorough: fewer measures, each fully specified, serve both."),
    ),
    (
        ("G3", "G8"),
        _("Visible against politically cheap: stage the exposure, first to those who must believe it."),
    ),
    (
        ("G6", "G6.5"),
        _("Linked to the talks against humanitarian independence: use soft links; relief never waits for politics."),
    ),
    (
        ("G10", "C4"),
        _("Equal impact against unequal power: aim for equal effect, not for equal words."),
    ),
    (
        ("G9", "C5"),
        _("Open future against clear clauses: leave labels of status open, and describe conduct precisely."),
    ),
)

SHARED_CAUSES: Final = (
    (("G10.1", "C4.1"), _("Some measures touch one side only.")),
    (("G10.2", "C4.3", "C4.4"), _("Net effects are apart, or the stronger side does not make up for it.")),
    (("G10.4", "C4.2", "C4.5"), _("Steps are not answered by a reply that is agreed beforehand.")),
    (("G6.2", "C2.6", "C3.4"), _("No dated step leads to the substance.")),
    (("G6.3", "C2.3", "C3.2"), _("Talks on the substance are not alive beside the measures.")),
    (("G2.6", "C3.1"), _("The package is large for its phase.")),
    (("G2.2", "C5.5"), _("Too much must still fall into place first.")),
    (("G4.3", "C5.6"), _("Promises have no yardstick.")),
)


def tensions(evaluation: Evaluation) -> list[tuple[tuple[str, ...], str]]:
    """Pairs of aims that pull against each other, where one has an open check and the others are in play too."""
    return [
        (pair, text)
        for pair, text in TENSIONS
        if all(_in_play(evaluation, one) for one in pair) and any(_open(evaluation, one) for one in pair)
    ]


def shared_causes(evaluation: Evaluation) -> list[tuple[tuple[str, ...], str]]:
    """Causes that show in several findings, each with the open checks that it touches."""
    found = []
    for ids, text in SHARED_CAUSES:
        touched = tuple(i for i in ids if evaluation.grade(i) in (PARTLY, NOT_MET))
        if len(touched) > 1:
            found.append((touched, text))
    return found


def _ids(evaluation: Evaluation, one: str) -> list[str]:
    return [one] if "." in one else evaluation.ids_of(one)


def _in_play(evaluation: Evaluation, one: str) -> bool:
    return any(evaluation.grade(i) in ("met", PARTLY, NOT_MET) for i in _ids(evaluation, one))


def _open(evaluation: Evaluation, one: str) -> bool:
    return any(evaluation.grade(i) in (PARTLY, NOT_MET) for i in _ids(evaluation, one))
