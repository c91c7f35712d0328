"""Answers carry what Django has no setting for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICIES = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
        "publickey-credentials-create=(self), publickey-credentials-get=(self)"
    ),
}


def browser_policies(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keeps other sites from embedding our answers, and our pages from the machine's devices."""

    def add_policies(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in POLICIES.items():
            response.headers.setdefault(name, value)
        return response

    return add_policies
