"""The pane beside the form, as HTML."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from accounts.models import User
from assessments.package import confidential_paths
from proposals.advising.advice import Advice
from proposals.advising.domain import advise
from proposals.advising.placing import Href
from proposals.advising.rendering import clauses_html, lines_html, problems_head, steps_html
from proposals.building.places import href_of
from proposals.models import Proposal
from proposals.rules import may

HIDDEN: Final = "scores_hidden"
"""Where a session keeps the proposals of which the person hides the scores."""
MOST_HIDDEN: Final = 100


def draft_shown_to(user: User, proposal: Proposal, draft: Mapping[str, Any]) -> Mapping[str, Any]:
    """The draft as ``user`` may read it: whole, or without its confidential parts."""
    if may(user, "read_confidential", proposal):
        return draft
    hidden = confidential_paths()
    return {name: value for name, value in draft.items() if name not in hidden}


def pane(
    proposal: Proposal,
    draft: Mapping[str, Any],
    *,
    to: User,
    at: str | None = None,
    hide_scores: bool = False,
    forced: bool = False,
    href: Href | None = None,
) -> SafeString:
    """The pane on a draft of a proposal, as ``to`` may read it, with the measure at the address ``at`` in view.

    ``hide_scores``: questions and suggestions only; ``forced``: the person cannot switch that.
    """
    whole = may(to, "read_confidential", proposal)
    shown = draft_shown_to(to, proposal, draft)
    advice = advise(
        shown,
        at=at,
        href=href or partial(href_of, proposal.pk, shown),
        hide_scores=hide_scores or forced,
        near=f"{proposal.pk}:{'whole' if whole else 'open'}",
    )
    return SafeString(render_to_string("proposals/builder/_pane.html", _context(advice, proposal.pk, at, forced)))


def _context(advice: Advice, pk: uuid.UUID, at: str | None, forced: bool) -> dict[str, Any]:
    measure = advice.measure
    return {
        "advice": advice,
        "pk": pk,
        "at": at or "",
        "forced": forced,
        "problems_head": problems_head(len(advice.problems)),
        "guidelines": lines_html(advice.guidelines),
        "challenges": lines_html(advice.challenges),
        "steps": steps_html(advice.steps),
        "clauses": clauses_html(measure.clauses, measure.language) if measure else "",
        "precedents": _precedents(pk, measure.id) if measure else "",
    }


def _precedents(pk: uuid.UUID, measure: str) -> str:
    try:
        return reverse("proposals:precedents", args=[pk, measure])
    except NoReverseMatch:  # an id may hold what a slug may not
        return ""


def hides_scores(session: SessionBase, proposal: Proposal) -> bool:
    """Whether the person has hidden the scores of a proposal."""
    return str(proposal.pk) in session.get(HIDDEN, ())


def switch_scores(session: SessionBase, proposal: Proposal, *, hide: bool) -> None:
    """Hides the scores of a proposal, or shows them again, until the person signs out."""
    pk = str(proposal.pk)
    others = [each for each in session.get(HIDDEN, ()) if each != pk]
    session[HIDDEN] = [*others, pk][-MOST_HIDDEN:] if hide else others
