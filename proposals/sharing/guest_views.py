"""What guests see: the question for the password, the package as text, their comments. Nothing else of the site.

Each view runs in a transaction that sees one proposal.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Final

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import walls
from accounts.limits import limit_tokens
from accounts.pages import confidential
from assessments.package.drafts import read_draft
from assessments.presentation.alone import package_context
from proposals.models import GuestLink, Revision
from proposals.sharing import links
from proposals.sharing.forms import GuestCommentForm, PasswordForm
from proposals.sharing.places import Places
from proposals.sharing.threads import threads_of_guest

LASTS: Final = timedelta(hours=12)
"""How long a password that was right is remembered in the browser."""
ONE_VISIT: Final = timedelta(hours=1)

GuestView = Callable[[HttpRequest, GuestLink, str], HttpResponse]


def by_link(view: GuestView) -> Callable[[HttpRequest, str], HttpResponse]:
    """A page for whoever holds the token of an open link. No robot keeps it, no cache, and no other site hears of it."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            link = links.open_link(token)
            with walls.transaction_for([], proposals=[link.proposal_id]):
                response = view(request, link, token)
        except links.LinkNotOpenError:
            response = render(request, "proposals/sharing/guest_not_open.html", status=404)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Nothing to other sites; the guest's own forms have to say where they come from, or Django refuses them.
        response["Referrer-Policy"] = "same-origin"
        return response

    return login_not_required(confidential(limit_tokens(opened)))


@require_http_methods(["GET", "POST"])
@by_link
def guest(request: HttpRequest, link: GuestLink, token: str) -> HttpResponse:
    """Asks for the password; then shows the package."""
    if request.method == "POST":
        return _let_in(request, link, token)
    if not _is_in(request, link):
        return render(request, "proposals/sharing/guest_password.html", {"form": PasswordForm()})
    _note_visit(request, link)
    return _show(request, link)


def _let_in(request: HttpRequest, link: GuestLink, token: str) -> HttpResponse:
    told: HttpResponse | None = ratelimit.consume_or_429(
        request,
        app="proposals",
        action="guest_password",
        config=settings.GUEST_RATE_LIMITS,
        key=str(link.pk),
    )
    if told:
        return told
    form = PasswordForm(request.POST)
    if form.is_valid() and not links.is_password(link, form.cleaned_data["password"]):
        form.add_error("password", _("This is not the password of this link. Check it and try again."))
    if form.errors:
        return render(request, "proposals/sharing/guest_password.html", {"form": form}, status=422)
    request.session.cycle_key()
    until = timezone.now() + LASTS
    request.session[_key(link)] = {"password": links.fingerprint(link), "until": until.isoformat()}
    return redirect("proposals:guest", token)


@require_POST
@by_link
def comment(request: HttpRequest, link: GuestLink, token: str) -> HttpResponse:
    """Takes a guest's comment."""
    if not _is_in(request, link):
        return redirect("proposals:guest", token)
    told: HttpResponse | None = ratelimit.consume_or_429(
        request, app="proposals", action="guest_comment", config=settings.GUEST_RATE_LIMITS, key=str(link.pk)
    )
    if told:
        return told
    revision, places = _read(link)
    form = GuestCommentForm(request.POST, places=places)
    if not form.is_valid():
        return _show(request, link, form)
    said = form.cleaned_data
    links.comment_as_guest(link, revision, name=said["guest_name"], text=said["text"], address=said["about"])
    request.session[_key(link)] |= {"name": said["guest_name"]}
    request.session.modified = True
    messages.success(request, _("Your comment is with the drafters."))
    return redirect("proposals:guest", token)


def _show(request: HttpRequest, link: GuestLink, form: GuestCommentForm | None = None) -> HttpResponse:
    revision, places = _read(link)
    kept = request.session.get(_key(link), {})
    first = {"guest_name": kept.get("name", "")}
    context: dict[str, Any] = {
        "proposal": revision.proposal,
        "revision": revision,
        "link": link,
        "threads": threads_of_guest(link, places),
        "form": form or GuestCommentForm(places=places, at=request.GET.get("about", ""), initial=first),
        **package_context(places.package),
    }
    return render(request, "proposals/sharing/guest.html", context, status=422 if form is not None else 200)


def _read(link: GuestLink) -> tuple[Revision, Places]:
    """What the link shows, always without the confidential parts."""
    revision = links.revision_shown_by(link)
    revision.proposal = link.proposal
    return revision, Places(revision.document, read_draft(revision.document).package, whole=False)


def _is_in(request: HttpRequest, link: GuestLink) -> bool:
    kept = request.session.get(_key(link))
    if not kept or kept["password"] != links.fingerprint(link):
        return False
    return datetime.fromisoformat(kept["until"]) > timezone.now()


def _note_visit(request: HttpRequest, link: GuestLink) -> None:
    """Once an hour and browser: somebody who reloads the page is one visitor."""
    kept = request.session[_key(link)]
    noted = kept.get("noted")
    if noted and datetime.fromisoformat(noted) > timezone.now() - ONE_VISIT:
        return
    links.note_visit(link)
    request.session[_key(link)] = kept | {"noted": timezone.now().isoformat()}


def _key(link: GuestLink) -> str:
    return f"guest:{link.pk}"
