"""Every address × every persona, GET and POST: nobody gets through a wall, and no new address is forgotten here."""

from __future__ import annotations

import copy
import json
import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.html import escape

from accounts import members
from accounts.models import Membership, Workspace
from assessments.calibration import worked_example
from assessments.engine import assess
from assessments.package import canonical_document, load_package
from cases.domain import load_library
from cases.schema import case_files
from proposals.domain import import_package
from proposals.models import Proposal, Revision
from tests.attempts import forget_attempts
from tests.personas import PERSONAS, Person
from tests.walls import OPEN_LIBRARY, SHELF_REPORT_WALLS, TAKE_IDS, WALLS, Wall


def names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """The names of all addresses below ``patterns``, with their namespaces."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern.url_patterns, prefix + space)
        else:
            yield f"{prefix}{pattern.name}"


@pytest.fixture(autouse=True)
def as_in_production(db: None, settings: Any) -> None:
    """No demonstration; one case of the library."""
    settings.EMBEDDED = False
    load_library({"nuba-mountains-2002": case_files()["nuba-mountains-2002"]})


def test_every_address_has_its_walls_written_down() -> None:
    assert set(names(get_resolver().url_patterns)) == set(WALLS)


def answer(person: Person, method: str, address: str, form: dict[str, Any]) -> int:
    """The status of an answer; what it changed is undone, so that each persona meets the same."""
    cookies = copy.deepcopy(person.client.cookies)
    with transaction.atomic():
        status: int = getattr(person.client, method)(address, form).status_code
        transaction.set_rollback(True)
    person.client.cookies = cookies
    return status


def answers(
    people: dict[str, Person], method: str, walls: Mapping[str, Wall], revision: Revision
) -> dict[str, dict[str, int]]:
    """How each address answers each of the people; nothing of one address is left at the next."""
    found: dict[str, dict[str, int]] = {}
    for name, wall in walls.items():
        forget_attempts()
        with transaction.atomic():
            address, form = reverse(name, args=wall.args(revision)), wall.form(revision)
            sent = form if method == "post" else {}
            found[name] = {who: answer(person, method, address, sent) for who, person in people.items()}
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("part", sorted({name.rpartition(":")[0] for name in WALLS}))
def test_every_address_answers_every_persona_as_written(
    part: str, method: str, personas: dict[str, Person], revision: Revision
) -> None:
    walls = {name: wall for name, wall in WALLS.items() if name.rpartition(":")[0] == part}
    expected = {name: {who: wall.expected(method, who) for who in PERSONAS} for name, wall in walls.items()}
    assert answers(personas, method, walls, revision) == expected


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", SHELF_REPORT_WALLS)
def test_report_of_a_shelf_is_there_for_its_requester_alone(
    name: str, method: str, personas: dict[str, Person], revision: Revision
) -> None:
    wall = SHELF_REPORT_WALLS[name]
    address = reverse(name, args=wall.args(revision))
    expected = {who: wall.expected(method, who) for who in PERSONAS}
    assert {who: answer(personas[who], method, address, {}) for who in PERSONAS} == expected


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_open_library_opens_itself_alone_to_visitors(
    method: str, personas: dict[str, Person], revision: Revision, settings: Any
) -> None:
    settings.OPEN_LIBRARY = True
    opened = 200 if method == "get" else 405
    expected = {
        name: opened if name in OPEN_LIBRARY else wall.expected(method, "anonymous") for name, wall in WALLS.items()
    }
    visitor = {"anonymous": personas["anonymous"]}
    found = {name: each["anonymous"] for name, each in answers(visitor, method, WALLS, revision).items()}
    assert found == expected


def _without_what_differs(page: bytes) -> str:
    """The page without tokens, and without the address that was asked for, which it repeats."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())
    return re.sub(r'name="next" value="[^"]+"', "", text)


TAKES_IDS = [
    (name, method)
    for name, wall in WALLS.items()
    for method in ("get", "post")
    if wall.args in TAKE_IDS and wall.expected(method, "outsider") == 404
]


@pytest.mark.parametrize(("name", "method"), TAKES_IDS)
def test_outsider_cannot_tell_what_exists_elsewhere_from_what_does_not_exist(
    name: str, method: str, outsider: Person, owner: Person, observer: Person, revision: Revision
) -> None:
    there = WALLS[name].args(revision)
    nowhere = [uuid.uuid4() if isinstance(there[0], uuid.UUID) else 987_654_321, *there[1:]]
    ask = getattr(outsider.client, method)
    ask(reverse(name, args=nowhere))
    answers, costs = [], []
    for args in (there, nowhere):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answers.append(ask(reverse(name, args=args)))
        costs.append(len(queries))
    assert [answer.status_code for answer in answers] == [404, 404]
    assert _without_what_differs(answers[0].content) == _without_what_differs(answers[1].content)
    assert sorted(answers[0].headers) == sorted(answers[1].headers)
    assert costs[0] == costs[1]


def test_a_form_takes_no_workspace_that_the_person_does_not_belong_to(
    outsider: Person, workspace: Workspace, other_workspace: Workspace
) -> None:
    assert outsider.user is not None
    third = members.create_workspace("Third", by=outsider.user)
    chosen = outsider.client.post(reverse("accounts:choose_workspace"), {"workspace": str(workspace.pk)})
    assert chosen.status_code == 404
    outsider.user.refresh_from_db()
    assert outsider.user.chosen_workspace == third
    package = json.dumps(canonical_document(worked_example().package))
    form = {"workspace": str(workspace.pk), "text": package}
    uploaded = outsider.client.post(reverse("proposals:upload"), form)
    assert uploaded.status_code == 422
    assert "workspace" in uploaded.context["form"].errors
    assert not Proposal.objects.exists()
    form["workspace"] = str(other_workspace.pk)
    assert outsider.client.post(reverse("proposals:upload"), form).status_code == 302
    assert Proposal.objects.get().workspace == other_workspace


def test_a_filter_takes_nobody_of_another_workspace(outsider: Person, owner: Person, mediator: Person) -> None:
    assert mediator.user is not None
    assert owner.user is not None
    members.change_role(mediator.user.memberships.get(), Membership.Role.REVIEWER, by=owner.user)
    page = outsider.client.get(reverse("accounts:audit_log"), {"person": mediator.user.pk})
    assert "person" in page.context["form"].errors
    assert str(mediator.user) not in page.content.decode()


CONFIDENTIAL = ("unmistakable-note", "unmistakable-motive", "unmistakable-evidence")


@pytest.fixture
def secret(workspace: Workspace, mediator: Person) -> Revision:
    """A proposal with words in each confidential text that stand nowhere else."""
    assert mediator.user is not None
    document = canonical_document(worked_example().package)
    party = document["parties"][0]["id"]
    document["notes"] = CONFIDENTIAL[0]
    document["diagnosis"] |= {"motives": {party: CONFIDENTIAL[1]}, "evidence_note": CONFIDENTIAL[2]}
    return import_package(workspace, load_package(document), by=mediator.user)


def _seen(person: Person, revision: Revision) -> str:
    """All that a person gets to read of a revision."""
    pages = ("proposals:proposal", "proposals:revisions", "proposals:revision", "proposals:download")
    answers = [person.client.get(reverse(name, args=WALLS[name].args(revision))) for name in pages]
    answers.append(person.client.get(reverse("home")))
    return "\n".join(answer.content.decode() for answer in answers)


@pytest.mark.parametrize("who", ["reviewer", "trainer", "observer"])
def test_confidential_parts_and_what_rests_on_them_stay_with_the_drafters(
    who: str, personas: dict[str, Person], secret: Revision
) -> None:
    drafters = _seen(personas["codrafter"], secret)
    assert all(words in drafters for words in CONFIDENTIAL)
    others = _seen(personas[who], secret)
    assert not any(words in others for words in CONFIDENTIAL)
    bare = {k: v for k, v in secret.document.items() if k not in ("diagnosis", "notes")}
    verdict = assess(load_package(bare)).as_dict()["verdict"]
    assert escape(verdict["summary"]) in others, "Others read the advice on a package that never had these parts."


def test_confidential_parts_are_open_to_the_roles_that_the_drafters_name_until_they_are_closed(
    personas: dict[str, Person], secret: Revision
) -> None:
    mediator = personas["mediator"].client
    address = reverse("proposals:confidential", args=[secret.proposal_id])
    mediator.post(address, {"roles": ["reviewer"]})
    assert all(words in _seen(personas["reviewer"], secret) for words in CONFIDENTIAL)
    assert not any(words in _seen(personas["observer"], secret) for words in CONFIDENTIAL)
    report = reverse("reports:for_revision", args=[secret.pk])
    assert [personas[who].client.get(report).status_code for who in ("reviewer", "observer")] == [200, 403]
    mediator.post(address, {})
    assert not any(words in _seen(personas["reviewer"], secret) for words in CONFIDENTIAL)
    assert personas["reviewer"].client.get(report).status_code == 403
