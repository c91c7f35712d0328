"""The forms of the builder: one for each step, and one for each measure. Laid out by crispy forms; no database."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from assessments.package.addresses import row_number
from assessments.package.drafts import DraftProblem
from proposals.building.catalogue import sections_of
from proposals.building.controls import Controls
from proposals.building.layouts import SectionLayout
from proposals.building.overviews import Cards, Dates, Whole
from proposals.building.steps import STEPS, problems_on

Draft = Mapping[str, Any]


class BuilderForm(forms.Form):
    """A page of the builder. Its controls are named by the addresses of their fields, see ``Controls``.

    It has no fields of Django's: a draft takes whatever is typed, so there is nothing to refuse, and what cannot be read
    is told beside its field. ``opened``: the address of a field whose section is to be open.
    """

    def __init__(
        self,
        pk: uuid.UUID,
        draft: Draft,
        problems: Sequence[DraftProblem],
        layout: list[Any],
        *,
        opened: str = "",
        step: str,
        measure: str = "",
    ) -> None:
        super().__init__()
        self.pk = pk
        self.draft = draft
        self.problems = problems
        self.here = problems_on(draft, problems, step, measure)
        self.opened = opened
        self.controls = Controls(draft, {each.address: each.message for each in self.here})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.template = "proposals/builder/_form.html"
        self.helper.layout = Layout(Whole(layout))


def step_form(
    pk: uuid.UUID, draft: Draft, step: str, problems: Sequence[DraftProblem], *, opened: str = ""
) -> BuilderForm:
    """The form of a step, for ``{% crispy form %}``. Raises ``KeyError`` if there is no such step."""
    if step not in STEPS:
        raise KeyError(step)
    sections = [SectionLayout(section) for section in sections_of(step) if section.slug not in _LAID_OTHERWISE]
    layout = [*_OVERVIEWS.get(step, []), *sections]
    return BuilderForm(pk, draft, problems, layout, opened=opened, step=step)


def measure_form(
    pk: uuid.UUID, draft: Draft, key: str, problems: Sequence[DraftProblem], *, opened: str = ""
) -> BuilderForm:
    """The form of one measure. Raises ``KeyError`` if the draft has no measure with this key."""
    if row_number(draft.get("measures"), key) is None:
        raise KeyError(key)
    layout = [SectionLayout(section, key) for section in sections_of("measure")]
    return BuilderForm(pk, draft, problems, layout, opened=opened, step="measures", measure=key)


_LAID_OTHERWISE: Final = frozenset({"cards", "order"})
_OVERVIEWS: Final[dict[str, list[Any]]] = {"measures": [Cards()], "sequence": [Dates()]}
