"""Pages of the saved searches."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.pages import confidential, person_of
from cases.keeping import saved
from cases.keeping.access import keeper, saved_search_for
from cases.keeping.forms import SearchNameForm
from cases.models import SavedSearch
from cases.searching.results import Results, library
from cases.searching.selection import read_selection


@require_GET
@confidential
def saved_searches(request: HttpRequest) -> HttpResponse:
    """What the person has saved; as a fragment the names alone."""
    own = SavedSearch.objects.of(*keeper(person_of(request)))
    template = "cases/_saved_searches.html" if request.htmx else "cases/saved_searches.html"  # type: ignore[attr-defined]
    return render(request, template, {"searches": list(own)})


@require_http_methods(["GET", "POST"])
@confidential
def save_search(request: HttpRequest) -> HttpResponse:
    """Saves the search of the address under a name, which is proposed."""
    person, workspace = keeper(person_of(request))
    edition, bitmaps = library()
    selection = read_selection(request.GET, bitmaps.values("region"))
    proposed = saved.name_for(selection)
    form = SearchNameForm(request.POST) if request.method == "POST" else SearchNameForm(initial={"name": proposed})
    found = Results(selection, edition, bitmaps).case_count
    if selection.is_narrowed and form.is_bound and form.is_valid():
        try:
            search = saved.save_search(selection, form.cleaned_data["name"], found, by=person, workspace=workspace)
            messages.success(request, _("The search is saved as “%(name)s”.") % {"name": search.name})
            return redirect(reverse("cases:list") + selection.query())
        except saved.TooManySearchesError:
            said = _("You have %(most)d saved searches, and there is no room for more. Delete one first.")
            form.add_error(None, said % {"most": saved.MOST})
    known = SavedSearch.objects.of(person, workspace).filter(query=saved.same_for_all(selection)).first()
    context = {"form": form, "selection": selection, "found": found, "known": known}
    failed = request.method == "POST"
    return render(request, "cases/save_search.html", context, status=422 if failed else 200)


@require_GET
@confidential
def saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the results of a saved search, and says whether there are more or fewer than the last time."""
    person = person_of(request)
    opened = saved.open_search(saved_search_for(person, pk), by=person)
    if opened.now != opened.before:
        now = ngettext("It finds %(now)d case now", "It finds %(now)d cases now", opened.now)
        said = _("%(now)s; when you last opened it there were %(before)d.")
        messages.info(request, said % {"now": now % {"now": opened.now}, "before": opened.before})
    return redirect(reverse("cases:list") + opened.query)


@require_POST
def rename_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for a saved search."""
    person = person_of(request)
    search = saved_search_for(person, pk)
    form = SearchNameForm(request.POST)
    if not form.is_valid():
        own = list(SavedSearch.objects.of(*keeper(person)))
        context = {"searches": own, "wrong": search.pk, "form": form}
        return render(request, "cases/saved_searches.html", context, status=422)
    saved.rename_search(search, form.cleaned_data["name"], by=person)
    messages.success(request, _("The search is called “%(name)s” now.") % form.cleaned_data)
    return redirect("cases:saved_searches")


@require_POST
def delete_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Forgets a saved search."""
    person = person_of(request)
    search = saved_search_for(person, pk)
    saved.delete_search(search, by=person)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": search.name})
    return redirect("cases:saved_searches")
