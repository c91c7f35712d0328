"""Saved searches: the same search once, named in words, and nobody else's."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Workspace
from cases.domain import load_library
from cases.keeping import saved
from cases.keeping.saved import name_for, open_search, save_search
from cases.models import SavedSearch
from cases.schema import case_files
from cases.searching.results import library as whole_library
from cases.searching.selection import Selection, read_selection
from tests.personas import Person
from tests.reports.rows import user_of

pytestmark = pytest.mark.usefixtures("library")
QUERY = "?words=truce&sector=security&sector=political&from=1990"


def selection(query: str) -> Selection:
    return read_selection(QueryDict(query.removeprefix("?")), whole_library()[1].values("region"))


def search_of(person: Person, workspace: Workspace, query: str = QUERY, name: str = "Mine") -> SavedSearch:
    return save_search(selection(query), name, 1, by=user_of(person), workspace=workspace)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        (QUERY, "“truce”, Security, Political, from 1990"),
        ("?from=1990&to=2000", "1990–2000"),
        ("?to=2000&lesson=G4", "Verifiable, to 2000"),
    ],
)
def test_name_is_proposed_from_what_is_looked_for(query: str, name: str) -> None:
    assert name_for(selection(query)) == name


def test_proposed_name_is_never_too_long(mediator: Person, workspace: Workspace) -> None:
    query = "?words=" + "peace+" * 40
    search = search_of(mediator, workspace, query, name_for(selection(query)))
    assert len(SavedSearch.objects.get(pk=search.pk).name) <= 120


def test_same_search_twice_is_renamed_whatever_the_order_page_and_view(mediator: Person, workspace: Workspace) -> None:
    search_of(mediator, workspace, name="First")
    search_of(
        mediator, workspace, "?from=1990&sector=political&sector=security&words=truce&view=matrix&page=2", "Second"
    )
    assert [search.name for search in SavedSearch.objects.all()] == ["Second"]


def test_others_may_save_the_same(mediator: Person, codrafter: Person, workspace: Workspace) -> None:
    for person in (mediator, codrafter):
        search_of(person, workspace)
    assert SavedSearch.objects.count() == 2


def test_whole_library_cannot_be_saved(mediator: Person, workspace: Workspace) -> None:
    with pytest.raises(saved.NothingToSaveError):
        search_of(mediator, workspace, "?view=timeline")
    response = mediator.client.post(reverse("cases:save_search"), {"name": "All"})
    assert response.status_code == 422
    assert "narrowed by nothing" in response.content.decode()
    assert not SavedSearch.objects.exists()


def test_there_is_an_end_to_them_and_what_is_there_can_still_be_renamed(
    mediator: Person, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "MOST", 1)
    search_of(mediator, workspace)
    search_of(mediator, workspace, name="Again")
    with pytest.raises(saved.TooManySearchesError):
        search_of(mediator, workspace, "?words=other")
    response = mediator.client.post(reverse("cases:save_search") + "?words=other", {"name": "Kept as typed"})
    assert response.status_code == 422
    assert "Delete one first" in response.content.decode()
    assert 'value="Kept as typed"' in response.content.decode()


def test_nobody_saves_in_a_workspace_of_others_or_opens_what_is_not_theirs(
    outsider: Person, codrafter: Person, mediator: Person, workspace: Workspace
) -> None:
    with pytest.raises(PermissionDenied):
        search_of(outsider, workspace)
    search = search_of(mediator, workspace)
    for verb in (open_search, saved.delete_search):
        with pytest.raises(PermissionDenied):
            verb(search, by=user_of(codrafter))
    with pytest.raises(PermissionDenied):
        saved.rename_search(search, "Theirs", by=user_of(codrafter))


def test_opening_leads_to_the_results_and_says_what_changed_once(mediator: Person) -> None:
    files = case_files()
    mediator.client.post(reverse("cases:save_search") + "?words=Nuba", {"name": "Nuba"})
    search = SavedSearch.objects.get()
    address = reverse("cases:saved_search", args=[search.pk])
    assert "finds" not in mediator.client.get(address, follow=True).content.decode()
    load_library({slug: file for slug, file in files.items() if slug != "nuba-mountains-2002"})
    opened = mediator.client.get(address, follow=True)
    assert opened.redirect_chain == [("/cases/?words=Nuba", 302)]
    now = search.found - 1
    words = f"It finds {now} case{'' if now == 1 else 's'} now; when you last opened it there were {search.found}."
    assert words in opened.content.decode()
    assert "when you last opened" not in mediator.client.get(address, follow=True).content.decode()


def test_library_page_offers_to_save_what_is_narrowed(mediator: Person, participant: Person) -> None:
    link = 'href="/cases/searches/save/?words=Nuba"'
    assert link in mediator.client.get("/cases/?words=Nuba").content.decode()
    assert link in mediator.client.get("/cases/?words=Nuba", headers={"HX-Request": "true"}).content.decode()
    assert "Save this search" not in mediator.client.get("/cases/").content.decode()
    assert "Save this search" not in participant.client.get("/cases/?words=Nuba").content.decode()


def test_page_proposes_a_name_and_says_if_it_is_saved_already(mediator: Person, workspace: Workspace) -> None:
    address = reverse("cases:save_search") + "?words=Nuba"
    assert 'value="“Nuba”"' in mediator.client.get(address).content.decode()
    search_of(mediator, workspace, "?words=Nuba", "The truce")
    assert "already, as “The truce”" in mediator.client.get(address).content.decode()


def test_renaming_keeps_what_was_typed_if_it_will_not_do(mediator: Person, workspace: Workspace) -> None:
    search = search_of(mediator, workspace)
    address = reverse("cases:rename_search", args=[search.pk])
    refused = mediator.client.post(address, {"name": "x" * 121})
    assert refused.status_code == 422
    assert "x" * 121 in refused.content.decode()
    mediator.client.post(address, {"name": "Better"})
    assert SavedSearch.objects.get().name == "Better"


def test_deleting_forgets_it(mediator: Person, workspace: Workspace) -> None:
    search = search_of(mediator, workspace)
    page = mediator.client.post(reverse("cases:delete_search", args=[search.pk]), follow=True).content.decode()
    assert "“Mine” is deleted." in page
    assert not SavedSearch.objects.exists()


def test_each_sees_their_own_alone(mediator: Person, codrafter: Person, workspace: Workspace) -> None:
    search_of(mediator, workspace, name="Only mine")
    for headers in ({}, {"HX-Request": "true"}):
        address = reverse("cases:saved_searches")
        assert "Only mine" in mediator.client.get(address, headers=headers).content.decode()
        assert "Only mine" not in codrafter.client.get(address, headers=headers).content.decode()


def test_list_asks_as_little_for_three_as_for_one(mediator: Person, workspace: Workspace) -> None:
    costs = []
    for query in ("?words=a", "?words=b", "?words=c"):
        search_of(mediator, workspace, query)
        with CaptureQueriesContext(connection) as queries:
            mediator.client.get(reverse("cases:saved_searches"))
        costs.append(len(queries))
    assert len(set(costs)) == 1
