from __future__ import annotations

import json
import random
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import AuditEntry
from assessments.package.addresses import value_at
from proposals.building.presence import who_is_here
from proposals.drafting.domain import draft_of, may_undo
from proposals.models import Edit, Proposal, Revision
from tests.personas import Person

TITLE = "/measures/m1/title"
STEPS_SAVED = "/measures/m1/steps"
CLIENT = "0123456789abcdef"
OTHER = "fedcba9876543210"


@pytest.fixture
def proposal(revision: Revision) -> Proposal:
    return revision.proposal


def page(person: Person, proposal: Proposal, where: str = "measures/m1/") -> str:
    response = person.client.get(f"/proposals/{proposal.pk}/draft/{where}")
    assert response.status_code == 200
    return str(response.content.decode())


def post(
    person: Person, proposal: Proposal, said: dict[str, Any], *, htmx: bool = False, version: int = 0,
    client: str = CLIENT, do: str = "", where: str = "measures/m1",
) -> Any:  # fmt: skip
    fields = {"version": version, "client": client, "page": where, "do": do, "field": list(said), **said}
    headers = {"HX-Request": "true"} if htmx else {}
    return person.client.post(reverse("proposals:save_draft", args=[proposal.pk]), fields, headers=headers)


def told(response: HttpResponse) -> dict[str, Any]:
    saved: dict[str, Any] = json.loads(response.headers["HX-Trigger-After-Swap"])["builder:saved"]
    return saved


def now_at(proposal: Proposal, at: str) -> Any:
    newest = proposal.revisions.first()
    assert newest is not None
    return value_at(draft_of(newest), at, None)


@pytest.mark.parametrize("where", ["", "conflict/", "diagnosis/", "purpose/", "measures/", "sequence/", "advice/"])
def test_every_step_is_a_page(mediator: Person, proposal: Proposal, where: str) -> None:
    assert 'id="builder-form"' in page(mediator, proposal, where)


@pytest.mark.parametrize("where", ["nowhere/", "measures/m99/", "measures/../"])
def test_steps_and_measures_that_are_not_there_are_not_found(mediator: Person, proposal: Proposal, where: str) -> None:
    assert mediator.client.get(f"/proposals/{proposal.pk}/draft/{where}").status_code == 404


def test_opening_the_builder_is_written_down(mediator: Person, proposal: Proposal) -> None:
    page(mediator, proposal)
    assert AuditEntry.objects.filter(verb="proposals.confidential_viewed").count() == 1


def test_a_field_is_answered_with_what_changes_around_it(mediator: Person, proposal: Proposal) -> None:
    response = post(mediator, proposal, {TITLE: "New"}, htmx=True)
    assert told(response) == {"version": 1, "accepted": [TITLE], "conflicts": [], "others": False, "reload": False}
    content = response.content.decode()
    assert 'id="builder-state"' in content
    assert 'id="pane" hx-swap-oob="innerHTML"' in content
    assert 'id="builder-form"' not in content
    assert now_at(proposal, TITLE) == "New"


def test_what_cannot_be_read_is_told_at_its_field(mediator: Person, proposal: Proposal) -> None:
    content = post(mediator, proposal, {STEPS_SAVED: "a few"}, htmx=True).content.decode()
    assert '<p class="bf-told" id="f__measures__m1__steps__told" hx-swap-oob="true">' in content
    assert 'value="a few"' in page(mediator, proposal)


def test_two_texts_for_one_field_stand_side_by_side(mediator: Person, codrafter: Person, proposal: Proposal) -> None:
    post(codrafter, proposal, {TITLE: "Theirs <b>"}, client=OTHER)
    response = post(mediator, proposal, {TITLE: "Mine"}, htmx=True)
    assert told(response) == {"version": 1, "accepted": [], "conflicts": [TITLE], "others": True, "reload": False}
    content = response.content.decode()
    assert "Theirs &lt;b&gt;" in content
    assert "Mine" in content
    whole = post(mediator, proposal, {TITLE: "Mine"}).content.decode()
    assert 'value="Mine"' in whole
    assert 'name="version" value="1"' in whole
    assert now_at(proposal, TITLE) == "Theirs <b>"


def test_what_others_wrote_meanwhile_comes_with_the_answer(
    mediator: Person, codrafter: Person, proposal: Proposal
) -> None:
    post(codrafter, proposal, {TITLE: "Theirs <b>"}, client=OTHER)
    response = post(mediator, proposal, {"/measures/m1/description": "Mine"}, htmx=True)
    assert (
        f'<li data-at="{TITLE}"><b>Theirs &lt;b&gt;</b><span>Theirs &lt;b&gt;</span></li>' in response.content.decode()
    )
    post(codrafter, proposal, {}, client=OTHER, do="down /measures/m1", version=2)
    assert told(post(mediator, proposal, {"/measures/m1/steps": "9"}, htmx=True, version=1))["reload"]


@pytest.mark.parametrize("seed", range(3))
def test_an_answer_says_as_a_page_made_anew_does_what_can_be_taken_back(
    mediator: Person, codrafter: Person, proposal: Proposal, seed: int
) -> None:
    dice = random.Random(seed)
    for _ in range(10):
        person = dice.choice([mediator, codrafter])
        do = dice.choice(["", "", "", "undo", "redo", "up /measures/m2", "up /measures/m1", "remove /measures/m99"])
        version = dice.choice([0, Proposal.objects.get(pk=proposal.pk).version])
        client = CLIENT if person is mediator else OTHER
        said = {TITLE: dice.choice(["A", "B"])} if dice.random() < 0.7 else {}
        response = post(person, proposal, said, htmx=True, version=version, client=client, do=do)
        if "HX-Redirect" not in response.headers:
            told = response.context["may_undo"], response.context["may_redo"]
            assert person.user
            assert told == may_undo(proposal, by=person.user)


def test_with_scores_hidden_the_last_step_shows_none_either(mediator: Person, proposal: Proposal) -> None:
    assert "Ten guidelines" in page(mediator, proposal, "advice/")
    mediator.client.post(reverse("proposals:hide_scores", args=[proposal.pk]), {"hide": "yes"})
    hidden = page(mediator, proposal, "advice/")
    assert "Ten guidelines" not in hidden
    assert "Questions and suggestions" in hidden


def test_the_whole_form_leaves_alone_what_others_changed_and_it_did_not(
    mediator: Person, codrafter: Person, proposal: Proposal
) -> None:
    was = now_at(proposal, TITLE)
    post(codrafter, proposal, {TITLE: "Theirs"}, client=OTHER)
    response = post(mediator, proposal, {TITLE: was, "/measures/m1/description": "Mine"})
    assert response.status_code == 302
    assert (now_at(proposal, TITLE), now_at(proposal, "/measures/m1/description")) == ("Theirs", "Mine")


def test_a_button_saves_what_was_typed_first(mediator: Person, proposal: Proposal) -> None:
    response = post(mediator, proposal, {TITLE: "Typed"}, do="add /measures", where="measures")
    assert now_at(proposal, TITLE) == "Typed"
    assert response.headers["Location"] == f"/proposals/{proposal.pk}/draft/measures/m5/"


def test_removing_a_measure_on_its_page_leads_to_the_others(mediator: Person, proposal: Proposal) -> None:
    response = post(mediator, proposal, {}, do="remove /measures/m1")
    assert response.headers["Location"] == f"/proposals/{proposal.pk}/draft/measures/"
    response = post(mediator, proposal, {}, do="undo", where="measures", version=1)
    assert now_at(proposal, "/measures/m1/title")


def test_htmx_leads_to_another_page_by_its_own_header(mediator: Person, proposal: Proposal) -> None:
    response = post(mediator, proposal, {}, do="add /measures", where="measures", htmx=True)
    assert response.headers["HX-Redirect"].endswith("/draft/measures/m5/")


@pytest.mark.parametrize("do", ["remove /measures/m99", "undo", "redo", "nonsense", "up /title", "add /title"])
@pytest.mark.parametrize("htmx", [True, False])
def test_a_button_that_does_not_fit_is_told_and_the_text_kept(
    mediator: Person, proposal: Proposal, do: str, htmx: bool
) -> None:
    said = {} if do in ("undo", "redo") else {TITLE: "Typed"}
    response = post(mediator, proposal, said, do=do, htmx=htmx)
    assert response.status_code == (200 if htmx else 409)
    assert 'role="alert"' in response.content.decode()
    assert not said or now_at(proposal, TITLE) == "Typed"


@pytest.mark.parametrize("at", ["/nothing", "/measures/m99/title", "title", "/measures", "/format", "/measures/m1/id"])
def test_a_form_that_was_not_made_here_changes_nothing_and_gives_the_text_back(
    mediator: Person, proposal: Proposal, at: str
) -> None:
    response = post(mediator, proposal, {at: "Forged", TITLE: "Typed"})
    assert response.status_code == 422
    assert "Typed" in response.content.decode()
    assert post(mediator, proposal, {at: "Forged"}, htmx=True).status_code == 422
    assert Edit.objects.count() == 0


@pytest.mark.parametrize(("version", "client"), [("x", CLIENT), ("-1", CLIENT), ("9" * 30, CLIENT), (0, "<script>")])
def test_forged_marks_of_a_page_do_no_harm(mediator: Person, proposal: Proposal, version: Any, client: str) -> None:
    assert post(mediator, proposal, {TITLE: "Typed"}, version=version, client=client).status_code == 302
    assert now_at(proposal, TITLE) == "Typed"


def test_presence_tells_who_else_is_there_and_that_something_changed(
    mediator: Person, codrafter: Person, proposal: Proposal
) -> None:
    address = reverse("proposals:draft_presence", args=[proposal.pk])
    signs: dict[str, str | int] = {"version": 0, "client": CLIENT, "page": "measures/m1"}
    codrafter.client.get(address, {**signs, "client": OTHER, "page": "sequence"})
    response = mediator.client.get(address, signs)
    assert f"{codrafter.user} is in Sequence" in response.content.decode()
    assert "HX-Trigger" not in response.headers
    post(codrafter, proposal, {TITLE: "Theirs"}, client=OTHER)
    assert "builder:newer" in mediator.client.get(address, signs).headers["HX-Trigger"]
    assert "HX-Trigger" not in codrafter.client.get(address, {**signs, "client": OTHER}).headers


def test_without_redis_nobody_is_shown(mediator: Person, proposal: Proposal, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("proposals.building.presence.cache.get", away)
    assert mediator.user is not None
    assert who_is_here(proposal.pk, mediator.user, client=CLIENT, page="measures") == []


def test_a_page_takes_the_same_queries_whatever_the_draft_holds(
    mediator: Person, proposal: Proposal, django_assert_max_num_queries: Any
) -> None:
    page(mediator, proposal)
    for where in ("conflict/", "measures/", "sequence/", "measures/m1/"):
        with django_assert_max_num_queries(14):
            page(mediator, proposal, where)


def test_a_save_takes_few_queries(mediator: Person, proposal: Proposal, django_assert_max_num_queries: Any) -> None:
    post(mediator, proposal, {TITLE: "One"}, htmx=True)
    with django_assert_max_num_queries(16):
        post(mediator, proposal, {TITLE: "Two"}, htmx=True, version=1)
