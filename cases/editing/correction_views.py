"""Suggesting a correction, for everybody; answering one, for editors."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.pages import confidential, person_of
from cases.editing import corrections
from cases.editing.access import correction_for
from cases.editing.forms import AnswerForm, CorrectionForm
from cases.models import Case, Correction


@require_http_methods(["GET", "POST"])
@confidential
def suggest(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and what became of the person's own suggestions for this case."""
    person = person_of(request)
    case = get_object_or_404(Case, slug=slug)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            corrections.suggest(case, by=person, **form.cleaned_data)
        except corrections.TooManyError:
            form.add_error(
                None,
                _("You have %(number)s suggestions that wait for an answer. Wait until the editors have answered some.")
                % {"number": corrections.MOST_OPEN},
            )
        else:
            messages.success(request, _("Thank you. The editors look at it, and you read their answer here."))
            return redirect("cases:suggest", slug)
    own = Correction.objects.by_person(person).filter(slug=slug)
    context = {"case": case, "form": form, "own": own}
    return render(request, "cases/edit/suggest.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@confidential
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """A suggestion with the form of an answer."""
    person, found = correction_for(request, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            corrections.answer(found, by=person, **form.cleaned_data)
            messages.success(request, _("Answered. Whoever suggested it reads it on the page of the case."))
            return redirect("cases:desk")
        except corrections.AnsweredError:
            messages.info(request, _("Somebody answered already."))
            return redirect("cases:correction", pk)
    context = {"correction": found, "form": form, "case": Case.objects.filter(slug=found.slug).first()}
    return render(request, "cases/edit/correction.html", context, status=422 if form.is_bound else 200)
