"""What holds for every request of a signed-in person: which rows it sees, and whether a second step is due first."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from accounts import walls
from accounts.models import User, Workspace


class SignInMiddleware(LoginRequiredMiddleware):
    """Asks everybody to sign in, but for public pages and, where the operator opened it, the library."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Leads to the sign-in, or lets the view answer."""
        if settings.OPEN_LIBRARY and getattr(view, "in_the_library", False):
            return None
        return super().process_view(request, view, args, kwargs)


class WallsMiddleware:
    """Runs the view of a signed-in person in one transaction that is open to their workspaces; an exception undoes it.

    It calls the view itself, so it has to be the last middleware, and no other hears of an exception. Left alone are views
    that need no sign-in, and the account pages, whose exceptions allauth's middleware answers: they see no row behind a
    wall. What is streamed after the view has returned sees none either.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not getattr(view, "login_required", True) or not request.user.is_authenticated or on_account_page(request):
            return None
        with walls.transaction_for(request.user.roles, person=request.user.pk):
            response = view(request, *args, **kwargs)
            if callable(render := getattr(response, "render", None)):
                render()
        return response


class SecondStepMiddleware:
    """Leads to the page of the second steps from everywhere but the account pages and the public ones."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """No browser keeps an account page: keys and codes stand there."""
        response = self.get_response(request)
        if request.path_info.startswith(reverse("accounts:home")):
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Redirects, or lets the view answer. The account pages find the workspace in ``second_step_for``."""
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        workspace = asking(request.user)
        if workspace is None or came_by_link(request) or is_mfa_enabled(request.user, ["totp", "webauthn"]):
            return None
        if on_account_page(request):
            request.second_step_for = workspace  # type: ignore[attr-defined]
            return None
        steps = reverse("mfa_index")
        return HttpResponseClientRedirect(steps) if request.headers.get("HX-Request") else HttpResponseRedirect(steps)


def on_account_page(request: HttpRequest) -> bool:
    """Whether the page is one of the person's own account."""
    return request.path_info.startswith(_account_pages())


@cache
def _account_pages() -> str:
    return reverse("accounts:home")


def asking(user: User) -> Workspace | None:
    """A workspace of the person's whose policy asks their role for a second step."""
    memberships = user.own_memberships
    return next((each.workspace for each in memberships if each.role in each.workspace.second_factor_for), None)


def came_by_link(request: HttpRequest) -> bool:
    """Signed in by a one-time link, on one's own machine."""
    if not settings.EMBEDDED or not isinstance(request.user, User):
        return False
    return any(record["method"] == "link" for record in get_authentication_records(request, request.user))
