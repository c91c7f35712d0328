"""Pages of the builder as a browser would have them: rendered, and what their forms send."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict
from django.template import engines

from assessments.package.drafts import read_draft
from proposals.building.forms import BuilderForm, measure_form, step_form
from proposals.building.steps import STEPS

PK = uuid.UUID("00000000-0000-4000-8000-000000000001")
PAGE = engines["django"].from_string("{% load crispy_forms_tags %}<form>{% crispy form %}</form>")


def rendered(form: BuilderForm) -> str:
    return PAGE.render({"form": form})


def page(draft: Mapping[str, Any], step: str = "", measure: str = "") -> str:
    """The form of a step, or of one measure."""
    problems = read_draft(draft).problems
    return rendered(measure_form(PK, draft, measure, problems) if measure else step_form(PK, draft, step, problems))


def all_pages(draft: Mapping[str, Any]) -> list[str]:
    """The forms of all steps and of all measures."""
    keys = [row.get("_key", row.get("id")) for row in draft.get("measures") or ()]
    return [*(page(draft, step) for step in STEPS), *(page(draft, measure=key) for key in keys)]


class Sent(HTMLParser):
    """What a browser would send of a form that nobody touches, in order.

    By field: ``boxes``: the values of all boxes; ``ticked``: of those that are ticked; ``typed``: what other controls hold.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pairs: list[tuple[str, str]] = []
        self.boxes: dict[str, list[str]] = defaultdict(list)
        self.ticked: dict[str, list[str]] = defaultdict(list)
        self.typed: dict[str, list[str]] = defaultdict(list)
        self.ids: list[str] = []
        self.buttons: list[str] = []
        self._text: str | None = None
        self._named = ""
        self._selected: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        if "id" in got:
            self.ids.append(got["id"])
        name = got.get("name", "")
        if tag == "input":
            self._input(name, got)
        elif tag == "textarea":
            self._text, self._named = "", name
        elif tag == "select":
            self._selected, self._named = [], name
        elif tag == "option" and self._selected is not None and (not self._selected or "selected" in got):
            self._selected = [got["value"]]
        elif tag == "button" and got.get("name") == "do":
            self.buttons.append(got["value"])

    def _input(self, name: str, got: dict[str, str]) -> None:
        if got.get("type") not in ("radio", "checkbox"):
            self._holds(name, got.get("value", "").replace("\n", ""))
            return
        self.boxes[name].append(got["value"])
        if "checked" in got:
            self.ticked[name].append(got["value"])
            self.pairs.append((name, got["value"]))

    def _holds(self, name: str, value: str) -> None:
        self.pairs.append((name, value))
        self.typed[name].append(value)

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            text = self._text.removeprefix("\n").replace("\n", "\r\n")
            self._holds(self._named, text)
            self._text = None
        elif tag == "select" and self._selected is not None:
            for value in self._selected:
                self._holds(self._named, value)
            self._selected = None

    def query(self) -> QueryDict:
        query = QueryDict(mutable=True)
        for name, value in self.pairs:
            query.appendlist(name, value)
        return query
