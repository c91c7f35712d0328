"""Reads a document aloud: what stands at a JSON pointer, where that is in people's words, and where on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from assessments.presentation.fields import BY_PARTY, REFERENCES, SCALES, SECTIONS, TEXTS, label, word

Document = Mapping[str, Any]
LONGEST_EXCERPT = 160


class Place(NamedTuple):
    """A spot in the document: in words, as a pointer, its anchor on the page, and what is said there."""

    label: str
    pointer: str
    anchor: str
    said: str


def tokens_of(pointer: str) -> list[str]:
    """The reference tokens of a JSON pointer (RFC 6901), unescaped."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def measure_anchor(measure_id: str) -> str:
    """Anchor of a measure's section on the page."""
    return f"measure-{measure_id}"


class Reader:
    """Reads one document; ``names`` turns the ids of parties and third parties into their names."""

    def __init__(self, document: Document) -> None:
        self.document = document
        who = [*document.get("parties", ()), *document.get("third_parties", ())]
        self.names: dict[str, str] = {each["id"]: each.get("name") or each["id"] for each in who}
        self.measures = {each["id"]: n for n, each in enumerate(document.get("measures", ()), 1)}

    def place(self, pointer: str, characters: Sequence[int] | None = None) -> Place:
        """The place at ``pointer``; of a text only the ``characters`` (start, end) where given."""
        tokens = tokens_of(pointer)
        value = self._value(tokens)
        if characters and isinstance(value, str):
            value = value[characters[0] : characters[1]]
        return Place(self._label(tokens), pointer, self._anchor(tokens), self._excerpt(tokens, value))

    def label(self, pointer: str) -> str:
        """Where the place at ``pointer`` is, in words."""
        return self._label(tokens_of(pointer))

    def said(self, field: str, value: Any) -> str:
        """A value of ``field`` in people's words; containers are read part by part."""
        if isinstance(value, Mapping):
            return "; ".join(self._part(field, key, part) for key, part in value.items())
        if isinstance(value, list):
            return ", ".join(self.said(field, part) for part in value) if value else _("none")
        if field in SCALES and isinstance(value, int | float):
            return _("%(value)s of %(highest)s") % {"value": value, "highest": SCALES[field]}
        if not isinstance(value, str):
            return str(value)
        if value == "":
            return _("none")
        if field in REFERENCES:
            return self.name(value) if value != "all" or field != "developed_with" else _("all parties")
        return value if field in TEXTS else word(field, value)

    def name(self, reference: str) -> str:
        """The name of a party or third party, the number of a measure; any other reference as it is written."""
        if reference in self.names:
            return self.names[reference]
        if reference in self.measures:
            return _("measure %(number)s") % {"number": self.measures[reference]}
        return word("covers", "all") if reference == "all" else reference

    def _part(self, field: str, key: str, part: Any) -> str:
        """One entry of a mapping, by party or by field."""
        if field in BY_PARTY:
            return f"{self.name(key)}: {self.said(field, part)}"
        return f"{label(key, field)}: {self.said(key, part)}"

    def _value(self, tokens: Sequence[str]) -> Any:
        value: Any = self.document
        for token in tokens:
            if isinstance(value, Mapping):
                value = value.get(token)
            elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
                value = value[int(token)]
            else:
                return None
        return value

    def _excerpt(self, tokens: Sequence[str], value: Any) -> str:
        if value is None:
            return _("not said")
        if isinstance(value, Mapping) and "text" in value:
            return _shorten(value["text"])
        if isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(v, Mapping) for v in value)):
            return ""
        by_party = len(tokens) > 1 and tokens[-2] in BY_PARTY
        field = next((token for token in reversed(tokens[: -1 if by_party else None]) if not token.isdecimal()), "")
        return _shorten(self.said(field, value))

    def _anchor(self, tokens: Sequence[str]) -> str:
        if not tokens:
            return "package"
        if tokens[0] == "measures" and len(tokens) > 1:
            measure = self._value(tokens[:2])
            return measure_anchor(measure["id"]) if measure else "measures"
        return tokens[0]

    def _label(self, tokens: Sequence[str]) -> str:
        if not tokens:
            return _("the whole package")
        words: list[str] = []
        section: str | None = None
        for depth, part in enumerate(tokens):
            if part == "-":
                words.append(_("a new entry"))
            elif part.isdecimal() and section:
                words[-1] = self._entry(section, int(part), tokens[: depth + 1])
            elif tokens[depth - 1] in BY_PARTY and depth:
                words.append(self.name(part))
            elif (section, part) != ("commitments", "text"):
                if part not in _RATED or depth == len(tokens) - 1:
                    words.append(label(part, section))
                section = part if part in _NESTED else section
        return ", ".join(words if len(words) == 1 or tokens[0] not in _PLAIN else words[1:])

    def entry(self, section: str, number: int) -> str:
        """An entry of a list, by its number from 1: “clause 2”."""
        words = {
            "measures": _("measure %(number)s"),
            "commitments": _("clause %(number)s"),
            "verification": _("verification %(number)s"),
            "violations": _("what if %(number)s"),
            "links": _("link %(number)s"),
        }
        template = words.get(section, label(section) + " %(number)s")
        return template % {"number": number}

    def _entry(self, section: str, index: int, tokens: Sequence[str]) -> str:
        if section in {"parties", "third_parties"}:
            party = self._value(tokens)
            return str(party.get("name", party["id"])) if party else label(section)
        return self.entry(section, index + 1)


_NESTED = frozenset(SECTIONS)
_RATED = frozenset({"cost", "impact"})
_PLAIN = frozenset({"conflict", "context", "diagnosis", "process"})


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_EXCERPT else text[: LONGEST_EXCERPT - 1].rstrip() + "…"
