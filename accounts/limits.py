"""A limit on how often tokens in links may be tried."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")


def limit_tokens(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Answers 429 to an address that opens too many links in a minute, whatever the method."""

    @wraps(view)
    def limited(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        told: HttpResponse | None = ratelimit.consume_or_429(
            request, app="allauth.account", action="token", limit_get=True
        )
        return told or view(request, *args, **kwargs)

    return limited
