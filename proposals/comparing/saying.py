"""What a draft says, in people's words, also where it is half filled or wrong. No database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from assessments.package.addresses import KEY
from assessments.presentation.fields import BY_PARTY, REFERENCES, SECTIONS, label
from assessments.presentation.reader import Reader

Draft = Mapping[str, Any]

HIDDEN: Final = frozenset({KEY, "id", "format"})
UNORDERED: Final = frozenset(
    {
        "sectors", "actor_levels", "tracks", "phases", "other_phases", "audiences", "seen_by", "accepted_by", "ally_of",
        "covers", "from", "developed_with", "roles", "countries",
    }
)  # fmt: skip
"""Lists whose order has no meaning."""
BLANK_IS_ABSENT: Final = frozenset({"when", "where", "quantity", "target", "next_substantive_date"})
"""Wordings of which absent and empty mean the same: that the draft does not say it."""
WORDS: Final = {True: "yes", False: "no"}


def rows_of(value: Any) -> list[Draft]:
    """The rows of a list of mappings; what is none is left out."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []


def is_rows(value: Any) -> bool:
    """Whether a value is a list of mappings and nothing else."""
    return isinstance(value, list | tuple) and all(isinstance(row, Mapping) for row in value)


def sense(field: str, value: Any) -> Any:
    """What a value means, so that two ways to write the same are equal; ``None`` for what is not said."""
    if isinstance(value, bool):
        return WORDS[value]
    if value == "" and field in BLANK_IS_ABSENT:
        return None
    if isinstance(value, list | tuple):
        senses = [sense(field, part) for part in value]
        return sorted(senses, key=str) if field in UNORDERED else senses
    if isinstance(value, Mapping):
        senses_by_name = {name: sense(str(name), part) for name, part in value.items() if name != KEY}
        return {name: meant for name, meant in senses_by_name.items() if meant is not None}
    return value


class Speaker(Reader):
    """Says what stands in one draft. Measures go by their titles, for their numbers differ from draft to draft."""

    def __init__(self, draft: Draft) -> None:
        lists = ("parties", "third_parties", "measures")
        named = {name: [row for row in rows_of(draft.get(name)) if isinstance(row.get("id"), str)] for name in lists}
        super().__init__(named)
        self.titles: dict[str, str] = {row["id"]: title_of(row, "measures", "") for row in named["measures"]}

    def name(self, reference: str) -> str:
        """The name of a party, the title of a measure."""
        title = self.titles.get(reference)
        return _("“%(title)s”") % {"title": title} if title else super().name(reference)

    def said(self, field: str, value: Any) -> str:
        """A value of ``field`` in words; of a row, its fields one after the other."""
        value = sense(field, value)
        if isinstance(value, list) and not value and field in REFERENCES:
            return _("none")
        if (
            isinstance(value, Mapping)
            and field in BY_PARTY
            and all(isinstance(each, Mapping) for each in value.values())
        ):
            return "; ".join(f"{self.name(party)}: {self.said(field, rated)}" for party, rated in value.items())
        if isinstance(value, Mapping) and field in SECTIONS:
            facts = [f"{name}: {said}" for name, said in self.facts(field, value)]
            return "; ".join(facts)
        return super().said(field, value)

    def facts(self, section: str, row: Draft) -> list[tuple[str, str]]:
        """All that a row says, as name and value."""
        return [(label(field, section), self.said(field, row[field])) for field in fields_of(section, row)]


def fields_of(section: str, *rows: Draft) -> list[str]:
    """The fields that any of the rows says something in, in the order in which a reader expects them."""
    names = dict.fromkeys([*SECTIONS.get(section, {}), *(str(name) for row in rows for name in row)])
    if section in ("parties", "third_parties"):
        names = dict.fromkeys(["name", *names])
    return [
        name for name in names if name not in HIDDEN and any(sense(name, row.get(name)) is not None for row in rows)
    ]


def title_of(row: Draft, section: str, otherwise: str) -> str:
    """What people call a row: its title or name, if it has one."""
    field = "title" if section == "measures" else "name"
    title = row.get(field) if section in ("measures", "parties", "third_parties") else None
    return title.strip() if isinstance(title, str) and title.strip() else otherwise
