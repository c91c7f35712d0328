"""A signed-in person's request sees the rows of their workspaces and no others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts import walls


class WallsMiddleware:
    """Runs the view of a signed-in person in one transaction that is open to their workspaces; an exception undoes it.

    It calls the view itself, so it has to be the last middleware. Views that need no sign-in are left alone: they see no
    row behind a wall. What is streamed after the view has returned sees none either. Nor do the account pages: allauth
    raises exceptions there that only middleware can answer, and needs no workspace's rows.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        if request.path_info.startswith(reverse("accounts:home")):
            return None
        with walls.transaction_for(request.user.roles):
            response = view(request, *args, **kwargs)
            if callable(render := getattr(response, "render", None)):
                render()
        return response
