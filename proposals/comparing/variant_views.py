"""Pages of variants: a new one, and all of them beside their base."""

from __future__ import annotations

import uuid
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.pages import confidential, person_of
from assessments.domain import assessments_of
from proposals.access import numbered_revision_for, proposal_for
from proposals.comparing.access import Shown, base_for, newest_revisions, shown_to, variants_for
from proposals.comparing.differences import differences
from proposals.comparing.domain import branch_variant
from proposals.comparing.forms import VariantForm
from proposals.comparing.side_by_side import Candidate, side_by_side
from proposals.models import Proposal, Revision
from proposals.rules import may_start_in

MOST: Final = 6
LONGEST_NUMBER: Final = 9


class Column(NamedTuple):
    """The base or a variant as the head of a column; ``differs``: in how many places from the base."""

    proposal: Proposal
    revision: Revision
    differs: int | None


@require_http_methods(["GET", "POST"])
@confidential
def new_variant(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Branches a variant from the newest revision, or from the one that ``revision`` names."""
    person = person_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    revision = numbered_revision_for(person, pk, _number(asked.get("revision", "")), to="edit")
    if not may_start_in(person, revision.proposal.workspace):
        raise PermissionDenied
    form = VariantForm(request.POST if request.method == "POST" else None, document=revision.document)
    if form.is_valid():
        left_out = form.cleaned_data.get("left_out", [])
        variant = branch_variant(revision, note=form.cleaned_data["note"], left_out=left_out, by=person)
        messages.success(
            request, _("The variant is there, a proposal of its own: open it from the head of its column.")
        )
        return redirect("proposals:variants", variant.variant_of_id)
    context = {
        "proposal": revision.proposal,
        "workspace": revision.proposal.workspace,
        "revision": revision,
        "form": form,
    }
    return render(request, "proposals/compare_new_variant.html", context, status=422 if form.is_bound else 200)


@require_GET
@confidential
def variants_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A proposal and its variants side by side, the newest state of each."""
    person = person_of(request)
    proposal = proposal_for(person, pk)
    variants = variants_for(person, proposal)
    context: dict[str, Any] = {
        "proposal": proposal,
        "workspace": proposal.workspace,
        "base": base_for(person, proposal),
        "rest": variants[MOST:],
        "most": MOST,
        "may_branch": may_start_in(person, proposal.workspace),
    }
    if variants:
        context |= _table(person, [proposal, *variants[:MOST]])
    return render(request, "proposals/compare_variants.html", context)


def _table(person: User, proposals: list[Proposal]) -> dict[str, Any]:
    for each in proposals[1:]:
        each.workspace = proposals[0].workspace
    shown, whole = shown_to(person, newest_revisions(proposals))
    scored = assessments_of([each.package for each in shown])
    candidates = [Candidate(each.package, assessment.scorecard) for each, assessment in zip(shown, scored, strict=True)]
    return {"columns": _columns(shown), "table": side_by_side(candidates), "whole": whole}


def _columns(shown: list[Shown]) -> list[Column]:
    base, *variants = shown
    return [
        Column(base.revision.proposal, base.revision, None),
        *(
            Column(each.revision.proposal, each.revision, len(differences(base.document, each.document)))
            for each in variants
        ),
    ]


def _number(text: str) -> int | None:
    """A revision's number; ``None`` if none is given. 404 for what is no number."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER):
        raise Http404
    return int(text)
