"""What differs between two drafts, field by field, in people's words. No database.

Both drafts are taken as they stand: parts that somebody may not read are to be left out before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from django.utils.translation import gettext as _

from assessments.package.addresses import KEY, ROWS
from assessments.presentation.fields import BY_PARTY, PACKAGE, SECTIONS, label
from assessments.presentation.package_view import sentence
from assessments.presentation.reader import measure_anchor
from proposals.comparing.pairing import paired
from proposals.comparing.saying import Draft, Speaker, fields_of, is_rows, rows_of, sense, title_of
from proposals.comparing.wording import Runs, marked, plain

Kind = Literal["added", "removed", "changed", "moved"]

PARTS: Final = frozenset({"conflict", "context", "diagnosis", "process", "earlier_measures"})
"""The mappings with fields of their own."""


class Difference(NamedTuple):
    """One thing that differs. ``group`` and ``anchor``: the section or measure it belongs to; ``where``: the field in
    words, "" for the whole group; ``before`` and ``now``: what is said, empty where nothing is; ``facts``: all that a
    row says that came or went."""

    group: str
    anchor: str
    where: str
    kind: Kind
    before: Runs
    now: Runs
    facts: tuple[tuple[str, str], ...] = ()


class Group(NamedTuple):
    """The differences of one section or measure."""

    title: str
    anchor: str
    differences: list[Difference]


def differences(old: Draft, new: Draft) -> list[Difference]:
    """All that differs between two drafts, in the order in which a package is read."""
    return list(_Walk(Speaker(old), Speaker(new)).whole(old, new))


def grouped(found: Sequence[Difference]) -> list[Group]:
    """The differences by section and measure."""
    groups: dict[tuple[str, str], Group] = {}
    for each in found:
        groups.setdefault((each.group, each.anchor), Group(each.group, each.anchor, [])).differences.append(each)
    return list(groups.values())


class _Spot(NamedTuple):
    """Where the walk is: the group, and the words that lead to the field within it."""

    group: str
    anchor: str
    words: tuple[str, ...] = ()

    def at(self, *words: str) -> _Spot:
        return self._replace(words=(*self.words, *words))

    @property
    def where(self) -> str:
        return ", ".join(self.words)


@dataclass(frozen=True)
class _Walk:
    """Goes through two drafts at once."""

    old: Speaker
    new: Speaker

    def whole(self, old: Draft, new: Draft) -> Iterator[Difference]:
        package = _Spot(_("The whole package"), "package")
        for field in _package_fields(old, new):
            before, now = old.get(field), new.get(field)
            if field == "measures" and _both_rows(before, now):
                yield from self._rows(field, rows_of(before), rows_of(now), _at_measure)
            elif field in SECTIONS:
                yield from self._field(_Spot(sentence(label(field)), field), "", field, before, now)
            else:
                yield from self._field(package, None, field, before, now)

    def _fields(self, spot: _Spot, section: str, old: Draft, new: Draft) -> Iterator[Difference]:
        for field in fields_of(section, old, new):
            yield from self._field(spot, section, field, old.get(field), new.get(field))

    def _field(self, spot: _Spot, section: str | None, field: str, old: Any, new: Any) -> Iterator[Difference]:
        """A field of ``section``; ``""`` for a section that is a group itself."""
        if sense(field, old) == sense(field, new):
            return
        within = spot if section == "" else spot.at(label(field, section))
        if field in ROWS and _both_rows(old, new):
            yield from self._rows(field, rows_of(old), rows_of(new), lambda *row: spot.at(_row_title(field, *row)))
        elif field in PARTS and _both_mappings(old, new):
            yield from self._fields(within, field, old or {}, new or {})
        elif field in BY_PARTY and _both_mappings(old, new):
            yield from self._by_party(within, field, old or {}, new or {})
        else:
            yield self._value(within, field, old, new)

    def _rows(
        self, section: str, old: list[Draft], new: list[Draft], spot_of: Callable[[Speaker, Draft, int], _Spot]
    ) -> Iterator[Difference]:
        """The rows of two lists; ``spot_of`` says where a row of a draft stands that has this place in its list."""
        pairs = paired(old, new)
        before = {now: then for then, now in pairs.same}
        for n, row in enumerate(new):
            spot = spot_of(self.new, row, n)
            if n not in before:
                yield _row_came(spot, self.new.facts(section, row))
                continue
            if n in pairs.moved:
                yield _row_moved(spot, before[n], n)
            yield from self._fields(spot, section, old[before[n]], row)
        for n in pairs.removed:
            yield _row_went(spot_of(self.old, old[n], n), self.old.facts(section, old[n]))

    def _by_party(self, spot: _Spot, field: str, old: Draft, new: Draft) -> Iterator[Difference]:
        for party in dict.fromkeys([*old, *new]):
            name = self.new.name(party) if party in self.new.names else self.old.name(party)
            before, now = old.get(party), new.get(party)
            if field in SECTIONS and _both_mappings(before, now):
                at = _Spot(spot.group, spot.anchor, (*spot.words[:-1], name))
                yield from self._fields(at, field, before or {}, now or {})
            elif sense(field, before) != sense(field, now):
                yield self._value(spot.at(name), field, before, now)

    def _value(self, spot: _Spot, field: str, old: Any, new: Any) -> Difference:
        before, now = self._said(self.old, field, old), self._said(self.new, field, new)
        if before is None or now is None:
            kind: Kind = "added" if before is None else "removed"
            return Difference(spot.group, spot.anchor, spot.where, kind, plain(before or ""), plain(now or ""))
        return Difference(spot.group, spot.anchor, spot.where, "changed", *marked(before, now))

    @staticmethod
    def _said(speaker: Speaker, field: str, value: Any) -> str | None:
        return None if sense(field, value) is None else speaker.said(field, value)


def _row_title(field: str, speaker: Speaker, row: Draft, n: int) -> str:
    return title_of(row, field, speaker.entry(field, n + 1))


def _at_measure(speaker: Speaker, row: Draft, n: int) -> _Spot:
    return _Spot(_measure_title(row, n), measure_anchor(str(row.get("id", ""))))


def _package_fields(old: Draft, new: Draft) -> list[str]:
    names = dict.fromkeys([*PACKAGE, *(str(name) for draft in (old, new) for name in draft)])
    return [name for name in names if name not in ("format", KEY)]


def _measure_title(row: Draft, n: int) -> str:
    title = title_of(row, "measures", "")
    number = {"number": n + 1, "title": title}
    return _("Measure %(number)s: %(title)s") % number if title else _("Measure %(number)s") % number


def _row_came(spot: _Spot, facts: list[tuple[str, str]]) -> Difference:
    return Difference(spot.group, spot.anchor, spot.where, "added", (), (), tuple(facts))


def _row_went(spot: _Spot, facts: list[tuple[str, str]]) -> Difference:
    return Difference(spot.group, spot.anchor, spot.where, "removed", (), (), tuple(facts))


def _row_moved(spot: _Spot, old: int, new: int) -> Difference:
    before, now = (plain(_("place %(number)s") % {"number": n + 1}) for n in (old, new))
    return Difference(spot.group, spot.anchor, spot.where, "moved", before, now)


def _both_rows(old: Any, new: Any) -> bool:
    """Whether both are lists of rows, one of which may be absent. That there is none is a statement of its own."""
    return all(value is None or is_rows(value) for value in (old, new)) and bool(old) + bool(new) > 0


def _both_mappings(old: Any, new: Any) -> bool:
    return all(value is None or isinstance(value, Mapping) for value in (old, new))
