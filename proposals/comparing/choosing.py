"""Which two revisions an address asks for. No database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from proposals.models import Revision


class Chosen(NamedTuple):
    """The two revisions to compare."""

    left: Revision
    right: Revision


class Unknown(NamedTuple):
    """What an address asks for that is not there."""

    asked: str


def choose(lefts: Sequence[Revision], rights: Sequence[Revision], left: str, right: str) -> Chosen | Unknown:
    """The revisions with these numbers, from lists with the newest first. Without a number: on the right the newest; on
    the left the newest of another proposal, or of the same the one before that on the right, if there is one.
    """
    to = _numbered(rights, right) if right else rights[0]
    if to is None:
        return Unknown(right)
    if left:
        chosen = _numbered(lefts, left)
        return Unknown(left) if chosen is None else Chosen(chosen, to)
    if lefts[0].proposal_id != to.proposal_id:
        return Chosen(lefts[0], to)
    return Chosen(next((each for each in lefts if each.number < to.number), to), to)


def _numbered(revisions: Sequence[Revision], number: str) -> Revision | None:
    return next((each for each in revisions if str(each.number) == number.strip()), None)
