"""What stands on a page of the builder: the steps, the form, the state of the draft, and what waits for a choice."""

from __future__ import annotations

import re
import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Final, NamedTuple

from crispy_forms.utils import render_crispy_form
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.package.addresses import ABSENT, row_number, value_at
from assessments.package.changes import Put, apply
from assessments.package.drafts import DraftReading
from assessments.pages import scorecard_parts
from proposals.advising.keeping import name_of, read_again
from proposals.advising.pane import hides_scores, pane
from proposals.building.catalogue import catalogue, pattern_of
from proposals.building.controls import Controls, Filled, row_words
from proposals.building.doing import Done
from proposals.building.forms import measure_form, step_form
from proposals.building.places import field_id
from proposals.building.steps import STEPS, StepState, step_states
from proposals.comparing.saying import Speaker, title_of
from proposals.drafting.domain import Conflict, may_undo
from proposals.models import Proposal, Revision

PAGES: Final = frozenset(STEPS)
_CLIENT: Final = re.compile(r"[0-9a-f]{16,32}")


class Dispute(NamedTuple):
    """A field that two people wrote: both texts, and who wrote the other one when."""

    address: str
    id: str
    name: str
    at: datetime | None
    label: str
    theirs: str
    mine: str
    is_gone: bool
    version: int


class Desk:
    """A page of the builder for one person. ``done``: what was just saved or refused there."""

    def __init__(
        self,
        proposal: Proposal,
        revision: Revision,
        draft: Mapping[str, Any],
        page: str,
        *,
        person: User,
        done: Done | None = None,
    ) -> None:
        self.proposal, self.revision, self.draft, self.page = proposal, revision, draft, page
        self.person, self.done = person, done

    @cached_property
    def reading(self) -> DraftReading:
        return self.done.reading if self.done else read_again(self.draft, name_of(self.proposal.pk, whole=True))

    @property
    def version(self) -> int:
        """The version that the page shows."""
        return self.done.version if self.done else self.proposal.version

    @property
    def step(self) -> str:
        return self.page.partition("/")[0]

    @property
    def measure(self) -> str:
        """The key of the measure whose page it is; "" on the page of a step."""
        return self.page.partition("/")[2]

    @cached_property
    def steps(self) -> list[StepState]:
        return step_states(self.draft, self.reading.problems)

    def disputes(self) -> list[Dispute]:
        """What waits for a choice."""
        return [self._dispute(conflict) for conflict in self._conflicts]

    @property
    def _conflicts(self) -> list[Conflict]:
        return self.done.conflicts if self.done else []

    def _dispute(self, conflict: Conflict) -> Dispute:
        clash, edit = conflict
        typed = ", ".join(self.done.typed.get(clash.at, ())) if self.done else ""
        spec = catalogue().get(pattern_of(clash.at))
        speaker, name = Speaker(self.draft), spec.name if spec else ""
        return Dispute(
            address=clash.at,
            id=field_id(clash.at),
            name=str(edit.author) if edit else _("Somebody"),
            at=edit.made_at if edit else None,
            label=str(spec.label) if spec else "",
            theirs="" if clash.theirs is ABSENT else speaker.said(name, clash.theirs),
            mine=typed if clash.mine is ABSENT else speaker.said(name, clash.mine),
            is_gone=clash.is_gone,
            version=self.version,
        )

    def saved_context(self, request: HttpRequest) -> dict[str, Any]:
        """What changes around a field that was saved."""
        assert self.done is not None
        told = {each.address: each.message for each in self.reading.problems}
        return {
            **self._common(request),
            "told": [(field_id(at), told.get(at, "")) for at in self.done.accepted],
            "theirs": self._theirs(),
            "saved_at": timezone.localtime(),
        }

    def _common(self, request: HttpRequest) -> dict[str, Any]:
        """What a page and the answer to a save have in common."""
        changed = self.done is not None and self.done.changed
        undo, redo = (True, False) if changed else may_undo(self.proposal, by=self.person)
        return {
            "proposal": self.proposal,
            "steps": self.steps,
            "step": self.step,
            "disputes": self.disputes(),
            "may_undo": undo,
            "may_redo": redo,
            "pane": self._pane(request),
        }

    def _theirs(self) -> list[tuple[str, Filled]]:
        """What others changed in fields since the page was made, as the controls of the fields show it."""
        controls = Controls(self.draft, {})
        found = []
        for at in sorted((self.done.theirs if self.done else None) or ()):
            spec = catalogue().get(pattern_of(at))
            if spec is not None:
                found.append((at, controls.filled(spec, value_at(self.draft, at))))
        return found

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """The whole page."""
        return {
            **self._common(request),
            "workspace": self.proposal.workspace,
            "revision": self.revision,
            "version": self.version,
            "client": client_of(request) or secrets.token_hex(8),
            "page": self.page,
            "measure": self.measure,
            "number": list(STEPS).index(self.step) + 1,
            "title": STEPS[self.step],
            "neighbours": self._neighbours(),
            "refusal": self.done.refusal if self.done else "",
            "heading": self._heading(),
            "place": self._heading() if self.measure else "",
            "body": self._body(request),
        }

    def _heading(self) -> str:
        if not self.measure:
            return str(STEPS[self.step])
        number = (row_number(self.draft["measures"], self.measure) or 0) + 1
        return title_of(self.draft["measures"][number - 1], "measures", row_words("measures") % {"number": number})

    def _pane(self, request: HttpRequest) -> str:
        """The advice beside the form; "" in the last step, which is the whole advice itself, unless scores are hidden."""
        if self.step == "advice" and not hides_scores(request.session, self.proposal):
            return ""
        at = f"/measures/{self.measure}" if self.measure else None
        return pane(request, self.proposal, self.draft, at=at, reading=self.reading)

    def _body(self, request: HttpRequest) -> str:
        """The form of the page; in the last step with the whole advice, unless its scores are hidden."""
        problems, opened = self.reading.problems, self.done.at if self.done else ""
        if self.measure:
            form = measure_form(self.proposal.pk, self._shown, self.measure, problems, opened=opened)
        else:
            form = step_form(
                self.proposal.pk, self._shown, self.step, problems, opened=opened, package=self.reading.package
            )
        body = str(render_crispy_form(form))
        if self.step == "advice" and not hides_scores(request.session, self.proposal):
            body += self._scorecard()
        return mark_safe(body)  # noqa: S308 - made of templates

    def _scorecard(self) -> str:
        """The scorecard of what can be read of the draft."""
        parts = scorecard_parts(self.revision.sha256, lambda: self.reading.package)
        context = {"scorecard": parts, "proposal": self.proposal, "revision": self.revision}
        return render_to_string("proposals/builder/_advice.html", context)

    @cached_property
    def _shown(self) -> Mapping[str, Any]:
        """The draft as the form shows it: with the person's own text where it waits for a choice."""
        mine = [Put(each.clash.at, each.clash.mine) for each in self._conflicts if not each.clash.is_gone]
        return apply(self.draft, mine)[0] if mine else self.draft

    def _neighbours(self) -> dict[str, StepState | None]:
        position = next(n for n, each in enumerate(self.steps) if each.slug == self.step)
        before = self.steps[position - 1] if position else None
        after = self.steps[position + 1] if position + 1 < len(self.steps) else None
        return {"before": before, "after": after}


def client_of(request: HttpRequest) -> str:
    """Which open page a request comes from; "" if it does not say so as our pages do."""
    asked = request.POST if request.method == "POST" else request.GET
    said = asked.get("client", "")
    return said if _CLIENT.fullmatch(said) else ""


def number_of(text: str) -> int:
    """A version as it is sent; 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def page_address(pk: uuid.UUID, page: str, at: str = "") -> str:
    """The address of a page of the builder, and the place on it of a field or row."""
    step, _slash, measure = page.partition("/")
    name, argument = ("draft_measure", measure) if measure else ("draft_step", step)
    address = reverse(f"proposals:{name}", args=[pk, argument])
    return f"{address}#{field_id(at)}" if at else address
