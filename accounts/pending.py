"""The invitation that a visitor came with, kept in the session until they have signed in or up."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import invitations
from accounts.models import Invitation, User

KEY: Final = "invitation"


def remember(request: HttpRequest, token: str) -> None:
    """Keeps the token."""
    request.session[KEY] = token


def invitation_in(request: HttpRequest) -> Invitation | None:
    """The invitation, if it is still open."""
    try:
        return invitations.pending(request.session.get(KEY, ""))
    except invitations.InvitationNotValidError:
        return None


def accept(request: HttpRequest, user: User) -> None:
    """``user`` becomes a member by the invitation, or gets to what it leads to. Raises ``InvitationNotValidError``."""
    invitation = invitations.accept(request.session.get(KEY, ""), by=user)
    request.session.pop(KEY, None)
    request.leads_to = invitation.leads_to  # type: ignore[attr-defined]


def not_open(request: HttpRequest) -> HttpResponse:
    """The same page for an invitation that is unknown, used, withdrawn or too old."""
    return render(request, "accounts/invitation_not_open.html", status=404)
