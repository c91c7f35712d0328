"""How reports are spoken of."""

from __future__ import annotations

from typing import NamedTuple


class NothingToTellError(ValueError):
    """A report that there is no sense in; the message is for people."""


class About(NamedTuple):
    """What a report is about. ``number``: which of several of that title, for the file's name; ``note``: the same in
    words; ``address`` and ``way``: the page that it was asked for from, and the words of the link there."""

    title: str
    number: str
    note: str
    heading: str
    address: str
    way: str


class Choice(NamedTuple):
    """A kind of report that can be chosen, with what it is good for."""

    value: str
    label: str
    line: str
    is_chosen: bool
