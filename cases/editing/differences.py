"""What differs between two versions of a case, field by field and word by word. No database."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from django.utils.translation import gettext as _

from cases.editing.documents import get, members
from cases.editing.fields import CASE, GROUPS, Field, Group

What = Literal["changed", "added", "removed", "moved"]


class Run(NamedTuple):
    """Some words that stayed, were put in or taken out."""

    kind: Literal["same", "in", "out"]
    text: str


class Change(NamedTuple):
    """A field that differs; ``runs``: its words as they were and as they are."""

    label: str
    runs: list[Run]


class Difference(NamedTuple):
    """A place of the case that differs: the case itself, or one part of a group, with its fields."""

    title: str
    what: What
    changes: list[Change]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """All that differs, in the order of the form."""
    found = []
    if changes := _changes(CASE, before, after):
        found.append(Difference(_("Facts and texts"), "changed", changes))
    for group in GROUPS:
        found += _in_group(group, members(before, group), members(after, group))
    return found


def said(field: Field, value: Any) -> str:
    """A value in words."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_(field.vocabulary.get(str(each), str(each))) for each in value)
    return _(field.vocabulary[value]) if value in field.vocabulary else str(value)


def words(before: str, after: str) -> list[Run]:
    """Word by word, what stayed, went and came."""
    old, new = re.findall(r"\s*\S+", before), re.findall(r"\s*\S+", after)
    runs: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Run("same", "".join(new[c:d])))
            continue
        if b > a:
            runs.append(Run("out", "".join(old[a:b])))
        if d > c:
            runs.append(Run("in", "".join(new[c:d])))
    return runs


def _changes(fields: tuple[Field, ...], before: Any, after: Any) -> list[Change]:
    rows = ((field, said(field, get(before, field.path)), said(field, get(after, field.path))) for field in fields)
    return [Change(_(field.label), words(old, new)) for field, old, new in rows if old != new]


def _in_group(group: Group, before: list[Any], after: list[Any]) -> list[Difference]:
    pairs = _paired(group, before, after)
    found = []
    kept = sorted(old for old in pairs.values())
    for n, part in enumerate(after):
        title = f"{_(group.one)} {n + 1}"
        if n not in pairs:
            found.append(Difference(title, "added", _changes(group.own_fields, None, part)))
            continue
        changes = _changes(group.own_fields, before[pairs[n]], part)
        is_moved = kept.index(pairs[n]) != sorted(pairs).index(n)
        if changes or is_moved:
            title = f"{title}: {_name(group, part)}" if group.fields else title
            found.append(Difference(title, "changed" if changes else "moved", changes))
    for n, part in enumerate(before):
        if n not in pairs.values():
            found.append(Difference(f"{_(group.one)} {n + 1}", "removed", _changes(group.own_fields, part, None)))
    return found


def _paired(group: Group, before: list[Any], after: list[Any]) -> dict[int, int]:
    """Which part now is which part before: equal ones, then those of one name, then those most alike."""
    pairs: dict[int, int] = {}
    ways: list[Callable[[Any, Any], bool]] = [
        lambda old, new: bool(old == new),
        lambda old, new: bool(group.fields and _name(group, old) == _name(group, new)),
        lambda old, new: _likeness(old, new) > 0.6,
    ]
    for is_same in ways:
        for n, part in enumerate(after):
            free = (m for m in range(len(before)) if n not in pairs and m not in pairs.values())
            found = next((m for m in free if is_same(before[m], part)), None)
            if found is not None:
                pairs[n] = found
    return pairs


def _likeness(old: Any, new: Any) -> float:
    return SequenceMatcher(None, str(old)[:1000], str(new)[:1000], autojunk=False).ratio()


def _name(group: Group, part: Any) -> str:
    """What a part is known by: its name, title, or the topic of a lesson."""
    first = next(field for field in group.fields if field.path in ("name", "title", "key"))
    return said(first, get(part, first.path))
