"""Two texts side by side, with the words that went and the words that came. No database."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final, NamedTuple

LONGEST: Final = 3000
"""Above this many words between the first and the last that differ, all of them count as changed."""


class Run(NamedTuple):
    """Some words of a text, and whether they differ from the other text."""

    text: str
    differs: bool


Runs = tuple[Run, ...]


def plain(text: str) -> Runs:
    """A text of which nothing is marked."""
    return (Run(text, False),) if text else ()


def marked(before: str, after: str) -> tuple[Runs, Runs]:
    """Both texts, letter by letter as they are, with the words marked that only one of them has."""
    old, new = _words(before), _words(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    runs: tuple[list[Run], list[Run]] = ([], [])
    _add(runs, old[:head], new[:head], differs=False)
    for kind, a, b, c, d in _opcodes(middle_old, middle_new):
        _add(runs, middle_old[a:b], middle_new[c:d], differs=kind != "equal")
    _add(runs, old[len(old) - tail :], new[len(new) - tail :], differs=False)
    return _joined(runs[0]), _joined(runs[1])


def _words(text: str) -> list[str]:
    """Words with the space before them; together they are the text."""
    return re.findall(r"\s*\S+|\s+\Z", text)


def _common(old: list[str], new: list[str]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (a, b) in pairs if a.strip() != b.strip()), min(len(old), len(new)))


def _opcodes(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    if max(len(old), len(new)) > LONGEST:
        return [("replace", 0, len(old), 0, len(new))]
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new])
    return list(matcher.get_opcodes())


def _add(runs: tuple[list[Run], list[Run]], old: list[str], new: list[str], *, differs: bool) -> None:
    for side, words in zip(runs, (old, new), strict=True):
        if words:
            side.append(Run("".join(words), differs))


def _joined(runs: list[Run]) -> Runs:
    """Neighbours that are marked alike become one run."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].differs == run.differs:
            joined[-1] = Run(joined[-1].text + run.text, run.differs)
        else:
            joined.append(run)
    return tuple(joined)
