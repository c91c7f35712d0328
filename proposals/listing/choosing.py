"""Which proposals a form of the list speaks of: one row, those that are ticked, all that match, or those just archived."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from proposals.access import proposals_for
from proposals.listing.results import COUNTED, found_for
from proposals.listing.selection import Selection, read_selection
from proposals.models import Proposal, ProposalQuerySet

MOST: Final = COUNTED
"""So many are changed or taken along at once."""


class TooManyError(Exception):
    """All that match was asked for, and more than ``MOST`` do."""


def selection_in(form: QueryDict) -> Selection:
    """The list that a form was sent from: its field ``query``."""
    return read_selection(QueryDict(form.get("query", "").lstrip("?")))


def chosen_in(form: QueryDict, person: User) -> list[Proposal]:
    """The proposals, with their workspaces, that a form names and ``person`` may see; none if nothing is chosen.

    ``only``: the id of one; ``undo``: the moment in which the person archived them; ``all``: all that match ``query``;
    else each ``pk``. Raises ``TooManyError``, and ``Http404`` if those named are not there for the person.
    """
    if form.get("all") and not form.get("only") and not form.get("undo"):
        found = list(found_for(person, selection_in(form)).proposals.select_related("workspace")[: MOST + 1])
        if len(found) > MOST:
            raise TooManyError
        return found
    if undo := form.get("undo"):
        found = list(archived_then(person, undo).select_related("workspace"))
    else:
        only = form.get("only", "")
        named = [only] if only else form.getlist("pk")[:MOST]
        if not named:
            return []
        found = list(proposals_for(person).filter(pk__in=_ids(named)).select_related("workspace"))
    if not found:
        raise Http404
    return found


def chosen_or_told(request: HttpRequest, person: User) -> list[Proposal]:
    """What was chosen; says what to do if nothing was, or too much."""
    try:
        chosen = chosen_in(request.POST, person)
    except TooManyError:
        messages.warning(
            request,
            _("More than %(most)s proposals match. Narrow the list, and change them in parts.") % {"most": MOST},
        )
        return []
    if not chosen:
        messages.warning(request, _("Nothing was chosen. Tick a proposal first."))
    return chosen


def list_of(selection: Selection) -> str:
    """The address of the list that shows a selection."""
    query = selection.query()
    return reverse("proposals:list") + (query if query != "?" else "")


def archived_then(person: User, when: str) -> ProposalQuerySet:
    """What ``person`` archived at a moment, written as in the address; none if it is no moment."""
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return Proposal.objects.none()
    if moment.tzinfo is None:
        return Proposal.objects.none()
    return proposals_for(person).filter(archived_at=moment, archived_by=person)


def _ids(texts: list[str]) -> list[uuid.UUID]:
    ids = []
    for text in texts:
        try:
            ids.append(uuid.UUID(text))
        except ValueError:
            raise Http404 from None
    return ids
