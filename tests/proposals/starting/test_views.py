from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Workspace
from assessments.package.drafts import read_draft
from cases.domain import load_library
from cases.keeping.shelf import put_on_shelf
from cases.models import Case
from cases.schema import case_files
from proposals.drafting.domain import start_draft
from proposals.models import Proposal, Revision
from tests.assessments.test_splitting import AGREEMENT
from tests.personas import Person

SLUGS = ["nuba-mountains-2002", "kenya-wajir-1993", "aceh-coha-2002"]


@pytest.fixture
def library(db: None) -> None:
    load_library({slug: case_files()[slug] for slug in SLUGS})


def shelve(person: Person, workspace: Workspace, *slugs: str) -> None:
    assert person.user is not None
    for slug in slugs:
        put_on_shelf(Case.objects.get(slug=slug), by=person.user, workspace=workspace)


def newest() -> Revision:
    return Revision.objects.latest("pk")


def posted(person: Person, name: str, *args: Any, **form: Any) -> Any:
    return person.client.post(reverse(name, args=args), form)


# Blank, and the worked example


def test_blank_package_begins_with_what_was_said(mediator: Person) -> None:
    form = {"title": "Two towns", "one_side": "Upper", "other_side": "Lower", "phase": "negotiation"}
    assert posted(mediator, "proposals:start", way="blank", **form).status_code == 302
    package = read_draft(newest().document).package
    assert package.title == "Two towns"
    assert [party.name for party in package.parties or ()] == ["Upper", "Lower"]
    assert package.context is not None
    assert package.context.phase == "negotiation"


def test_title_alone_is_enough(mediator: Person) -> None:
    posted(mediator, "proposals:start", way="blank", title="Two towns")
    assert newest().document == {"format": "cbm-package/1", "title": "Two towns"}


def test_without_a_title_nothing_is_started_and_what_was_typed_stays(mediator: Person) -> None:
    response = posted(mediator, "proposals:start", way="blank", one_side="Upper town")
    assert response.status_code == 422
    assert "Upper town" in response.content.decode()
    assert not Proposal.objects.exists()


def test_copy_of_the_example_opens(mediator: Person) -> None:
    assert posted(mediator, "proposals:start", way="example").status_code == 302
    assert Proposal.objects.get().title.endswith("(copy)")


def test_page_offers_five_ways(mediator: Person) -> None:
    page = mediator.client.get(reverse("proposals:start")).content.decode()
    for name in ("start_shelf", "upload", "start_text"):
        assert f'href="{reverse(f"proposals:{name}")}"' in page
    assert page.count('name="way"') == 2


def test_home_leads_to_the_start_for_those_who_draft(mediator: Person, observer: Person) -> None:
    link = f'href="{reverse("proposals:start")}"'
    assert link in mediator.client.get("/").content.decode()
    assert link not in observer.client.get("/").content.decode()


def test_person_in_two_workspaces_chooses_where(mediator: Person, other_workspace: Workspace) -> None:
    assert mediator.user is not None
    other_workspace.memberships.create(user=mediator.user, role="drafter")
    posted(mediator, "proposals:start", way="blank", title="T", workspace=other_workspace.pk)
    assert Proposal.objects.get().workspace == other_workspace


def test_nobody_starts_in_a_workspace_of_others(mediator: Person, other_workspace: Workspace) -> None:
    posted(mediator, "proposals:start", way="blank", title="T", workspace=other_workspace.pk)
    assert not other_workspace.proposals.exists()


# From the shelf, and from a case


@pytest.mark.usefixtures("library")
def test_measures_on_the_shelf_become_prompts(mediator: Person, workspace: Workspace) -> None:
    shelve(mediator, workspace, *SLUGS[:2])
    form = {"title": "T", "measure": [f"{SLUGS[1]}/1", f"{SLUGS[0]}/2"]}
    assert posted(mediator, "proposals:start_shelf", **form).status_code == 302
    measures = newest().document["measures"]
    assert [(each["id"], each["adapted_from"]) for each in measures] == [("m1", SLUGS[0]), ("m2", SLUGS[1])]


@pytest.mark.usefixtures("library")
def test_only_what_is_on_the_persons_own_shelf_is_taken(mediator: Person, owner: Person, workspace: Workspace) -> None:
    shelve(owner, workspace, SLUGS[0])
    shelve(mediator, workspace, SLUGS[1])
    assert mediator.user is not None
    response = posted(mediator, "proposals:start_shelf", title="Typed", measure=[f"{SLUGS[0]}/1"])
    assert response.status_code == 422
    page = response.content.decode()
    assert "Tick at least one measure" in page
    assert 'value="Typed"' in page
    assert SLUGS[0] not in page
    assert SLUGS[1] in page


@pytest.mark.usefixtures("library")
def test_ticks_stay_when_the_title_is_missing(mediator: Person, workspace: Workspace) -> None:
    shelve(mediator, workspace, SLUGS[0])
    page = posted(mediator, "proposals:start_shelf", measure=[f"{SLUGS[0]}/1"]).content.decode()
    assert re.search(rf'value="{SLUGS[0]}/1" checked', page)


@pytest.mark.usefixtures("library")
def test_empty_shelf_says_what_to_do(mediator: Person) -> None:
    assert "Your shelf is empty" in mediator.client.get(reverse("proposals:start_shelf")).content.decode()


@pytest.mark.usefixtures("library")
def test_shelf_costs_the_same_queries_whatever_is_on_it(mediator: Person, workspace: Workspace) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            mediator.client.get(reverse("proposals:start_shelf"))
        return len(captured)

    shelve(mediator, workspace, SLUGS[0])
    one = queries()
    shelve(mediator, workspace, *SLUGS[1:])
    assert queries() == one


@pytest.mark.usefixtures("library")
def test_case_page_leads_drafters_to_take_a_measure_along(mediator: Person, observer: Person) -> None:
    link = reverse("proposals:inspire", args=[SLUGS[0], 1])
    address = reverse("cases:case", args=[SLUGS[0]])
    assert link in mediator.client.get(address).content.decode()
    assert "Use as inspiration" not in observer.client.get(address).content.decode()


@pytest.mark.usefixtures("library")
def test_measure_is_taken_into_a_draft_that_the_person_may_edit(mediator: Person, revision: Revision) -> None:
    before = len(revision.document["measures"])
    response = posted(mediator, "proposals:inspire", SLUGS[0], 2, into=str(revision.proposal_id))
    assert response.status_code == 302
    measures = newest().document["measures"]
    assert len(measures) == before + 1
    assert measures[-1]["title"] == Case.objects.get(slug=SLUGS[0]).measures.all()[1].title


@pytest.mark.usefixtures("library")
def test_measure_begins_a_new_draft(mediator: Person) -> None:
    posted(mediator, "proposals:inspire", SLUGS[0], 1, into="new", title="")
    assert newest().proposal.title == "Untitled package"
    assert len(newest().document["measures"]) == 1


@pytest.mark.usefixtures("library")
def test_measure_is_not_taken_into_a_draft_of_others(outsider: Person, revision: Revision) -> None:
    response = posted(outsider, "proposals:inspire", SLUGS[0], 1, into=str(revision.proposal_id))
    assert response.status_code == 422
    assert revision.proposal.title not in response.content.decode()
    assert revision.proposal.revisions.count() == 1


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("number", [0, 99])
def test_measure_that_the_case_does_not_have_is_not_found(mediator: Person, number: int) -> None:
    assert mediator.client.get(reverse("proposals:inspire", args=[SLUGS[0], number])).status_code == 404


@pytest.mark.usefixtures("library")
def test_draft_whose_measures_cannot_be_read_is_named_and_kept(mediator: Person, workspace: Workspace) -> None:
    assert mediator.user is not None
    draft = start_draft(workspace, {"title": "T", "measures": "some"}, by=mediator.user)
    response = posted(mediator, "proposals:inspire", SLUGS[0], 1, into=str(draft.proposal_id))
    assert response.status_code == 422
    assert "Mend it first" in response.content.decode()


@pytest.mark.usefixtures("library")
def test_page_to_take_a_measure_along_costs_the_same_queries_at_one_and_three_drafts(
    mediator: Person, workspace: Workspace
) -> None:
    assert mediator.user is not None

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            mediator.client.get(reverse("proposals:inspire", args=[SLUGS[0], 1]))
        return len(captured)

    start_draft(workspace, {"title": "T"}, by=mediator.user)
    one = queries()
    for _ in range(2):
        start_draft(workspace, {"title": "T"}, by=mediator.user)
    assert queries() == one


# From the text of an agreement


def fields(page: str) -> dict[str, Any]:
    """What a browser would send of the page with the clauses."""
    form: dict[str, Any] = {}
    for name, value in re.findall(r'<input (?:type="hidden" |id="[^"]*" )name="([^"]+)" value="([^"]*)"', page):
        form[name] = value
    form.pop("csrfmiddlewaretoken", None)
    for name in re.findall(r'<input type="checkbox"[^>]*name="([^"]+)"[^>]* checked', page):
        form[name] = "on"
    return form


def cut(person: Person, text: str = AGREEMENT, **form: Any) -> str:
    response = posted(
        person, "proposals:start_text", text=text, language="en", parties="Gov\nSPLM", step="split", **form
    )
    assert response.status_code == 200
    return str(response.content.decode())


def test_clauses_are_shown_with_their_loose_words_and_nothing_is_stored(mediator: Person) -> None:
    page = cut(mediator)
    assert '<mark class="loose" title="Hedged duty">endeavour</mark>' in page
    assert 'value="Cessation of hostilities"' in page
    assert 'value="gov"' in page
    assert not Proposal.objects.exists()


def test_draft_is_made_of_the_clauses_as_they_were_tagged(mediator: Person) -> None:
    form = fields(cut(mediator))
    title = next(name for name, value in form.items() if value == "Humanitarian access")
    form |= {title: "Roads", title.replace("title-", "who-"): ["gov", "splm"], "title": "A truce"}
    response = posted(mediator, "proposals:start_text", **form, text=AGREEMENT, step="make")
    assert response.status_code == 302
    reading = read_draft(newest().document)
    assert reading.problems == []
    package = reading.package
    assert package.title == "A truce"
    assert [measure.title for measure in package.measures or ()][-1] == "Roads"
    assert (package.measures or ())[-1].commitments[0].who == ("gov", "splm")  # type: ignore[index]
    assert "CHAPTER I GENERAL PROVISIONS" in (package.notes or "")


def test_title_of_the_agreement_is_suggested(mediator: Person) -> None:
    assert 'value="AGREEMENT ON THE CESSATION OF HOSTILITIES"' in cut(mediator)


def test_tags_stay_when_text_or_parties_are_changed(mediator: Person) -> None:
    form = fields(cut(mediator))
    title = next(name for name, value in form.items() if value == "Humanitarian access")
    form |= {title: "Our roads", "title": "Our title"}
    del form["keep_rest"]
    page = posted(mediator, "proposals:start_text", **form, text=AGREEMENT, step="edit").content.decode()
    assert f'name="{title}" value="Our roads"' in page
    assert "Article 1: Cessation of hostilities" in page
    again = fields(page) | {"text": AGREEMENT + "\nOne more.", "parties": "Third", "language": "en", "step": "split"}
    page = mediator.client.post(reverse("proposals:start_text"), again).content.decode()
    assert 'value="Our roads"' in page
    assert 'value="Our title"' in page
    assert 'value="third"' in page
    assert 'name="keep_rest" checked' not in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"text": ""}, "Paste the text of the agreement."),
        ({"text": " ;-) \n"}, "There is no word in this text."),
        ({"text": "word " * 40_001}, "at most 200000 characters|200,000"),
        ({"text": "Kept text.", "language": "no tag!"}, "Write a tag such as"),
        ({"text": "Kept.\n" * 3_001}, "3001 clauses; the most at once is 3000"),
    ],
)
def test_text_that_cannot_be_cut_is_kept_and_the_error_says_what_to_do(
    mediator: Person, form: dict[str, str], said: str
) -> None:
    response = posted(mediator, "proposals:start_text", **{"language": "en", **form})
    page = response.content.decode()
    assert response.status_code == 422
    assert re.search(said, page)
    assert form["text"].strip()[:4] in page


def test_too_much_left_out_is_told_before_anything_is_stored(mediator: Person) -> None:
    text = "Article 1: Guns\n\n" + "Guns are stored in this place. " * 900
    form = fields(cut(mediator, text))
    form |= {name.replace("title-", "out-"): "on" for name in form if name.startswith("title-")}
    response = posted(mediator, "proposals:start_text", **form, text=text, step="make")
    assert response.status_code == 422
    assert "the notes hold 20,000" in response.content.decode()
    del form["keep_rest"]
    assert posted(mediator, "proposals:start_text", **form, text=text, step="make").status_code == 302
    assert "notes" not in newest().document


def test_text_is_escaped_where_it_is_shown(mediator: Person) -> None:
    page = cut(mediator, "Article 1: <script>x</script>\n\n</textarea><b>Guns</b> as appropriate.")
    assert "<script>x" not in page
    assert "<b>Guns" not in page


def test_long_text_costs_the_same_queries_as_a_short_one(mediator: Person) -> None:
    def queries(text: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            cut(mediator, text)
        return len(captured)

    assert queries(AGREEMENT) == queries(AGREEMENT * 20)
