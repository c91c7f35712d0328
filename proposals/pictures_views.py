"""The pictures of a proposal: what helps to decide, on one page."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.pages import confidential, person_of
from assessments.pictures.addresses import below
from assessments.pictures.coverage import gaps_of
from assessments.pictures.page import pictures
from assessments.pictures.suggestions import suggestions
from proposals.access import numbered_revision_for
from proposals.domain import note_view, package_shown_to
from proposals.rules import may


@require_GET
@confidential
def pictures_page(request: HttpRequest, pk: uuid.UUID, number: int | None = None) -> HttpResponse:
    """The five pictures of a proposal's revision, of the newest one without a number."""
    person = person_of(request)
    revision = numbered_revision_for(person, pk, number)
    note_view(revision, by=person)
    package = package_shown_to(person, revision)
    address = reverse("proposals:revision", args=[pk, revision.number])
    shown = pictures(package, suggestions(gaps_of(package)), below(address))
    context = {
        "proposal": revision.proposal,
        "workspace": revision.proposal.workspace,
        "revision": revision,
        "is_newest": number is None or revision.is_newest,
        "whole": may(person, "read_confidential", revision.proposal),
        **shown._asdict(),
    }
    return render(request, "proposals/pictures.html", context)
