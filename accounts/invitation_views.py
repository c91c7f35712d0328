"""The page that the link of an invitation opens."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import pending
from accounts.invitations import InvitationNotValidError, accept
from accounts.invitations import pending as open_invitation
from accounts.limits import limit_tokens
from accounts.models import User


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limit_tokens
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Says who invites to what; the invited person accepts by POST, a visitor goes on to sign in or up."""
    try:
        invited = open_invitation(token)
        if request.method == "POST" and isinstance(request.user, User):
            accept(token, by=request.user)
            request.session.pop(pending.KEY, None)
            if invited.leads_to:
                return redirect(invited.leads_to)
            messages.success(request, _("You are now a member of %(name)s.") % {"name": invited.workspace.name})
            return redirect("home")
    except InvitationNotValidError:
        return pending.not_open(request)
    if not request.user.is_authenticated:
        pending.remember(request, token)
    mine = isinstance(request.user, User) and request.user.email.lower() == invited.email.lower()
    return render(request, "accounts/invitation.html", {"invitation": invited, "mine": mine})
