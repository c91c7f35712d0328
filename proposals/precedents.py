"""Historic measures beside a measure of a proposal."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.pages import confidential, person_of
from assessments.package.models import Measure
from assessments.precedents import drafted_context, drafted_measure
from cases.precedents import Precedent, precedents
from cases.presentation import ResultWord, result_word
from proposals.access import numbered_revision_for
from proposals.domain import note_view, package_shown_to


class ShownPrecedent(NamedTuple):
    """A precedent with what came of it in a word and a mark."""

    precedent: Precedent
    word: ResultWord


@require_GET
@confidential
def precedents_page(request: HttpRequest, pk: uuid.UUID, measure: str, number: int | None = None) -> HttpResponse:
    """What became of measures like one of a revision's, of the newest without a number; for htmx without the page.

    404 if the revision has no such measure.
    """
    person = person_of(request)
    revision = numbered_revision_for(person, pk, number)
    note_view(revision, by=person)
    package = package_shown_to(person, revision)
    drafted = _measure(package.measures or (), measure)
    found = precedents(drafted_measure(package, drafted), drafted_context(package))
    context = {
        "proposal": revision.proposal,
        "workspace": revision.proposal.workspace,
        "revision": revision,
        "measure": drafted,
        "precedents": [ShownPrecedent(each, result_word(each.measure.result)) for each in found],
    }
    fragment = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    template = "cases/_precedents.html" if fragment else "proposals/precedents.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _measure(measures: tuple[Measure, ...], measure_id: str) -> Measure:
    found = next((each for each in measures if each.id == measure_id), None)
    if found is None:
        raise Http404(_("The draft has no such measure."))
    return found
