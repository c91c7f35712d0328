"""How the fields of a page are laid out: sections that fold, and rows with their buttons. Objects of crispy forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from crispy_forms.layout import LayoutObject
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessments.package.addresses import ABSENT, ROWS, address, is_within, key_of, value_at
from assessments.presentation import fields as names
from guidelines.taxonomy import LABELS
from proposals.building.catalogue import FieldSpec, Section, catalogue, names_in
from proposals.building.controls import Controls, row_buttons
from proposals.building.places import COVERING, field_id, measures_covered

if TYPE_CHECKING:
    from proposals.building.forms import BuilderForm

Draft = Mapping[str, Any]


class RowView(NamedTuple):
    """A row of a list, or what is said of a party: its name, its fields as HTML, and what is told of it as a whole."""

    id: str
    at: str
    title: str
    body: str
    told: str
    buttons: str


class RowsView(NamedTuple):
    """A list of rows. ``add``: what the button to add one says to the server, "" where none can be added; ``none``: the
    control that says that there is none, as HTML; ``listed``: whether its rows can come and go; ``headed``: whether it needs a
    heading of its own; ``nested``: whether it belongs to a row."""

    id: str
    at: str
    title: str
    help: str
    told: str
    rows: list[RowView]
    add: str
    add_label: str
    none: str
    listed: bool
    headed: bool
    nested: bool


class SectionLayout(LayoutObject):  # type: ignore[misc]
    """A section of a page, for the whole draft or for one measure."""

    template = "proposals/builder/_section.html"

    def __init__(self, section: Section, measure: str = "") -> None:
        self.section = section
        self.measure = measure
        self.fields: list[Any] = []

    def render(self, form: BuilderForm, context: Any, template_pack: str = "cbm", **kwargs: Any) -> str:
        """The section as HTML, open if something in it has to be put right."""
        laid = Laid(form.controls, self.measure)
        patterns = list(self.section.fields)
        body = laid.out(patterns, "", "", form.draft)
        wrong = any(at in laid.seen for at in form.controls.told)
        shown = {
            "section": self.section,
            "title": _(self.section.title),
            "text": _(self.section.text) if self.section.text else "",
            "body": mark_safe(body),  # noqa: S308 - made of templates
            "id": f"section-{self.section.slug}",
            "open": wrong
            or not self.section.fold
            or any(is_within(form.opened, at) for at in laid.seen if form.opened),
            "said": laid.said,
            "asked": laid.asked,
            "match": cross_match(form.draft, self.measure) if self.section.slug == "actors" else None,
        }
        return str(get_template(self.template).render(shown))


class CrossMatch(NamedTuple):
    """The sectors of a measure beside those from which its actors come, each with its code and its word."""

    activity: list[tuple[str, str]]
    actors: list[tuple[str, str]]


def cross_match(draft: Draft, measure: str) -> CrossMatch:
    """The actors of a measure and its activity, sector by sector."""
    row = value_at(draft, "/measures" + address(measure))
    activity, actors = (row.get(field) for field in ("sectors", "actors"))
    said = activity if isinstance(activity, list) else []
    come_from = (
        [actor.get("sector") for actor in actors if isinstance(actor, Mapping)] if isinstance(actors, list) else []
    )
    words = {code: names.word("sector", code) for code in LABELS["sector"]}
    return CrossMatch(
        [(code, word) for code, word in words.items() if code in said],
        [(code, word) for code, word in words.items() if code in come_from],
    )


class Laid:
    """Lays out fields by their patterns and counts them. ``seen``: the addresses that are on the page; ``said`` of
    ``asked`` fields say something."""

    def __init__(self, controls: Controls, measure: str = "") -> None:
        self.controls = controls
        self.measure = measure
        self.seen: set[str] = set()
        self.said = 0
        self.asked = 0
        self._helped: dict[str, str] = {}

    def out(self, patterns: Sequence[str], base: str, at: str, node: Any, label: str = "") -> str:
        """The fields below ``at``, whose pattern is ``base``, as HTML; ``node``: what stands there."""
        html: list[str] = []
        fields: list[str] = []

        def flush() -> None:
            if fields:
                html.append(f'<div class="bf-grid">{"".join(fields)}</div>')
                fields.clear()

        for group, members in _grouped(patterns, base):
            value, spot = _down(group, base, at, node, self.measure)
            if group == members[0] and catalogue()[group].kind != "rows":
                fields.append(self._field(catalogue()[group], spot, value, label))
            else:
                flush()
                html.append(self._rows(group, members, spot, value))
        flush()
        return "".join(html)

    def _field(self, spec: FieldSpec, at: str, value: Any, label: str = "") -> str:
        self.seen.add(at)
        self.asked += 1
        self.said += value is not ABSENT and value is not None
        helped = self._helped.setdefault(spec.pattern, at)
        return self.controls.html(spec, at, value, label=label, helped="" if helped == at else helped)

    def _rows(self, group: str, members: list[str], at: str, value: Any) -> str:
        name = names_in(group)[-1]
        self._tell(at)
        children = [pattern for pattern in members if pattern != group]
        if name in COVERING and not self.measure:
            children = [pattern for pattern in catalogue() if pattern.startswith(f"{group}/*/")]
        listed = name in ROWS
        rows = list((self._of_list if listed else self._of_parties)(name, group, children, at, value))
        spec = None if name in COVERING and self.measure else catalogue().get(group)
        none = self._none(spec, at, value) if spec else ""
        nested = any(part in ROWS for part in names_in(group)[1:-1])
        view = RowsView(
            id=field_id(at),
            at=at,
            title=capfirst(names.label(name, names_in(group)[-2] if len(names_in(group)) > 1 else None)),
            help="" if none or rows or not spec or nested else spec.help,
            told=self.controls.sentence(at),
            rows=rows,
            add=f"add {at} {self.measure}".strip() if name in COVERING else f"add {at}" if listed else "",
            add_label=add_words(name) if listed else "",
            none=mark_safe(none),  # noqa: S308 - made of templates
            listed=listed,
            headed=(not listed and any(not row.title for row in rows)) or (bool(none) and not self.measure),
            nested=nested,
        )
        return str(get_template("proposals/builder/_rows.html").render({"list": view}))

    def _none(self, spec: FieldSpec, at: str, value: Any) -> str:
        """The box that says that there is none, where a list is empty and that can be said."""
        empty = value is ABSENT or value is None or value == []
        self.asked += 1
        self.said += not empty or value == []
        return self.controls.html(spec, at, value, row=spec.label) if empty and (spec.said.none or value == []) else ""

    def _tell(self, at: str) -> None:
        """Notes that a place is on the page, so that what is told of it is told there."""
        self.seen.add(at)
        self.controls.untold.discard(at)

    def _of_list(self, name: str, group: str, children: list[str], at: str, value: Any) -> Iterator[RowView]:
        rows = value if isinstance(value, list) else []
        for n, row in enumerate(rows, 1):
            key = key_of(row)
            if key is None or (name in COVERING and not self._is_here(name, row)):
                continue
            spot = at + address(key)
            self._tell(spot)
            body = self.out(children, f"{group}/*", spot, row)
            title = self.controls.title_of(name, n, row)
            buttons = row_buttons(spot, title, movable=name not in COVERING, first=n == 1, last=n == len(rows))
            yield RowView(field_id(spot), spot, title, mark_safe(body), self.controls.sentence(spot), buttons)  # noqa: S308

    def _is_here(self, section: str, row: Any) -> bool:
        covered = measures_covered(self.controls.draft, section, row)
        return self.measure in covered if self.measure else not covered

    def _of_parties(self, name: str, group: str, children: list[str], at: str, value: Any) -> Iterator[RowView]:
        parties = dict(self.controls.named.parties)
        for strange in value if isinstance(value, Mapping) else ():
            parties.setdefault(strange, strange)
        for party, named in parties.items():
            spot = at + address(party)
            inner = value.get(party, ABSENT) if isinstance(value, Mapping) else ABSENT
            if children == [f"{group}/*"]:
                body = self._field(catalogue()[children[0]], spot, inner, named)
                yield RowView("", spot, "", mark_safe(body), "", "")  # noqa: S308
                continue
            self._tell(spot)
            body = self.out(children, f"{group}/*", spot, inner)
            yield RowView(field_id(spot), spot, named, mark_safe(body), self.controls.sentence(spot), "")  # noqa: S308


def _grouped(patterns: Sequence[str], base: str) -> list[tuple[str, list[str]]]:
    """Patterns below ``base``: single fields, and lists with what belongs to their rows, in order."""
    groups: dict[str, list[str]] = {}
    for pattern in patterns:
        rest = pattern[len(base) :]
        if base == "" and rest.startswith("/measures/*/"):
            rest = rest[len("/measures/*") :]
            head = "/measures/*" + rest.partition("/*")[0]
        else:
            head = base + rest.partition("/*")[0]
        groups.setdefault(head, []).append(pattern)
    return list(groups.items())


def _down(group: str, base: str, at: str, node: Any, measure: str) -> tuple[Any, str]:
    """From what stands at ``at`` down to a field or list: its value and its address."""
    parts = group[len(base) + 1 :].split("/")
    spot = at
    for part in parts:
        key = measure if part == "*" else part
        spot += address(key)
        if part == "*":
            node = next((row for row in node if key_of(row) == measure), None) if isinstance(node, list) else None
        else:
            node = node.get(part, ABSENT) if isinstance(node, Mapping) else ABSENT
    return node, spot


def add_words(section: str) -> str:
    """What the button says that adds a row."""
    words = {
        "parties": _("Add a party"),
        "third_parties": _("Add a third party"),
        "measures": _("Add a measure"),
        "commitments": _("Add a clause"),
        "verification": _("Add a verification"),
        "violations": _("Add a “what if”"),
        "links": _("Add a link"),
        "actors": _("Add an actor"),
        "distrust_between": _("Add a pair"),
        "deliberately_open": _("Add a phrase that stays open"),
        "not_applicable": _("Set a question aside"),
    }
    return words[section]
