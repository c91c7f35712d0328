"""Words and marks for what the engine says in codes. A colour never stands alone: each code has a mark and a word."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Word(NamedTuple):
    """A code's mark and its word, for people."""

    mark: str
    label: str | Promise


BANDS = {
    "strong": Word("✓", _("Strong")),
    "adequate": Word("~", _("Adequate")),
    "weak": Word("!", _("Weak")),
    "insufficient": Word("?", _("Too little known")),
    "not_applicable": Word("–", _("Does not apply")),
}
GRADES = {
    "met": Word("✓", _("Met")),
    "partly": Word("~", _("Partly met")),
    "not_met": Word("!", _("Not met")),
    "unknown": Word("?", _("Not known")),
    "not_applicable": Word("–", _("Does not apply")),
}
RISKS = {
    "low": Word("✓", _("Low")),
    "moderate": Word("~", _("Moderate")),
    "high": Word("!", _("High")),
    "unknown": Word("?", _("Cannot be judged")),
    "not_applicable": Word("–", _("Does not apply")),
}
LEVELS = {
    "clear": Word("✓", _("Clear")),
    "soft": Word("~", _("Soft")),
    "fuzzy": Word("!", _("Fuzzy")),
    "not_read": Word("?", _("Not read: no word list for this language")),
}
VERDICTS = {
    "ready_to_table": _("Ready to table"),
    "table_after_fixes": _("Table after fixes"),
    "rework_with_parties": _("Rework with the parties"),
    "not_the_right_tool_now": _("Probably not the right tool now"),
    "not_enough_information": _("Not enough information to advise"),
}
EFFORTS = {
    1: _("a change at the desk"),
    2: _("a talk with each side"),
    3: _("a round between the parties"),
}
TRIGGERS = {
    "raises_to_high": _("Raises the risk to high"),
    "raises_to_moderate": _("Raises the risk to moderate"),
    "lowers_to_moderate": _("Lowers the risk to moderate"),
}
IS_CBM = {
    "yes": _("A confidence-building measure"),
    "ask": _("Is it a confidence-building measure at all?"),
    "no": _("Rather a concession or a transaction"),
}
MISSING = {
    "who": _("who acts"),
    "when": _("by when"),
    "where_or_how_much": _("where, or how much"),
}
