"""What the pages of all apps share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control

from accounts.models import User

View = TypeVar("View", bound=Callable[..., Any])

confidential = cache_control(private=True, no_store=True)
"""Pages with what parties have said, or with who did what, leave no copy in a browser's or a proxy's cache."""


def in_the_library(view: View) -> View:
    """A page of the library or the guidelines: visitors without an account read it where the operator says so
    (``CBM_OPEN_LIBRARY``). It goes outermost, and the page may not count on a person.
    """
    view.in_the_library = True  # type: ignore[attr-defined]
    return view


def person_of(request: HttpRequest) -> User:
    """Who asks: for pages that only the signed-in may open."""
    assert isinstance(request.user, User)
    return request.user


def next_page(request: HttpRequest, *, otherwise: str) -> str:
    """The page that a form names in ``next``, if it is one of ours; else that called ``otherwise``."""
    page = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if safe else reverse(otherwise)
