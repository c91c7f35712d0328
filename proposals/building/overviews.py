"""What the builder shows across measures: their cards, their dates on a ladder, and what fits no field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crispy_forms.layout import LayoutObject
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from assessments.package.addresses import ABSENT, address, key_of, value_at
from assessments.package.drafts import DraftProblem, read_draft
from assessments.pictures.ladder import ladder
from assessments.presentation.fields import word
from guidelines.taxonomy import LABELS
from proposals.building.catalogue import LEFT_OUT, catalogue, pattern_of, sections_of
from proposals.building.controls import row_buttons
from proposals.building.places import field_id, href_of_measures
from proposals.building.steps import MeasureState, measure_states
from proposals.building.values import as_text

if TYPE_CHECKING:
    from proposals.building.forms import BuilderForm

LONGEST_SAID: Final = 120
_NO_FIELD: Final = "unknown field; the fields here"


class Card(NamedTuple):
    """A measure among the others."""

    id: str
    at: str
    href: str
    title: str
    state: MeasureState
    sectors: list[tuple[str, str]]
    buttons: SafeString


class Cards(LayoutObject):  # type: ignore[misc]
    """All measures as cards, in their order."""

    def render(self, form: BuilderForm, context: Any, template_pack: str = "cbm", **kwargs: Any) -> str:
        """The cards as HTML."""
        states = measure_states(form.draft, form.problems)
        form.controls.untold.discard("/measures")
        href = href_of_measures(form.pk)
        cards = [
            Card(
                id=field_id(state.address),
                at=state.address,
                href=href(state.key),
                title=f"{state.number}. {state.title}",
                state=state,
                sectors=[(code, word("sectors", code)) for code in state.sectors if code in LABELS["sector"]],
                buttons=row_buttons(
                    state.address, state.title, movable=True, first=state.number == 1, last=state.number == len(states)
                ),
            )
            for state in states
        ]
        return str(get_template("proposals/builder/_cards.html").render({"cards": cards}))


class Column(NamedTuple):
    """A column of the table of dates; ``id``: that of its help."""

    label: str
    help: str
    id: str


class DatedRow(NamedTuple):
    """A measure in the table of dates: its controls as HTML."""

    title: str
    href: str
    cells: list[SafeString]


class Dates(LayoutObject):  # type: ignore[misc]
    """The dates of all measures in one table, and the ladder on which they are moved."""

    def render(self, form: BuilderForm, context: Any, template_pack: str = "cbm", **kwargs: Any) -> str:
        """The table and the ladder as HTML."""
        specs = [catalogue()[pattern] for section in sections_of("sequence") for pattern in section.fields]
        columns = [Column(spec.label, spec.help, field_id(f"/measures/{spec.name}") + "__help") for spec in specs]

        href = href_of_measures(form.pk)
        shown = {
            "columns": columns,
            "rows": list(self._rows(form)),
            "ladder": ladder(read_draft(form.draft).package, lambda measure, topic: href(measure), order="document"),
        }
        return str(get_template("proposals/builder/_sequence.html").render(shown))

    def _rows(self, form: BuilderForm) -> Iterator[DatedRow]:
        rows = form.draft.get("measures")
        specs = [catalogue()[pattern] for section in sections_of("sequence") for pattern in section.fields]
        href = href_of_measures(form.pk)
        for n, row in enumerate(rows if isinstance(rows, list) else (), 1):
            key = key_of(row)
            if key is None:
                continue
            at, title = "/measures" + address(key), form.controls.title_of("measures", n, row)
            cells = []
            for spec in specs:
                html = form.controls.html(
                    spec,
                    f"{at}/{spec.name}",
                    row.get(spec.name, ABSENT),
                    helped=f"/measures/{spec.name}",
                    row=title,
                )
                cells.append(mark_safe(html))  # noqa: S308 - made of templates
            yield DatedRow(title, href(key), cells)


class Untold(NamedTuple):
    """Something in the draft that no field on the page can show, and the button that takes it away."""

    id: str
    path: str
    message: str
    said: str
    drop: str
    drop_label: str


class Whole(LayoutObject):  # type: ignore[misc]
    """A page: what is wrong and stands beside no field, then all the rest, which tells its own first."""

    def __init__(self, parts: list[Any]) -> None:
        self.fields = parts

    def render(self, form: BuilderForm, context: Any, template_pack: str = "cbm", **kwargs: Any) -> str:
        """The page as HTML."""
        rest = "".join(part.render(form, context, template_pack) for part in self.fields)
        untold = [_untold(form, each) for each in form.here if each.address in form.controls.untold]
        if not untold:
            return rest
        return str(get_template("proposals/builder/_unplaced.html").render({"unplaced": untold})) + rest


def _untold(form: BuilderForm, problem: DraftProblem) -> Untold:
    pattern = pattern_of(problem.address) if problem.address else ""
    value = value_at(form.draft, problem.address) if problem.address else ABSENT
    stands = problem.address and value is not ABSENT and pattern not in catalogue()
    is_id = pattern in LEFT_OUT and pattern.endswith("/id")
    text = as_text(value)
    return Untold(
        id=field_id(problem.address),
        path=problem.path,
        message=_("there is no such field") if problem.message.startswith(_NO_FIELD) else problem.message,
        said=text if len(text) <= LONGEST_SAID else text[: LONGEST_SAID - 1] + "…",
        drop=f"drop {problem.address}" if stands else "",
        drop_label=_("Give a new id") if is_id else _("Take it away"),
    )
