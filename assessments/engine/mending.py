"""How a check could be mended or answered: makers of ``Change`` for the common shapes.

A change is the smallest edit that makes the check met; blanks are filled with the best answer. It is an option that
the engine tries out (``steps``), never an instruction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from assessments.engine.coverage import Coverage
from assessments.engine.draft import Draft
from assessments.engine.edits import Edit
from assessments.engine.grading import TOLERANCE, TRI
from assessments.engine.rubric import Change, Mend
from cbm_advisor.lib.text import Text
from cbm_advisor.lib.text import gettext_noop as _

NAMED = 3
"""How many measures a sentence names before it says how many more there are."""


def named(draft: Draft, positions: Iterable[int]) -> Text:
    """The measures in words: “joint patrols”, “family visits” and 2 more."""
    all_of_them = list(positions)
    titles = [f"“{draft.measures[i].title}”" for i in all_of_them[:NAMED]]
    if len(all_of_them) > NAMED:
        return Text(_("{titles} and {more} more"), titles=", ".join(titles), more=len(all_of_them) - NAMED)
    if len(titles) > 1:
        return Text(_("{titles} and {last}"), titles=", ".join(titles[:-1]), last=titles[-1])
    return Text("{title}", title=titles[0] if titles else "")


def member(draft: Draft, section: str, field: str, value: Any) -> Edit:
    """Sets a field of ``context``, ``process`` or ``diagnosis``, making the section if it is absent."""
    if getattr(draft.package, section) is None:
        return Edit(f"/{section}", {field: value})
    return Edit(f"/{section}/{field}", value)


def answer(section: str, field: str, value: Any, words: str, *, beside: tuple[str, Any] | None = None) -> Mend:
    """Mends by one answer in ``context``, ``process`` or ``diagnosis``.

    ``beside``: another field of the section, and its value if it is unknown, that the check needs as well.
    """

    def mend(draft: Draft) -> Change:
        known = getattr(draft.package, section)
        if beside is None or getattr(known, beside[0], None) is not None:
            return Change((member(draft, section, field, value),), words)
        if known is None:
            return Change((Edit(f"/{section}", {field: value, beside[0]: beside[1]}),), words)
        return Change((Edit(f"/{section}/{field}", value), Edit(f"/{section}/{beside[0]}", beside[1])), words)

    return mend


def raise_measures(
    field: str,
    value: Any,
    words: str,
    *,
    met: float,
    among: Callable[[Draft], Iterable[int]] | None = None,
    worth: Callable[[Any], float | None] = TRI.__getitem__,
) -> Mend:
    """Mends a share over measures: fills blanks if too few are known, else lifts the fewest, lowest first.

    ``words`` has a place for ``measures``; ``value`` is what the field becomes, worth 1; ``worth`` maps a stated
    value to 0 to 1; ``met`` is the share to reach.
    """

    def mend(draft: Draft) -> Change | None:
        positions = list(among(draft) if among else range(len(draft.measures)))
        worths = {i: _worth(draft, i, field, worth) for i in positions}
        known = {i: w for i, w in worths.items() if w is not None}
        if not known or 2 * len(known) < len(positions):
            chosen = [i for i in positions if worths[i] is None]
            known.update(dict.fromkeys(chosen, 1.0))
        else:
            chosen = []
        total, need = sum(known.values()), met * len(known) - TOLERANCE
        for i in sorted((i for i in known if known[i] < 1), key=lambda i: (known[i], i)):
            if total >= need:
                break
            total += 1 - known[i]
            chosen.append(i)
        if not chosen:
            return None
        chosen.sort()
        edits = tuple(Edit(f"/measures/{i}/{field}", value) for i in chosen)
        return Change(edits, words, {"measures": named(draft, chosen)})

    return mend


def _worth(draft: Draft, position: int, field: str, worth: Callable[[Any], float | None]) -> float | None:
    stated = getattr(draft.measures[position], field)
    return None if stated is None else worth(stated)


def set_entries(section: str, values: dict[str, Any], words: str, *, good: Iterable[Any]) -> Mend:
    """Mends by setting fields of every entry of ``verification`` or ``violations`` that covers something and is not
    ``good`` yet in each of them."""
    fine = frozenset(good)

    def mend(draft: Draft) -> Change | None:
        coverage = draft.verified if section == "verification" else draft.answered
        edits = tuple(
            Edit(f"/{section}/{n}/{field}", value)
            for n in coverage.numbers
            for field, value in values.items()
            if getattr(coverage.section[n], field) not in fine
        )
        return Change(edits, words) if edits else None

    return mend


def cover_the_rest(section: str, coverage: Callable[[Draft], Coverage], entry: dict[str, Any], words: str) -> Mend:
    """Mends by one more entry for the undertakings that nothing covers. ``words`` has a place for ``measures``."""

    def mend(draft: Draft) -> Change | None:
        covered = coverage(draft)
        uncovered = covered.uncovered()
        if not uncovered:
            return None
        new = {"covers": [draft.measures[i].id for i in uncovered], **entry}
        edit = Edit(f"/{section}/-", new) if covered.stated else Edit(f"/{section}", [new])
        return Change((edit,), words, {"measures": named(draft, uncovered)})

    return mend


def if_unknown(
    section: str, field: str, best: Any, *, beside: tuple[str, Any] | None = None, whole: tuple[str, ...] = ()
) -> Mend:
    """Answers a fact of the conflict at its best if it is unknown; a known fact cannot be mended by drafting.

    ``beside``: another field of the section, and its value, that the check needs as well. ``whole``: fields of a
    nested answer that must all be given for it to count as known.
    """

    def mend(draft: Draft) -> Change | None:
        wanted = {field: best} if beside is None else {field: best, beside[0]: beside[1]}
        known = getattr(draft.package, section)
        if known is None:
            return Change((Edit(f"/{section}", wanted),), "")
        edits = tuple(
            Edit(f"/{section}/{name}", value)
            for name, value in wanted.items()
            if (stated := getattr(known, name)) is None or any(getattr(stated, part) is None for part in whole)
        )
        return Change(edits, "") if edits else None

    return mend
