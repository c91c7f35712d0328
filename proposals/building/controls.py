"""The controls of fields as HTML. What does not depend on the draft is rendered once and kept.

A field's markup is made from its template with marks in the places of its address, its text and what is told of it; the
marks are filled in for each field. So a page of hundreds of fields costs little more than their texts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any, Final, NamedTuple

from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from proposals.building.catalogue import FieldSpec, catalogue
from proposals.building.places import field_id
from proposals.building.steps import REQUIRED
from proposals.building.values import NONE, SEVERAL, TYPED, in_words, shown

MARKS: Final = {name: f"\ue000{letter}" for letter, name in zip("INLHTVB", ("id", "name", "label", "helped", "told", "value", "newline"), strict=True)}
_MARK: Final = re.compile("\ue000([INLHTVB])")
_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")

WIDE: Final = frozenset({"long", "texts", "rating", "choices", "who", "measures", "parties", "check"})


class Option(NamedTuple):
    """One of the choices of a field."""

    value: str
    label: str
    chosen: bool


class Look(NamedTuple):
    """All that decides how a field's markup looks, but for its marks.

    ``control``: text, area, date, number, select, radio or checkbox, "" where there are only words or a box; ``helped``:
    whether its help stands with it; ``bare``: in a table, where the column has its name; ``own``: whether it shows something
    of the draft, so that it may be kept only for this one.
    """

    pattern: str
    language: str
    control: str
    options: tuple[Option, ...]
    typed: str
    none: bool
    none_chosen: bool
    told: str
    helped: bool
    bare: bool
    folded: str
    own: bool


class Named(NamedTuple):
    """What a draft holds that fields refer to, by id."""

    parties: dict[str, str]
    third_parties: dict[str, str]
    measures: dict[str, str]


_kept: dict[Look, str] = {}
"""Markup of fields whose choices are those of the format; it holds nothing of any draft."""


class Controls:
    """The fields of one draft. ``told``: what is told of fields, by address; ``unsaid`` keeps what was not yet told."""

    def __init__(self, draft: Mapping[str, Any], told: Mapping[str, str]) -> None:
        self.draft = draft
        self.told = told
        self.untold = set(told)
        self._own: dict[Look, str] = {}
        self._language = get_language() or "en"

    def html(
        self, spec: FieldSpec, address: str, value: Any, *, label: str = "", helped: str = "", bare: bool = False
    ) -> str:
        """A field. ``label``: its name where that is not the usual one; ``helped``: the address of the field that shows
        the help for it, "" if it shows its own."""
        self.untold.discard(address)
        message = self.told.get(address, "")
        look = self._look(spec, value, message, helped=not helped, bare=bare)
        kept = self._own if look.own else _kept
        markup = kept.get(look)
        if markup is None:
            markup = kept[look] = _rendered(spec, look)
        texts = {
            "I": escape(field_id(address)),
            "N": escape(address),
            "L": escape(label or _label(spec.pattern, self._language)),
            "H": escape(field_id(helped or address)),
            "T": escape(_as_sentence(message)),
            "V": escape(self._typed_text(spec, value)),
            "B": "\n",  # browsers leave out the first line end of a text area
        }
        return _MARK.sub(lambda mark: texts[mark[1]], markup)

    def sentence(self, address: str) -> str:
        """What is told of a place, as a sentence; "" if nothing is."""
        return _as_sentence(self.told.get(address, ""))

    @cached_property
    def named(self) -> Named:
        """Parties, third parties and measures by id."""
        return Named(*(dict(self._named(section, field)) for section, field in _NAMED))

    def _named(self, section: str, field: str) -> list[tuple[str, str]]:
        rows = self.draft.get(section)
        found = []
        for n, row in enumerate(rows if isinstance(rows, list) else (), 1):
            said = row.get("id") if isinstance(row, Mapping) else None
            if isinstance(said, str) and said:
                found.append((said, self.title_of(section, n, row)))
        return found

    def title_of(self, section: str, number: int, row: Any) -> str:
        """How a row is called: by its name or title, with its number where it is a measure, else by its number."""
        named = row.get("title" if section == "measures" else "name") if isinstance(row, Mapping) else None
        if not isinstance(named, str) or not named.strip():
            return row_words(section) % {"number": number}
        return f"{number}. {named}" if section == "measures" else named

    def _look(self, spec: FieldSpec, value: Any, message: str, *, helped: bool, bare: bool) -> Look:
        sent = shown(spec, value)
        none_chosen = NONE in (sent if spec.kind == "rows" or spec.kind in SEVERAL else sent[1:])
        choices = self._choices(spec)
        strange = [] if spec.kind in _IN_WORDS else _not_among(choices, sent)
        return Look(
            pattern=spec.pattern,
            language=self._language,
            control=_control_of(spec),
            options=tuple(Option(code, label, code in sent) for code, label in [*choices, *strange]),
            typed=_typed_control(spec, sent),
            none=bool(spec.said.none) or none_chosen,
            none_chosen=none_chosen,
            told="" if not message else "empty" if message == REQUIRED else "wrong",
            helped=helped,
            bare=bare,
            folded=self._summed_up(sent) if spec.kind == "measures" else "",
            own=bool(strange) or spec.kind in _OF_THE_DRAFT,
        )

    def _choices(self, spec: FieldSpec) -> list[tuple[str, str]]:
        if spec.kind not in _OF_THE_DRAFT:
            return _fixed_choices(spec.pattern, self._language)
        parties = list(self.named.parties.items())
        match spec.kind:
            case "who":
                return [*parties, *self.named.third_parties.items()]
            case "party":
                return [("", _("Not known")), *parties]
            case "parties":
                return [("all", _("All parties")), *parties] if spec.taken.or_all else parties
            case "measures":
                return [("all", _("All measures")), *self.named.measures.items()]
        return [("", _("No measure")), *self.named.measures.items()]

    def _summed_up(self, sent: list[str]) -> str:
        """The measures that are ticked, in a few words."""
        if not sent or sent == ["all"]:
            return _("all measures")
        if sent == [NONE]:
            return _("no measure yet")
        return ", ".join(self.named.measures.get(each, each) for each in sent)

    def _typed_text(self, spec: FieldSpec, value: Any) -> str:
        sent = shown(spec, value)
        if spec.kind == "who":
            ids = {*self.named.parties, *self.named.third_parties}
            return in_words(sent, [each for each in sent if each in ids])
        if spec.kind == "target":
            return "" if sent[0] in self.named.measures else sent[0]
        return sent[0] if spec.kind in TYPED else ""


_NAMED: Final = (("parties", "name"), ("third_parties", "name"), ("measures", "title"))
_OF_THE_DRAFT: Final = frozenset({"party", "parties", "measures", "who", "target"})
_IN_WORDS: Final = frozenset({"who", "target"})


@cache
def _fixed_choices(pattern: str, language: str) -> list[tuple[str, str]]:
    """The choices that the format gives, in the language that is spoken."""
    spec = catalogue()[pattern]
    if spec.kind in TYPED or spec.kind == "rows":
        return []
    return spec.choices() if spec.kind == "choices" else [("", _("Not known")), *spec.choices()]


@cache
def _label(pattern: str, language: str) -> str:
    return catalogue()[pattern].label


def _not_among(choices: list[tuple[str, str]], sent: list[str]) -> list[tuple[str, str]]:
    """What is said and is none of the choices; it stays to be seen, until somebody chooses."""
    known = {NONE, "", *(code for code, _label in choices)} if choices else set(sent)
    return [(each, _("%(value)s (not one of these)") % {"value": each}) for each in sent if each not in known]


def row_words(section: str) -> str:
    """How a row is called by its number."""
    words = {
        "parties": _("Party %(number)s"),
        "third_parties": _("Third party %(number)s"),
        "measures": _("Measure %(number)s"),
        "commitments": _("Clause %(number)s"),
        "verification": _("Verification %(number)s"),
        "violations": _("What if %(number)s"),
        "links": _("Link %(number)s"),
        "actors": _("Actor %(number)s"),
        "distrust_between": _("Distrust %(number)s"),
        "deliberately_open": _("Open phrase %(number)s"),
        "not_applicable": _("Question %(number)s"),
    }
    return words[section]


def _control_of(spec: FieldSpec) -> str:
    if spec.kind in SEVERAL or spec.kind == "who":
        return "checkbox"
    if spec.kind in ("tri", "rating") or spec.said.chips:
        return "radio"
    return "" if spec.kind in TYPED or spec.kind == "rows" else "select"


def _typed_control(spec: FieldSpec, sent: list[str]) -> str:
    """The control for what is typed, such that it sends the value as it stands."""
    if spec.kind in ("who", "target"):
        return "text"
    if spec.kind not in TYPED:
        return ""
    text = sent[0]
    if spec.kind == "date" and (not text or _ISO_DATE.fullmatch(text)):
        return "date"
    if spec.kind in ("long", "texts") or "\n" in text:
        return "area"
    return "number" if spec.kind in ("count", "number") else "text"


def _as_sentence(message: str) -> str:
    if message == REQUIRED:
        return _("Still to be filled in.")
    return f"{capfirst(message)}." if message and message[-1] not in ".!?" else capfirst(message)


def _rendered(spec: FieldSpec, look: Look) -> str:
    context = {
        **MARKS,
        "spec": spec,
        "look": look,
        "group": look.control in ("radio", "checkbox") or spec.kind in ("target", "rows"),
        "wide": spec.kind in WIDE or look.typed == "area",
        "none": spec.none or _("There is none"),
        "none_value": NONE,
    }
    return _lean(get_template("proposals/builder/_field.html").render({k: _marked(v) for k, v in context.items()}))


def _marked(value: Any) -> Any:
    return mark_safe(value) if isinstance(value, str) and value.startswith("\ue000") else value  # noqa: S308 - our own marks


def _lean(markup: str) -> SafeString:
    return mark_safe(re.sub(r"\n\s*", "", markup))  # noqa: S308 - what the template has escaped
