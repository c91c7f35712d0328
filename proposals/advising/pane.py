"""The pane beside the form, as HTML."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from accounts.pages import person_of
from assessments.package import confidential_paths
from assessments.package.drafts import DraftReading
from proposals.advising.advice import Advice
from proposals.advising.domain import advise
from proposals.advising.keeping import name_of
from proposals.advising.rendering import clauses_html, lines_html, problems_head, steps_html
from proposals.building.places import href_of
from proposals.models import Proposal
from proposals.rules import may

HIDDEN: Final = "scores_hidden"
"""Where a session keeps the proposals of which the person hides the scores."""
MOST_HIDDEN: Final = 100


def pane(
    request: HttpRequest,
    proposal: Proposal,
    draft: Mapping[str, Any],
    *,
    at: str | None = None,
    forced: bool = False,
    reading: DraftReading | None = None,
) -> SafeString:
    """The pane on a draft of a proposal, as the person may read it, with the measure at the address ``at`` in view.

    Scores are left out where the person has hidden them, or ``forced``, which they cannot switch. ``reading``: what can be
    read of the whole draft, if it was read.
    """
    person = person_of(request)
    whole = may(person, "read_confidential", proposal)
    shown = draft if whole else without_confidential_parts_of(draft)
    advice = advise(
        shown,
        at=at,
        href=partial(href_of, proposal.pk, shown),
        hide_scores=forced or hides_scores(request.session, proposal),
        near=name_of(proposal.pk, whole=whole),
        reading=reading if whole else None,
    )
    context = _context(advice, proposal.pk, at, forced)
    context["csrf_token"] = get_token(request)
    return SafeString(_template().render(context))


def without_confidential_parts_of(draft: Mapping[str, Any]) -> dict[str, Any]:
    """What those see of a draft who do not draft, as ``without_confidential_parts`` of a package."""
    hidden = confidential_paths()
    return {name: value for name, value in draft.items() if name not in hidden}


def _template() -> Any:
    return get_template("proposals/builder/_pane.html")


def _context(advice: Advice, pk: uuid.UUID, at: str | None, forced: bool) -> dict[str, Any]:
    measure = advice.measure
    return {
        "advice": advice,
        "at": at or "",
        "forced": forced,
        "switch": reverse("proposals:hide_scores", args=[pk]),
        "problems_head": problems_head(len(advice.problems)) if advice.problems else "",
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
