"""Pages that compare two states of a draft, and the way back to one."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from accounts.pages import confidential, person_of
from assessments.domain import assessments_of
from proposals.access import numbered_revision_for
from proposals.comparing.access import Pair, pair_for, shown_to
from proposals.comparing.choosing import Chosen, Unknown
from proposals.comparing.differences import differences, grouped
from proposals.comparing.domain import restore_revision
from proposals.comparing.scores import compare_scores
from proposals.models import Revision
from proposals.rules import may


@require_GET
@confidential
def compare_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Two revisions of a proposal side by side, or one of it and one of another proposal (``with``).

    Numbers that lead nowhere are named, and the form stands there to choose others.
    """
    person = person_of(request)
    asked = {name: request.GET.get(name, "").strip() for name in ("with", "from", "to")}
    pair = pair_for(person, pk, other=asked["with"], left=asked["from"], right=asked["to"])
    context = _frame(pair)
    if isinstance(pair.chosen, Unknown):
        return render(request, "proposals/compare.html", {**context, "unknown": pair.chosen.asked}, status=404)
    context |= _chosen(person, pair.chosen, newest=pair.left[0])
    return render(request, "proposals/compare.html", context)


@require_POST
def restore(request: HttpRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """Makes an earlier state the newest revision, and opens it."""
    person = person_of(request)
    revision = numbered_revision_for(person, pk, number, to="edit")
    restored = restore_revision(revision, by=person)
    if restored is None:
        said = _("The newest revision says the same as revision %(number)s, so nothing was changed.")
        messages.info(request, said % {"number": number})
    else:
        said = _("Revision %(old)s is back, as revision %(new)s. What came between is kept.")
        messages.success(request, said % {"old": number, "new": restored.number})
    return redirect("proposals:proposal", pk)


def _frame(pair: Pair) -> dict[str, Any]:
    """The form that chooses, which needs nothing but the lists of revisions."""
    proposal, other = pair.left[0].proposal, pair.right[0].proposal
    return {
        "proposal": proposal,
        "workspace": proposal.workspace,
        "other": other,
        "is_same_proposal": proposal == other,
        "lefts": pair.left,
        "rights": pair.right,
        "is_only_one": proposal == other and len(pair.left) == 1,
    }


def _chosen(person: User, chosen: Chosen, *, newest: Revision) -> dict[str, Any]:
    left, right = chosen
    (before, now), whole = shown_to(person, chosen)
    old, new = assessments_of([before.package, now.package])
    found = differences(before.document, now.document)
    return {
        "left": left,
        "right": right,
        "is_same_revision": left.pk == right.pk,
        "whole": whole,
        "groups": grouped(found),
        "counts": Counter(each.kind for each in found),
        "total": len(found),
        "scores": compare_scores(old.scorecard, new.scorecard),
        "swapped": _address(chosen),
        "may_restore": left != newest and may(person, "edit", left.proposal),
    }


def _address(chosen: Chosen) -> str:
    """Where the same two are compared the other way round."""
    left, right = chosen
    query: dict[str, object] = {"from": right.number, "to": left.number}
    if left.proposal_id != right.proposal_id:
        query["with"] = left.proposal_id
    return f"{reverse('proposals:compare', args=[right.proposal_id])}?{urlencode(query)}"
