"""Every address × every persona, GET and POST: nobody gets through a wall, and no new address is forgotten here."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.html import escape

from accounts import invitations, members
from accounts.models import Membership, Workspace
from assessments.calibration import worked_example
from assessments.engine import assess
from assessments.engine.rubric import VERSION
from assessments.package import canonical_document, load_package
from cases.domain import load_library
from cases.schema import case_files
from proposals.domain import import_package
from proposals.models import Proposal, Revision
from reports.models import Report
from tests.attempts import forget_attempts
from tests.personas import PERSONAS, Person

GROUPS = {
    "owner": 0,
    "mediator": 1,
    "codrafter": 1,
    "reviewer": 2,
    "trainer": 2,
    "observer": 2,
    "outsider": 3,
    "participant": 4,
    "anonymous": 5,
}
OPEN = "200 200 200 200 200 200"
SIGNED_IN = "200 200 200 200 200 302"
TEAM = "200 200 200 404 404 302"
DRAFTERS = "200 200 403 404 404 302"
OWNERS = "200 403 403 200 404 302"
"""Of the workspace that the person works in; the outsider owns one too."""
NO_METHOD = "405 405 405 405 405 302"
NEVER = "405 405 405 405 405 405"
NOTHING = "404 404 404 404 404 404"
NONE_YET = "404 404 404 404 404 302"
"""Second steps and sessions that the personas do not have."""
AWAY = "302 302 302 302 302 302"
WITHOUT_MEANS = "403 403 403 403 403 302"
"""The personas have nothing with which to show again who they are."""


class Wall(NamedTuple):
    """How an address answers: owner, drafters (mediator and co-drafter), readers (reviewer, trainer, observer),
    outsider, participant, anonymous. ``args`` come from the team's revision; ``form`` is what a POST sends."""

    get: str
    post: str = NO_METHOD
    args: Callable[[Revision], list[Any]] = lambda revision: []
    form: Callable[[Revision], dict[str, Any]] = lambda revision: {}

    def expected(self, method: str, persona: str) -> int:
        return int(getattr(self, method).split()[GROUPS[persona]])


def _proposal(revision: Revision) -> list[Any]:
    return [revision.proposal_id]


def _numbered(revision: Revision) -> list[Any]:
    return [revision.proposal_id, revision.number]


def _revision(revision: Revision) -> list[Any]:
    return [revision.pk]


def _file(revision: Revision) -> list[Any]:
    return [*_numbered(revision), "json"]


def _report(state: Report.State) -> Callable[[Revision], list[Any]]:
    def made(revision: Revision) -> list[Any]:
        failed = state == Report.State.FAILED
        report = Report(
            workspace=revision.proposal.workspace,
            revision=revision,
            rubric_version=VERSION,
            requested_by=revision.author,
            state=state,
            error="for the test" if failed else "",
        )
        report.file.save("report.pdf", ContentFile(b"%PDF"), save=False)
        report.save()
        return [report.pk]

    return made


def _member(revision: Revision) -> list[Any]:
    return [Membership.objects.get(workspace=revision.proposal.workspace, user__name="Observer").pk]


def _invitation(revision: Revision) -> list[Any]:
    workspace = revision.proposal.workspace
    owner = Membership.objects.get(workspace=workspace, role=Membership.Role.OWNER).user
    return [invitations.invite(workspace, "new@example.org", Membership.Role.OBSERVER, by=owner)[0].pk]


def _workspace(revision: Revision) -> dict[str, Any]:
    return {"workspace": str(revision.proposal.workspace_id)}


_done = _report(Report.State.DONE)
_failed = _report(Report.State.FAILED)

WALLS: dict[str, Wall] = {
    "healthz": Wall(OPEN, OPEN),
    "home": Wall(SIGNED_IN),
    "guidelines:list": Wall(SIGNED_IN),
    "guidelines:guideline": Wall(SIGNED_IN, args=lambda revision: ["G4"]),
    "cases:list": Wall(SIGNED_IN),
    "cases:case": Wall(SIGNED_IN, args=lambda revision: ["nuba-mountains-2002"]),
    "assessments:package_schema": Wall(OPEN, "405 405 405 405 405 405"),
    "assessments:scorecard_schema": Wall(OPEN, "405 405 405 405 405 405"),
    "assessments:checks_of": Wall(SIGNED_IN, args=lambda revision: ["G4"]),
    "account_login": Wall("302 302 302 302 302 200", "302 302 302 302 302 200"),
    "account_logout": Wall("200 200 200 200 200 302", AWAY),
    "account_inactive": Wall(OPEN, NEVER),
    "account_signup": Wall("302 302 302 302 302 200", "302 302 302 302 302 200"),
    "account_reauthenticate": Wall(WITHOUT_MEANS, WITHOUT_MEANS),
    "account_email": Wall(SIGNED_IN, AWAY),
    "account_email_verification_sent": Wall(OPEN, NEVER),
    "account_confirm_email": Wall(OPEN, NOTHING, args=lambda revision: ["no-such-key"]),
    "account_change_password": Wall(AWAY, AWAY),
    "account_set_password": Wall(SIGNED_IN, SIGNED_IN),
    "account_reset_password": Wall(OPEN, OPEN),
    "account_reset_password_done": Wall(OPEN, NEVER),
    "account_reset_password_from_key": Wall(OPEN, OPEN, args=lambda revision: ["1", "no-such-key"]),
    "account_reset_password_from_key_done": Wall(OPEN, NEVER),
    "mfa_index": Wall(SIGNED_IN),
    "mfa_authenticate": Wall(AWAY, AWAY),
    "mfa_reauthenticate": Wall(WITHOUT_MEANS, WITHOUT_MEANS),
    "mfa_activate_totp": Wall(SIGNED_IN, SIGNED_IN),
    "mfa_deactivate_totp": Wall(NONE_YET, NONE_YET),
    "mfa_view_recovery_codes": Wall(NONE_YET),
    "mfa_generate_recovery_codes": Wall(SIGNED_IN, SIGNED_IN),
    "mfa_download_recovery_codes": Wall(NONE_YET, NONE_YET),
    "mfa_list_webauthn": Wall(SIGNED_IN),
    "mfa_add_webauthn": Wall(SIGNED_IN, SIGNED_IN),
    "mfa_reauthenticate_webauthn": Wall(WITHOUT_MEANS, WITHOUT_MEANS),
    "mfa_remove_webauthn": Wall(NONE_YET, NONE_YET, args=lambda revision: [1]),
    "mfa_edit_webauthn": Wall(NONE_YET, NONE_YET, args=lambda revision: [1]),
    "mfa_login_webauthn": Wall(AWAY, AWAY),
    "usersessions_list": Wall(SIGNED_IN, AWAY),
    "openid_connect_callback": Wall(NOTHING, NOTHING, args=lambda revision: ["oidc"]),
    "socialaccount_login_cancelled": Wall(OPEN, NEVER),
    "socialaccount_login_error": Wall("401 401 401 401 401 401", NEVER),
    "accounts:home": Wall(SIGNED_IN, SIGNED_IN),
    "accounts:end_session": Wall(NO_METHOD, NONE_YET, args=lambda revision: [1]),
    "accounts:oidc": Wall(NOTHING, NEVER),
    "accounts:invitation": Wall(NOTHING, NOTHING, args=lambda revision: ["no-such-token"]),
    "accounts:mail": Wall(NOTHING, NEVER),
    "accounts:open_link": Wall("404 404 404 404 404 404", "405 405 405 405 405 405", args=lambda revision: ["none"]),
    "accounts:theme": Wall("405 405 405 405 405 405", "400 400 400 400 400 400"),
    "accounts:workspace": Wall("200 200 200 200 404 302"),
    "accounts:new_workspace": Wall(SIGNED_IN, "422 422 422 422 422 302"),
    "accounts:choose_workspace": Wall(NO_METHOD, "302 302 302 404 404 302", form=_workspace),
    "accounts:workspace_settings": Wall(OWNERS, "422 403 403 422 404 302"),
    "accounts:leave": Wall("200 200 200 200 404 302", "302 302 302 302 404 302"),
    "accounts:invite": Wall(NO_METHOD, "422 403 403 422 404 302"),
    "accounts:withdraw_invitation": Wall(NO_METHOD, "302 403 403 404 404 302", args=_invitation),
    "accounts:change_role": Wall(NO_METHOD, "302 403 403 404 404 302", args=_member),
    "accounts:transfer": Wall("200 403 403 404 404 302", "302 403 403 404 404 302", args=_member),
    "accounts:remove": Wall("200 403 403 404 404 302", "302 403 403 404 404 302", args=_member),
    "accounts:audit_log": Wall(OWNERS),
    "accounts:audit_csv": Wall(OWNERS),
    "accounts:see_as": Wall(NO_METHOD, "404 404 404 404 404 302"),
    "proposals:list": Wall(SIGNED_IN),
    "proposals:upload": Wall("200 200 403 200 403 302", "422 422 403 422 403 302"),
    "proposals:open_example": Wall(NO_METHOD, "302 302 403 302 403 302"),
    "proposals:proposal": Wall(TEAM, args=_proposal),
    "proposals:upload_revision": Wall(DRAFTERS, "422 422 403 404 404 302", args=_proposal),
    "proposals:confidential": Wall(DRAFTERS, "302 302 403 404 404 302", args=_proposal),
    "proposals:revisions": Wall(TEAM, args=_proposal),
    "proposals:revision": Wall(TEAM, args=_numbered),
    "proposals:download": Wall(TEAM, args=_file),
    "reports:list": Wall(SIGNED_IN),
    "reports:for_revision": Wall(DRAFTERS, args=_revision),
    "reports:request": Wall(NO_METHOD, "302 302 403 404 404 302", args=_revision),
    "reports:report": Wall(DRAFTERS, args=_done),
    "reports:download": Wall(DRAFTERS, args=_done),
    "reports:retry": Wall(NO_METHOD, "302 302 403 404 404 302", args=_failed),
}


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
    forget_attempts()
    load_library({"nuba-mountains-2002": case_files()["nuba-mountains-2002"]})


def test_every_address_has_its_walls_written_down() -> None:
    assert set(names(get_resolver().url_patterns)) == set(WALLS)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", WALLS)
def test_address_answers_every_persona_as_written(
    name: str, method: str, personas: dict[str, Person], revision: Revision
) -> None:
    wall = WALLS[name]
    address, form = reverse(name, args=wall.args(revision)), wall.form(revision)
    expected = {who: wall.expected(method, who) for who in PERSONAS}
    # The one whose POST changes the most comes last.
    found = {
        who: getattr(personas[who].client, method)(address, form if method == "post" else {}).status_code
        for who in reversed(PERSONAS)
    }
    assert found == expected


def _without_what_differs(page: bytes) -> str:
    """The page without tokens, and without the address that was asked for, which it repeats."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())
    return re.sub(r'name="next" value="[^"]+"', "", text)


TAKES_IDS = [
    (name, method)
    for name, wall in WALLS.items()
    for method in ("get", "post")
    if wall.args in (_proposal, _numbered, _revision, _file, _done, _failed, _member, _invitation)
    and wall.expected(method, "outsider") == 404
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
