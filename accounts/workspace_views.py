"""Pages of a workspace: its members, invitations and settings; and the choice of the one to work in."""

from __future__ import annotations

import logging
import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import demonstration, invitations, members
from accounts.access import invitation_for, membership_for, own_workspace, workspace_of
from accounts.mail import send_invitation
from accounts.models import Invitation, Membership
from accounts.pages import person_of
from accounts.rules import is_owner
from accounts.views import sign_in_without_password
from accounts.workspace_forms import InviteForm, NewWorkspaceForm, RoleForm, SettingsForm

log = logging.getLogger(__name__)

LAST_OWNER = gettext_lazy("A workspace needs an owner. Make somebody else one first.")


@require_GET
def workspace_page(request: HttpRequest) -> HttpResponse:
    """Who is in the workspace, as what; for owners also who is invited, and how to change it."""
    return _workspace_page(request, InviteForm())


def _workspace_page(request: HttpRequest, invite_form: InviteForm) -> HttpResponse:
    person = person_of(request)
    workspace = workspace_of(person)
    owns = is_owner(person, workspace)
    context = {
        "workspace": workspace,
        "memberships": workspace.memberships.select_related("user").order_by("user__name", "user__email"),
        "invitations": Invitation.objects.open().to_membership().filter(workspace=workspace) if owns else [],
        "owns": owns,
        "roles": Membership.Role.choices,
        "invite_form": invite_form,
    }
    return render(request, "accounts/workspace.html", context, status=422 if invite_form.errors else 200)


@require_http_methods(["GET", "POST"])
def new_workspace(request: HttpRequest) -> HttpResponse:
    """A further workspace, owned by the person."""
    form = NewWorkspaceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        workspace = members.create_workspace(by=person_of(request), **form.cleaned_data)
        messages.success(request, _("You now work in %(workspace)s.") % {"workspace": workspace})
        return redirect("accounts:workspace")
    return render(request, "accounts/new_workspace.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Works in another of the person's workspaces."""
    try:
        wanted = uuid.UUID(request.POST.get("workspace", ""))
    except ValueError:
        raise Http404 from None
    person = person_of(request)
    members.choose_workspace(own_workspace(person, wanted), by=person)
    return redirect("home")


@require_http_methods(["GET", "POST"])
def workspace_settings(request: HttpRequest) -> HttpResponse:
    """Name, kind, second step, how long deleted proposals are kept."""
    person = person_of(request)
    workspace = workspace_of(person, to_manage=True)
    form = SettingsForm(request.POST) if request.method == "POST" else SettingsForm.of(workspace)
    if form.is_valid():
        members.change_settings(workspace, by=person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:workspace")
    context = {"form": form, "workspace": workspace}
    return render(request, "accounts/workspace_settings.html", context, status=422 if form.is_bound else 200)


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Invites a person by e-mail."""
    person = person_of(request)
    workspace = workspace_of(person, to_manage=True)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _workspace_page(request, form)
    try:
        with transaction.atomic():
            invited = invitations.invite(workspace, form.cleaned_data["email"], form.cleaned_data["role"], by=person)
            send_invitation(*invited, request)
    except invitations.AlreadyMemberError:
        form.add_error("email", _("This person is a member already."))
        return _workspace_page(request, form)
    except OSError:
        log.exception("An invitation could not be sent")
        form.add_error(None, _("The e-mail could not be sent, so nobody is invited yet. Try again in a minute."))
        return _workspace_page(request, form)
    messages.success(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
    return redirect("accounts:workspace")


@require_POST
def withdraw_invitation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Makes the link of an invitation useless."""
    person = person_of(request)
    invitations.withdraw(invitation_for(person, pk), by=person)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("accounts:workspace")


@require_POST
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a member another role."""
    person = person_of(request)
    membership = membership_for(person, pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            members.change_role(membership, form.cleaned_data["role"], by=person)
            messages.success(request, _("The role is changed."))
        except members.LastOwnerError:
            messages.error(request, LAST_OWNER)
    else:
        messages.error(request, _("There is no such role. Nothing was changed."))
    return redirect("accounts:workspace")


@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Hands the workspace over to a member."""
    person = person_of(request)
    membership = membership_for(person, pk)
    if request.method == "POST":
        members.transfer_ownership(membership, by=person)
        messages.success(
            request, _("%(member)s owns the workspace now; you draft in it.") % {"member": membership.user}
        )
        return redirect("accounts:workspace")
    return render(request, "accounts/transfer.html", {"membership": membership, "workspace": membership.workspace})


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a member out of the workspace."""
    person = person_of(request)
    membership = membership_for(person, pk)
    if request.method == "POST":
        try:
            members.remove(membership, by=person)
            messages.success(request, _("%(member)s is no longer a member.") % {"member": membership.user})
        except members.LastOwnerError:
            messages.error(request, LAST_OWNER)
        return redirect("accounts:workspace")
    return render(request, "accounts/remove.html", {"membership": membership, "workspace": membership.workspace})


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """The person leaves the workspace that they work in."""
    person = person_of(request)
    workspace = workspace_of(person)
    if request.method == "POST":
        try:
            members.leave(workspace, by=person)
            messages.success(request, _("You left %(workspace)s.") % {"workspace": workspace})
            return redirect("home")
        except members.LastOwnerError:
            messages.error(request, LAST_OWNER)
            return redirect("accounts:workspace")
    return render(request, "accounts/leave.html", {"workspace": workspace})


@require_POST
def see_as(request: HttpRequest) -> HttpResponse:
    """In the demonstration: sign in as the person of another role there."""
    if not (settings.EMBEDDED and demonstration.is_in_it(person_of(request))):
        raise Http404
    other = get_object_or_404(demonstration.people(), memberships__role=request.POST.get("role", ""))
    logout(request)  # otherwise the session of another person is emptied, and with it how this one came in
    sign_in_without_password(request, other)
    return redirect("home")
