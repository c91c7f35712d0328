"""Signing in and out, and the choice of light or dark."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain import LinkNotValidError, redeem_sign_in_link
from accounts.forms import SignInForm, ThemeForm

BACKEND = "django.contrib.auth.backends.ModelBackend"
ONE_YEAR = 31_536_000

sign_in = LoginView.as_view(
    template_name="accounts/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
    extra_context={"embedded": settings.EMBEDDED},
)
sign_out = LogoutView.as_view(next_page="accounts:sign_in")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Signs in by a one-time link. It exists on a laptop only, where whoever runs the server reads the link."""
    if not settings.EMBEDDED:
        raise Http404
    if request.method == "GET" and not request.user.is_authenticated:
        try:
            login(request, redeem_sign_in_link(token), backend=BACKEND)
        except LinkNotValidError:
            return render(request, "accounts/link_not_valid.html", status=410)
    return redirect("home")


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keeps the choice of light or dark in a cookie, for browsers without scripts."""
    form = ThemeForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    response = HttpResponseRedirect(_next_page(request))
    response.set_cookie(
        "theme", form.cleaned_data["theme"], max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure()
    )
    return response


def _next_page(request: HttpRequest) -> str:
    page = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if safe else reverse("home")
