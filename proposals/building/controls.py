"""The controls of fields as HTML. What does not depend on the draft is rendered once and kept.

A field's markup is made from its template with marks in the places of its address, its text and what is told of it; the
marks are filled in for each field. So a page of hundreds of fields costs little more than their texts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from html import escape
from typing import Any, Final, NamedTuple

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from proposals.building.catalogue import FieldSpec, catalogue
from proposals.building.places import field_id
from proposals.building.steps import REQUIRED
from proposals.building.values import NONE, SEVERAL, TYPED, in_words, shown

_MARKS: Final = {
    "id": "I", "name": "N", "label": "L", "helped": "H", "told": "T", "value": "V", "newline": "B", "options": "O",
    "folded": "F", "title": "R", "at": "A", "rest": "S",
}  # fmt: skip
"""What differs from field to field, and the letter of its mark: a character that hardly anybody types, then the letter."""
_AS_TYPED: Final = "\ue000U"
"""The mark for the character itself, where it stands in somebody's words."""
_MARK: Final = re.compile("\ue000([A-Z])")
_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_CHIP: Final = '<label class="bf-chip"><input type="{}" name="\ue000N" value="{}"{}><span>{}</span></label>'
_OPTION: Final = '<option value="{}"{}>{}</option>'

WIDE: Final = frozenset({"long", "texts", "rating", "choices", "who", "measures", "parties", "check", "target"})


RANKED: Final = "purposes"
"""The field whose first choice leads, so those that are chosen stand first, in their order."""


class Look(NamedTuple):
    """All that decides how a field's markup looks, but for what is filled in.

    ``control``: select, radio or checkbox, "" where nothing is chosen; ``typed``: text, area, date or number, "" where
    nothing is typed; ``helped``: whether its help stands with it; ``bare``: in a table, where the column has its name.
    """

    pattern: str
    language: str
    control: str
    typed: str
    none: bool
    none_chosen: bool
    told: str
    helped: bool
    bare: bool


class Filled(NamedTuple):
    """What the controls of a field show: which boxes are ticked, by value, and what stands in the others, in their order."""

    ticked: list[str]
    typed: list[str]


class Named(NamedTuple):
    """What a draft holds that fields refer to, by id."""

    parties: dict[str, str]
    third_parties: dict[str, str]
    measures: dict[str, str]


class Controls:
    """The fields of one draft. ``told``: what is told of fields, by address; ``untold`` keeps those not yet shown."""

    def __init__(self, draft: Mapping[str, Any], told: Mapping[str, str]) -> None:
        self.draft = draft
        self.told = told
        self.untold = set(told)
        self._chosen: dict[tuple[Any, ...], str] = {}
        self._language = get_language() or "en"

    def html(
        self, spec: FieldSpec, address: str, value: Any, *, label: str = "", helped: str = "", row: str = ""
    ) -> str:
        """A field. ``label``: its name where that is not the usual one; ``row``: how its row of a table is called, where
        the column has its name; ``helped``: the address of the field that shows
        the help for it, "" if it shows its own."""
        self.untold.discard(address)
        sent = shown(spec, value)
        message = self._message(spec, address, sent)
        none_chosen = NONE in (sent if spec.kind == "rows" or spec.kind in SEVERAL else sent[1:])
        look = Look(
            pattern=spec.pattern,
            language=self._language,
            control=_control_of(spec),
            typed=_typed_control(spec, sent),
            none=bool(spec.said.none) or none_chosen,
            none_chosen=none_chosen,
            told="" if not message else "empty" if message == REQUIRED else "wrong",
            helped=not helped,
            bare=bool(row),
        )
        texts = {
            "I": escape(field_id(address)),
            "N": escape(address),
            "L": escape(label or _label(spec.pattern, self._language)),
            "S": escape(row),
            "H": escape(field_id(helped or address)),
            "T": escape(_as_sentence(message)),
            "V": escape(self._typed_text(spec, sent)),
            "F": escape(self._summed_up(sent)) if spec.kind == "measures" else "",
            "U": "\ue000",
            "B": "\n",  # browsers leave out the first line end of a text area
        }
        markup = _frame(look).replace("\ue000O", self._options(spec, look.control, sent))
        return _MARK.sub(lambda mark: texts[mark[1]], markup)

    def filled(self, spec: FieldSpec, value: Any) -> Filled:
        """What the controls of a field show for a value."""
        sent = shown(spec, value)
        typed = []
        if _control_of(spec) == "select":
            typed.append(sent[0] if sent[0] in dict(self._choices(spec)) else "")
        if _typed_control(spec, sent):
            typed.append(self._typed_text(spec, sent))
        return Filled(sent, typed)

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

    def _options(self, spec: FieldSpec, control: str, sent: list[str]) -> str:
        """The choices of a field as HTML; what is said and is none of them stays to be seen, until somebody chooses."""
        if not control:
            return ""
        key = (spec.kind, spec.taken.or_all) if spec.kind in _OF_THE_DRAFT else spec.pattern
        made = self._chosen.get((key, *sent))
        if made is None:
            strange = [
                (each, _("%(value)s (not one of these)") % {"value": each}) for each in self._strange(spec, sent)
            ]
            every = [*self._choices(spec), *strange]
            if spec.name == RANKED:
                every.sort(key=lambda choice: sent.index(choice[0]) if choice[0] in sent else len(sent))
            made = self._chosen[key, *sent] = _as_html(control, every, sent)
        return made

    def _strange(self, spec: FieldSpec, sent: list[str]) -> list[str]:
        """What is said and is none of the choices."""
        known = {"", *(code for code, _label in self._choices(spec)), *([NONE] if spec.kind in SEVERAL else [])}
        return [] if spec.kind in _IN_WORDS else [each for each in sent if each not in known]

    def _message(self, spec: FieldSpec, address: str, sent: list[str]) -> str:
        """What is told of a field; of choices without the codes, since their words are there to be chosen."""
        message = self.told.get(address, "")
        strange = self._strange(spec, sent) if message and spec.kind in _CHOSEN else []
        return (
            _("“%(value)s” is not one of these; choose again") % {"value": ", ".join(strange)} if strange else message
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

    def _typed_text(self, spec: FieldSpec, sent: list[str]) -> str:
        if spec.kind == "who":
            ids = {*self.named.parties, *self.named.third_parties}
            return in_words(sent, [each for each in sent if each in ids])
        if spec.kind == "target":
            return "" if sent[0] in self.named.measures else sent[0]
        return sent[0] if spec.kind in TYPED else ""


_NAMED: Final = (("parties", "name"), ("third_parties", "name"), ("measures", "title"))
_OF_THE_DRAFT: Final = frozenset({"party", "parties", "measures", "who", "target"})
_CHOSEN: Final = frozenset({"tri", "choice", "choices", "rating", "check"})
_IN_WORDS: Final = frozenset({"who", "target"})


@cache
def _fixed_choices(pattern: str, language: str) -> list[tuple[str, str]]:
    """The choices that the format gives, in the language that is spoken."""
    spec = catalogue()[pattern]
    if spec.kind in TYPED or spec.kind == "rows":
        return []
    if spec.kind == "choices":
        return spec.choices()
    unknown = [("", _("Not known"))]
    return [*unknown, *spec.choices()] if _control_of(spec) == "select" else [*spec.choices(), *unknown]


@cache
def _label(pattern: str, language: str) -> str:
    return catalogue()[pattern].label


def _as_html(control: str, choices: Sequence[tuple[str, str]], sent: Sequence[str]) -> str:
    made = []
    for code, word in choices:
        value, label = (escape(each).replace("\ue000", _AS_TYPED) for each in (code, word))
        if control == "select":
            made.append(_OPTION.format(value, " selected" if code in sent else "", label))
        else:
            made.append(_CHIP.format(control, value, " checked" if code in sent else "", label))
    return "".join(made)


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


@cache
def _frame(look: Look) -> str:
    """The markup of a field, with marks for what is filled in. It holds nothing of any draft, so it is kept for good."""
    spec = catalogue()[look.pattern]
    context = {
        "spec": spec,
        "look": look,
        "group": look.control in ("radio", "checkbox") or spec.kind in ("target", "rows"),
        "wide": spec.kind in WIDE or look.typed == "area" or spec.name == "title" or spec.said.chips,
        "none": spec.none or _("There is none"),
        "none_value": NONE,
        "fold": spec.kind == "measures",
    }
    return _with_marks("proposals/builder/_field.html", context)


def row_buttons(
    at: str, title: str, *, first: bool, last: bool, movable: bool = True, only_moves: bool = False
) -> SafeString:
    """The buttons of a row, named so that one hears which row they move, copy or take away."""
    texts = {"A": escape(at), "R": escape(title)}
    frame = _buttons(get_language() or "en", first=first, last=last, movable=movable, only_moves=only_moves)
    return mark_safe(_MARK.sub(lambda mark: texts[mark[1]], frame))  # noqa: S308 - what is filled in is escaped


@cache
def _buttons(language: str, **which: bool) -> str:
    return _with_marks("proposals/builder/_row_buttons.html", which)


def _with_marks(template: str, context: dict[str, Any]) -> str:
    marks = {name: mark_safe(f"\ue000{letter}") for name, letter in _MARKS.items()}  # noqa: S308 - our own marks
    return re.sub(r"\n\s*", "", get_template(template).render({**marks, **context}))
