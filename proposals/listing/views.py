"""The lists of proposals, and what is done with several at once."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from accounts.pages import confidential, next_page, person_of
from proposals.listing.choosing import MOST, archived_then, chosen_or_told, list_of, selection_in
from proposals.listing.domain import archive_proposals, put_back_from_archive
from proposals.listing.facets import SORTS, STATES, TABS, facets
from proposals.listing.results import COUNTED, ListPage, found_for, page_of
from proposals.listing.selection import START, Place, Selection, read_selection
from proposals.models import Proposal
from proposals.rules import may_start_in


class Option(NamedTuple):
    """A value that can be chosen."""

    value: str
    label: str
    is_chosen: bool


class Box(NamedTuple):
    """A facet with its values; ``chosen``: how many of them are."""

    name: str
    title: str
    options: list[Option]
    chosen: int


@require_GET
@confidential
def proposal_list(request: HttpRequest) -> HttpResponse:
    """The proposals that fit the address: a page, or for htmx what changes of it."""
    person = person_of(request)
    selection = read_selection(request.GET)
    found = found_for(person, selection)
    page = page_of(found.proposals, selection)
    context = {
        "selection": selection,
        "wordless": found.wordless,
        **_parts(person, selection),
        **_pages(selection, page),
        **_count(page.number),
        **_undo(person, request.GET.get("undo", "")),
    }
    htmx = request.htmx  # type: ignore[attr-defined]
    fragment = htmx and not htmx.history_restore_request
    response = render(request, "proposals/_changed.html" if fragment else "proposals/list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
def archive(request: HttpRequest) -> HttpResponse:
    """Archives what was chosen in the list and offers to undo that."""
    person = person_of(request)
    back = list_of(selection_in(request.POST))
    chosen = chosen_or_told(request, person)
    if not chosen:
        return redirect(back)
    number, moment = archive_proposals(chosen, by=person)
    if not number:
        messages.info(request, _("It was archived already."))
        return redirect(back)
    return redirect(f"{back}{'&' if '?' in back else '?'}{urlencode({'undo': moment.isoformat()})}")


@require_POST
def put_back(request: HttpRequest) -> HttpResponse:
    """Takes what was chosen out of the archive, and leads back to the list or to the page that the form names."""
    person = person_of(request)
    chosen = chosen_or_told(request, person)
    if chosen:
        number = put_back_from_archive(chosen, by=person)
        said = ngettext("%(number)s proposal is a draft again.", "%(number)s proposals are drafts again.", number)
        messages.success(request, said % {"number": number})
    if request.POST.get("next"):
        return redirect(next_page(request, otherwise="proposals:list"))
    return redirect(list_of(selection_in(request.POST)))


def _parts(person: User, selection: Selection) -> dict[str, Any]:
    """What stands around the rows: tabs, facets, orders, and whether the person may change what is listed."""
    drafts_here = person.workspace is not None and may_start_in(person, person.workspace)
    tabs = [tab for tab in TABS if tab != "shared" or _has_shares(person, selection)]
    return {
        "tabs": [(TABS[tab], selection.in_tab(tab).query(), tab == selection.tab) for tab in tabs],
        "facets": [_box(name, selection) for name in facets()],
        "sorts": [Option(name, str(sort.title), name == selection.sort) for name, sort in SORTS.items()],
        "states": [Option(name, str(title), name == selection.state) for name, title in STATES.items()],
        "may_start": drafts_here,
        "may_change": drafts_here and selection.tab != "shared",
        "shared": selection.tab == "shared",
    }


def _has_shares(person: User, selection: Selection) -> bool:
    return selection.tab == "shared" or Proposal.objects.kept().shared_with(person).exists()


def _box(name: str, selection: Selection) -> Box:
    facet = facets()[name]
    chosen = selection.chosen.get(name, ())
    options = [Option(value, facet.label(value), value in chosen) for value in facet.labels]
    return Box(name, str(facet.title), options, len(chosen))


def _pages(selection: Selection, page: ListPage) -> dict[str, Any]:
    """The rows, and the addresses of the pages around them."""
    before, after = page.before, page.after
    return {
        "proposals": page.proposals,
        "first": selection.at(START).query() if before else "",
        "before": selection.at(before).query() if before else "",
        "after": selection.at(after).query() if after else "",
        "last": selection.at(Place("end")).query() if after else "",
    }


def _count(number: int) -> dict[str, Any]:
    return {"number": min(number, COUNTED), "is_more": number > COUNTED}


def _undo(person: User, moment: str) -> dict[str, Any]:
    """What the person archived just now, to be put back."""
    archived = list(archived_then(person, moment)[: MOST + 1]) if moment else []
    return {"undo": moment, "undo_number": len(archived), "undo_title": archived[0].title} if archived else {}
