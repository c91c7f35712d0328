"""Who may open which address: the table that ``test_permission_matrix.py`` holds the site to."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from PIL import Image

from accounts import invitations
from accounts.models import Membership, User
from assessments.engine.rubric import VERSION
from cases.keeping.shelf import put_on_shelf
from cases.models import Case, SavedSearch
from guidelines.field import PAGES
from proposals.domain import delete_proposal
from proposals.models import Revision, Share
from proposals.sharing.comments import comment_on
from proposals.sharing.domain import share
from proposals.sharing.links import make_link
from reports.asking import Wanted
from reports.domain import fingerprint, request
from reports.files import stored
from reports.models import Branding, Report

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
MEMBERS = "200 200 200 200 404 302"
THE_OWNERS_OWN = "404 404 404 404 302"
"""What everybody but the owner gets of what the owner keeps for themselves."""
EDITORS = "403 403 403 403 403 302"
"""Nobody here edits the library, whatever their role in a workspace; what editors see, tests/cases/editing shows."""
NOWHERE = "404 404 404 404 404 404"
NO_METHOD = "405 405 405 405 405 302"


class Wall(NamedTuple):
    """How an address answers: owner, drafters (mediator and co-drafter), readers (reviewer, trainer, observer),
    outsider, participant, anonymous. ``args`` come from the team's revision; ``form`` is what a POST sends."""

    get: str
    post: str = NO_METHOD
    args: Callable[[Revision], list[Any]] = lambda revision: []
    form: Callable[[Revision], dict[str, Any]] = lambda revision: {}

    def expected(self, method: str, persona: str) -> int:
        return int(getattr(self, method).split()[GROUPS[persona]])


def a_proposal(revision: Revision) -> list[Any]:
    return [revision.proposal_id]


def a_numbered_revision(revision: Revision) -> list[Any]:
    return [revision.proposal_id, revision.number]


def a_measure(revision: Revision) -> list[Any]:
    return [revision.proposal_id, revision.document["measures"][0]["id"]]


def a_measure_of_a_revision(revision: Revision) -> list[Any]:
    return [*a_numbered_revision(revision), revision.document["measures"][0]["id"]]


def a_revision(revision: Revision) -> list[Any]:
    return [revision.pk]


def a_deleted_proposal(revision: Revision) -> list[Any]:
    delete_proposal(revision.proposal, by=revision.author)
    return [revision.proposal_id]


def a_file(revision: Revision) -> list[Any]:
    return [*a_numbered_revision(revision), "json"]


def a_report(state: Report.State) -> Callable[[Revision], list[Any]]:
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
        report.fingerprint = fingerprint(report)
        report.file.save("report.pdf", ContentFile(b"%PDF"), save=False)
        report.save()
        return [report.pk]

    return made


def a_look(revision: Revision) -> list[Any]:
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    with stored(b"PK of a template", "docx") as template, stored(picture.getvalue(), "png") as logo:
        return [
            Branding.objects.create(
                workspace=revision.workspace, number=7, logo=logo, template=template, made_by=revision.author
            ).number
        ]


def a_member(revision: Revision) -> list[Any]:
    return [Membership.objects.get(workspace=revision.proposal.workspace, user__name="Observer").pk]


def an_invitation(revision: Revision) -> list[Any]:
    workspace = revision.proposal.workspace
    owner = Membership.objects.get(workspace=workspace, role=Membership.Role.OWNER).user
    return [invitations.invite(workspace, "new@example.org", Membership.Role.OBSERVER, by=owner)[0].pk]


def _owner_of(revision: Revision) -> User:
    return Membership.objects.get(workspace=revision.proposal.workspace, role=Membership.Role.OWNER).user


def the_owners_search(revision: Revision) -> list[Any]:
    workspace = revision.proposal.workspace
    return [
        SavedSearch.objects.create(
            workspace=workspace, person=_owner_of(revision), name="Nuba", query="?words=Nuba", found=1
        ).pk
    ]


def the_owners_shelved_case(revision: Revision) -> list[Any]:
    case = Case.objects.get(slug="nuba-mountains-2002")
    put_on_shelf(case, by=_owner_of(revision), workspace=revision.proposal.workspace)
    return [case.slug]


def a_report_of_the_owners_shelf(revision: Revision) -> list[Any]:
    the_owners_shelved_case(revision)
    report = request(Wanted(kind=Report.Kind.SHELF), by=_owner_of(revision))
    report.file.save("report.pdf", ContentFile(b"%PDF"), save=False)
    report.state = Report.State.DONE
    report.save()
    return [report.pk]


def _shared(revision: Revision) -> Share:
    return share(revision.proposal, "adviser@example.org", "observer", by=revision.author)[0]


def a_share(revision: Revision) -> list[Any]:
    return [revision.proposal_id, _shared(revision).pk]


def a_guest_link(revision: Revision) -> list[Any]:
    password = "a password of some length"
    return [
        revision.proposal_id,
        make_link(revision.proposal, by=revision.author, label="Guest", password=password)[0].pk,
    ]


def a_comment(revision: Revision) -> list[Any]:
    return [revision.proposal_id, comment_on(revision, "Why?", by=revision.author).pk]


def the_workspace(revision: Revision) -> dict[str, Any]:
    return {"workspace": str(revision.proposal.workspace_id)}


def the_proposal(revision: Revision) -> dict[str, Any]:
    return {"pk": str(revision.proposal_id)}


def the_proposals(revision: Revision) -> dict[str, Any]:
    return {"pk": [str(revision.proposal_id)]}


def a_case(revision: Revision) -> list[Any]:
    return ["nuba-mountains-2002"]


def a_version(revision: Revision) -> list[Any]:
    return ["nuba-mountains-2002", 1]


def a_historic_measure(revision: Revision) -> list[Any]:
    return ["nuba-mountains-2002", 1]


a_ready_report = a_report(Report.State.DONE)
a_waiting_report = a_report(Report.State.QUEUED)
a_failed_report = a_report(Report.State.FAILED)

TEAM_WALLS: dict[str, Wall] = {
    "healthz": Wall(OPEN, OPEN),
    "home": Wall(SIGNED_IN),
    "guidelines:list": Wall(SIGNED_IN),
    "guidelines:guideline": Wall(SIGNED_IN, args=lambda revision: ["G4"]),
    **{f"guidelines:{name}": Wall(SIGNED_IN) for name in (*PAGES, "glossary")},
    "cases:list": Wall(SIGNED_IN),
    "cases:illustrating": Wall(SIGNED_IN, args=lambda revision: ["G4"]),
    "robots": Wall(OPEN, "405 405 405 405 405 405"),
    "site_map": Wall("404 404 404 404 404 404", "405 405 405 405 405 405"),
    "cases:open_data": Wall(SIGNED_IN),
    "cases:library_json": Wall(SIGNED_IN),
    "cases:library_csv": Wall(SIGNED_IN),
    "cases:library_jsonld": Wall(SIGNED_IN),
    "cases:case_schema": Wall(SIGNED_IN),
    "cases:case_file": Wall(SIGNED_IN, args=lambda revision: ["nuba-mountains-2002"]),
    "cases:tagged": Wall(SIGNED_IN, args=lambda revision: ["party_kind"]),
    "cases:case": Wall(SIGNED_IN, args=lambda revision: ["nuba-mountains-2002"]),
    "cases:compare": Wall(SIGNED_IN),
    "cases:saved_searches": Wall(MEMBERS),
    "cases:save_search": Wall(MEMBERS, "422 422 422 422 404 302"),
    "cases:saved_search": Wall(f"302 {THE_OWNERS_OWN}", args=the_owners_search),
    "cases:rename_search": Wall(NO_METHOD, f"422 {THE_OWNERS_OWN}", args=the_owners_search),
    "cases:delete_search": Wall(NO_METHOD, f"302 {THE_OWNERS_OWN}", args=the_owners_search),
    "cases:shelf": Wall(MEMBERS),
    "cases:shelf_csv": Wall(MEMBERS),
    "cases:shelf_json": Wall(MEMBERS),
    "cases:put_on_shelf": Wall(NO_METHOD, "302 302 302 302 404 302", args=lambda revision: ["nuba-mountains-2002"]),
    "cases:take_off_shelf": Wall(NO_METHOD, f"302 {THE_OWNERS_OWN}", args=the_owners_shelved_case),
    "cases:put_back": Wall(NO_METHOD, f"302 {THE_OWNERS_OWN}", args=the_owners_shelved_case),
    "cases:move": Wall(NO_METHOD, f"400 {THE_OWNERS_OWN}", args=the_owners_shelved_case),
    "cases:write_note": Wall(NO_METHOD, f"422 {THE_OWNERS_OWN}", args=the_owners_shelved_case),
    "cases:suggest": Wall(SIGNED_IN, "422 422 422 422 422 302", args=a_case),
    **{f"cases:{name}": Wall(EDITORS, EDITORS) for name in ("editors", "new", "import")},
    **{f"cases:{name}": Wall(EDITORS) for name in ("desk", "template", "all_as_yaml")},
    "cases:release_editor": Wall(EDITORS, EDITORS, args=lambda revision: [1]),
    "cases:correction": Wall(EDITORS, EDITORS, args=lambda revision: [1]),
    **{f"cases:{name}": Wall(EDITORS, EDITORS, args=a_case) for name in ("edit", "changes", "withdraw")},
    **{f"cases:{name}": Wall(EDITORS, args=a_case) for name in ("history", "as_yaml")},
    "cases:version": Wall(EDITORS, args=a_version),
    **{f"cases:{name}": Wall(NO_METHOD, EDITORS, args=a_version) for name in ("restore", "set_aside")},
    "assessments:package_schema": Wall(OPEN, "405 405 405 405 405 405"),
    "assessments:scorecard_schema": Wall(OPEN, "405 405 405 405 405 405"),
    "report_schema": Wall(OPEN, "405 405 405 405 405 405"),
    "assessments:checks_of": Wall(SIGNED_IN, args=lambda revision: ["G4"]),
    "accounts:open_link": Wall("404 404 404 404 404 404", "405 405 405 405 405 405", args=lambda revision: ["none"]),
    "accounts:theme": Wall("405 405 405 405 405 405", "400 400 400 400 400 400"),
    "accounts:workspace": Wall("200 200 200 200 404 302"),
    "accounts:new_workspace": Wall(SIGNED_IN, "422 422 422 422 422 302"),
    "accounts:choose_workspace": Wall(NO_METHOD, "302 302 302 404 404 302", form=the_workspace),
    "accounts:workspace_settings": Wall(OWNERS, "422 403 403 422 404 302"),
    "accounts:leave": Wall("200 200 200 200 404 302", "302 302 302 302 404 302"),
    "accounts:invite": Wall(NO_METHOD, "422 403 403 422 404 302"),
    "accounts:withdraw_invitation": Wall(NO_METHOD, "302 403 403 404 404 302", args=an_invitation),
    "accounts:change_role": Wall(NO_METHOD, "302 403 403 404 404 302", args=a_member),
    "accounts:transfer": Wall("200 403 403 404 404 302", "302 403 403 404 404 302", args=a_member),
    "accounts:remove": Wall("200 403 403 404 404 302", "302 403 403 404 404 302", args=a_member),
    "accounts:audit_log": Wall(OWNERS),
    "accounts:audit_csv": Wall(OWNERS),
    "accounts:see_as": Wall(NO_METHOD, "404 404 404 404 404 302"),
    "proposals:list": Wall(SIGNED_IN),
    "proposals:archive": Wall(NO_METHOD, "302 302 403 404 404 302", form=the_proposal),
    "proposals:put_back": Wall(NO_METHOD, "302 302 403 404 404 302", form=the_proposal),
    "proposals:upload": Wall("200 200 403 200 403 302", "422 422 403 422 403 302"),
    "proposals:export": Wall("200 200 200 200 404 302", "422 422 422 422 404 302"),
    "proposals:start": Wall("200 200 403 200 403 302", "422 422 403 422 403 302"),
    "proposals:start_shelf": Wall("200 200 403 200 403 302", "422 422 403 422 403 302"),
    "proposals:start_text": Wall("200 200 403 200 403 302", "422 422 403 422 403 302"),
    "proposals:inspire": Wall("200 200 403 200 403 302", "422 422 403 422 403 302", args=a_historic_measure),
    "proposals:open_example": Wall(NO_METHOD, "302 302 403 302 403 302"),
    "proposals:deleted": Wall("200 200 403 200 403 302"),
    "proposals:delete": Wall(DRAFTERS, "302 302 403 404 404 302", args=a_proposal),
    "proposals:restore": Wall(NO_METHOD, "302 302 403 404 404 302", args=a_deleted_proposal),
    "proposals:proposal": Wall(TEAM, args=a_proposal),
    "proposals:upload_revision": Wall(DRAFTERS, "422 422 403 404 404 302", args=a_proposal),
    "proposals:confidential": Wall(DRAFTERS, "302 302 403 404 404 302", args=a_proposal),
    "proposals:revisions": Wall(TEAM, args=a_proposal),
    "proposals:revision": Wall(TEAM, args=a_numbered_revision),
    "proposals:restore_revision": Wall(NO_METHOD, "302 302 403 404 404 302", args=a_numbered_revision),
    "proposals:compare": Wall(TEAM, args=a_proposal),
    "proposals:variants": Wall(TEAM, args=a_proposal),
    "proposals:new_variant": Wall(DRAFTERS, "422 422 403 404 404 302", args=a_proposal),
    "proposals:draft": Wall(DRAFTERS, args=a_proposal),
    "proposals:draft_step": Wall(DRAFTERS, args=lambda revision: [revision.proposal_id, "sequence"]),
    "proposals:draft_measure": Wall(DRAFTERS, args=lambda revision: [revision.proposal_id, "m1"]),
    "proposals:precedents_in_the_builder": Wall(TEAM, args=lambda revision: [revision.proposal_id, "m1"]),
    "proposals:draft_presence": Wall(DRAFTERS, args=a_proposal),
    "proposals:save_draft": Wall(NO_METHOD, "302 302 403 404 404 302", args=a_proposal),
    "proposals:draft_pane": Wall(TEAM, args=a_proposal),
    "proposals:hide_scores": Wall(NO_METHOD, "302 302 302 404 404 302", args=a_proposal),
    "proposals:pictures": Wall(TEAM, args=a_proposal),
    "proposals:pictures_of_revision": Wall(TEAM, args=a_numbered_revision),
    "proposals:precedents": Wall(TEAM, args=a_measure),
    "proposals:precedents_of_revision": Wall(TEAM, args=a_measure_of_a_revision),
    "proposals:download": Wall(TEAM, args=a_file),
    "proposals:sharing": Wall(DRAFTERS, args=a_proposal),
    "proposals:share": Wall(NO_METHOD, "422 422 403 404 404 302", args=a_proposal),
    "proposals:change_share": Wall(NO_METHOD, "302 302 403 404 404 302", args=a_share),
    "proposals:send_share_again": Wall(NO_METHOD, "302 302 403 404 404 302", args=a_share),
    "proposals:end_share": Wall(DRAFTERS, "302 302 403 404 404 302", args=a_share),
    "proposals:give_up_share": Wall("404 404 404 404 404 302", "404 404 404 404 404 302", args=a_proposal),
    "proposals:make_link": Wall(NO_METHOD, "422 422 403 404 404 302", args=a_proposal),
    "proposals:revoke_link": Wall(DRAFTERS, "302 302 403 404 404 302", args=a_guest_link),
    "proposals:transfer": Wall(DRAFTERS, "422 422 403 404 404 302", args=a_proposal),
    "proposals:hand_over": Wall(NO_METHOD, "302 302 403 404 404 302", args=a_proposal),
    "proposals:comments": Wall(TEAM, "422 422 422 404 404 302", args=a_proposal),
    "proposals:answer_comment": Wall(NO_METHOD, "422 422 422 404 404 302", args=a_comment),
    "proposals:settle_comment": Wall(NO_METHOD, "302 302 403 404 404 302", args=a_comment),
    "proposals:remove_comment": Wall(DRAFTERS, "302 302 403 404 404 302", args=a_comment),
    "proposals:guest": Wall(NOWHERE, NOWHERE, args=lambda revision: ["no-such-token"]),
    "proposals:guest_comment": Wall("405 405 405 405 405 405", NOWHERE, args=lambda revision: ["no-such-token"]),
    "reports:look": Wall(OWNERS, "422 403 403 422 404 302"),
    "reports:try_look": Wall(NO_METHOD, "200 403 403 200 404 302"),
    "reports:tried_look": Wall("404 403 403 404 404 302", args=lambda revision: ["no-such-key"]),
    "reports:our_template": Wall(OWNERS),
    "reports:look_sample": Wall("200 403 403 404 404 302", args=a_look),
    "reports:look_logo": Wall("200 403 403 404 404 302", args=a_look),
    "reports:look_template": Wall("200 403 403 404 404 302", args=a_look),
    "reports:restore_look": Wall(NO_METHOD, "302 403 403 404 404 302", args=a_look),
    "reports:list": Wall(SIGNED_IN),
    "reports:for_revision": Wall(DRAFTERS, args=a_revision),
    "reports:request": Wall(NO_METHOD, "302 302 403 404 404 302", args=a_revision),
    "reports:make": Wall(TEAM, "422 422 422 404 404 302", args=a_revision),
    "reports:make_of_newest": Wall("302 302 302 404 404 302", args=a_proposal),
    "reports:batch": Wall(NO_METHOD, "200 200 200 404 404 302", form=the_proposals),
    "reports:request_shelf": Wall(NO_METHOD, "302 302 302 302 404 302"),
    "reports:report": Wall(DRAFTERS, args=a_ready_report),
    "reports:download": Wall(DRAFTERS, args=a_ready_report),
    "reports:retry": Wall(NO_METHOD, "302 302 403 404 404 302", args=a_failed_report),
    "reports:cancel": Wall(NO_METHOD, "302 302 403 404 404 302", args=a_waiting_report),
    "reports:remove": Wall(DRAFTERS, "302 302 403 404 404 302", args=a_ready_report),
}


def own(get: str, post: str, args: Callable[[Revision], list[Any]] = lambda revision: []) -> Wall:
    """A page of one's own account, or one that needs none: how it answers everybody signed in, and the anonymous."""
    return Wall(_for_all(get), _for_all(post), args)


def _for_all(codes: str) -> str:
    signed_in, anonymous = codes.split()
    return " ".join([*[signed_in] * 5, anonymous])


ACCOUNT_WALLS: dict[str, Wall] = {
    "account_login": own("302 200", "302 200"),
    "account_logout": own("200 302", "302 302"),
    "account_inactive": own("200 200", "405 405"),
    "account_signup": own("302 200", "302 200"),
    "account_reauthenticate": own("403 302", "403 302"),
    "account_email": own("200 302", "302 302"),
    "account_email_verification_sent": own("200 200", "405 405"),
    "account_confirm_email": own("200 200", "404 404", args=lambda revision: ["no-such-key"]),
    "account_change_password": own("302 302", "302 302"),
    "account_set_password": own("200 302", "200 302"),
    "account_reset_password": own("200 200", "200 200"),
    "account_reset_password_done": own("200 200", "405 405"),
    "account_reset_password_from_key": own("200 200", "200 200", args=lambda revision: ["1", "no-such-key"]),
    "account_reset_password_from_key_done": own("200 200", "405 405"),
    "mfa_index": own("200 302", "405 302"),
    "mfa_authenticate": own("302 302", "302 302"),
    "mfa_reauthenticate": own("403 302", "403 302"),
    "mfa_activate_totp": own("200 302", "200 302"),
    "mfa_deactivate_totp": own("404 302", "404 302"),
    "mfa_view_recovery_codes": own("404 302", "405 302"),
    "mfa_generate_recovery_codes": own("200 302", "200 302"),
    "mfa_download_recovery_codes": own("404 302", "404 302"),
    "mfa_list_webauthn": own("200 302", "405 302"),
    "mfa_add_webauthn": own("200 302", "200 302"),
    "mfa_reauthenticate_webauthn": own("403 302", "403 302"),
    "mfa_remove_webauthn": own("404 302", "404 302", args=lambda revision: [1]),
    "mfa_edit_webauthn": own("404 302", "404 302", args=lambda revision: [1]),
    "mfa_login_webauthn": own("302 302", "302 302"),
    "usersessions_list": own("200 302", "302 302"),
    "openid_connect_callback": own("404 404", "404 404", args=lambda revision: ["oidc"]),
    "socialaccount_login_cancelled": own("200 200", "405 405"),
    "socialaccount_login_error": own("401 401", "405 405"),
    "accounts:home": own("200 302", "302 302"),
    "accounts:end_session": own("405 302", "404 302", args=lambda revision: [1]),
    "accounts:oidc": own("404 404", "405 405"),
    "accounts:invitation": own("404 404", "404 404", args=lambda revision: ["no-such-token"]),
    "accounts:news": own("200 302", "405 302"),
    "accounts:read_news": own("405 302", "302 302"),
    "accounts:open_notification": own("404 302", "405 302", args=lambda revision: [1]),
    "accounts:mail": own("404 404", "405 405"),
}


WALLS = TEAM_WALLS | ACCOUNT_WALLS

OPEN_LIBRARY = {
    *("cases:list", "cases:case", "cases:illustrating", "cases:compare", "guidelines:list", "guidelines:guideline"),
    *(f"guidelines:{name}" for name in (*PAGES, "glossary")),
    *("cases:open_data", "cases:library_json", "cases:library_csv", "cases:library_jsonld", "cases:case_schema"),
    *("cases:case_file", "cases:tagged", "assessments:checks_of", "site_map"),
}
"""What visitors without an account may read where the operator opened the library; nothing else changes for them."""

SHELF_REPORT_WALLS: dict[str, Wall] = {
    "reports:report": Wall(f"200 {THE_OWNERS_OWN}", args=a_report_of_the_owners_shelf),
    "reports:download": Wall(f"200 {THE_OWNERS_OWN}", args=a_report_of_the_owners_shelf),
    "reports:retry": Wall(NO_METHOD, f"302 {THE_OWNERS_OWN}", args=a_report_of_the_owners_shelf),
    "reports:cancel": Wall(NO_METHOD, f"302 {THE_OWNERS_OWN}", args=a_report_of_the_owners_shelf),
    "reports:remove": Wall(f"200 {THE_OWNERS_OWN}", f"302 {THE_OWNERS_OWN}", args=a_report_of_the_owners_shelf),
}
"""The addresses of reports once more, for a report that is its requester's alone."""

TAKE_IDS = (
    a_proposal,
    a_deleted_proposal,
    a_share,
    a_guest_link,
    a_comment,
    a_numbered_revision,
    a_measure,
    a_measure_of_a_revision,
    a_revision,
    a_file,
    a_ready_report,
    a_failed_report,
    a_waiting_report,
    a_member,
    an_invitation,
    a_look,
    the_owners_search,
)
"""What makes the arguments of addresses that name a thing of the team's."""
