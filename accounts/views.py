"""The account, its sessions, one-time links, and the choice of light or dark."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import get_adapter as sessions_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain import LinkNotValidError, redeem_sign_in_link
from accounts.forms import NameForm, ThemeForm
from accounts.limits import limit_tokens
from accounts.mail_folder import letters
from accounts.models import User
from accounts.pages import next_page, person_of

ONE_YEAR = 31_536_000


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """The account: name, address, password, second steps, sessions."""
    user = person_of(request)
    form = NameForm(request.POST if request.method == "POST" else None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your name was changed."))
        return redirect("accounts:home")
    steps = [step.type for step in Authenticator.objects.filter(user=user)]
    context = {
        "form": form,
        "has_app": Authenticator.Type.TOTP in steps,
        "passkeys": steps.count(Authenticator.Type.WEBAUTHN),
        "has_codes": Authenticator.Type.RECOVERY_CODES in steps,
        "sessions": len(UserSession.objects.purge_and_list(user)),
    }
    return render(request, "accounts/home.html", context, status=422 if form.is_bound else 200)


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs one of the person's browsers out."""
    session = get_object_or_404(UserSession, pk=pk, user=person_of(request))
    sessions_adapter().end_sessions([session])
    messages.success(request, _("That browser is signed out."))
    return redirect("usersessions_list")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
@limit_tokens
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Signs in by a one-time link. It exists on a laptop only, where whoever runs the server reads the link."""
    if not settings.EMBEDDED:
        raise Http404
    if request.method == "GET" and not request.user.is_authenticated:
        try:
            sign_in_without_password(request, redeem_sign_in_link(token))
        except LinkNotValidError:
            return render(request, "accounts/link_not_valid.html", status=410)
    return redirect("home")


def sign_in_without_password(request: HttpRequest, user: User) -> None:
    """As allauth does it, but without a second step: for the people of the demonstration, on one's own machine."""
    adapter = get_adapter(request)
    record_authentication(request, user, method="link")
    adapter.login(request, user)
    adapter.post_login(
        request, user, email_verification="none", signal_kwargs=None, email=None, signup=False, redirect_url=None
    )


@login_not_required
@never_cache
@require_GET
def mail(request: HttpRequest) -> HttpResponse:
    """What the site would have sent by e-mail, on one's own machine."""
    if not settings.EMBEDDED:
        raise Http404
    return render(request, "accounts/mail.html", {"letters": letters()})


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keeps the choice of light or dark in a cookie, for browsers without scripts."""
    form = ThemeForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    response = HttpResponseRedirect(next_page(request, otherwise="home"))
    response.set_cookie(
        "theme", form.cleaned_data["theme"], max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure()
    )
    return response
