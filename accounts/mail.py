"""Letters: plain text, with links that do not depend on the request that caused them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Invitation


def send(template: str, to: str, context: Mapping[str, Any]) -> None:
    """Sends what ``<template>_subject.txt`` and ``<template>_message.txt`` say."""
    subject = " ".join(render_to_string(f"{template}_subject.txt", dict(context)).split())
    body = render_to_string(f"{template}_message.txt", dict(context)).strip() + "\n"
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to]).send()


def link(path: str, request_or_address: HttpRequest | str | None = None) -> str:
    """The whole address of ``path``: below CBM_ADDRESS, which production requires; else below what is given."""
    if settings.ADDRESS:
        return settings.ADDRESS.rstrip("/") + path
    if isinstance(request_or_address, HttpRequest):
        return request_or_address.build_absolute_uri(path)
    return (request_or_address or "").rstrip("/") + path


def send_invitation(invitation: Invitation, token: str, request_or_address: HttpRequest | str | None = None) -> None:
    """Tells the invited person who invites them to what, with the link that lets them in.

    ``token``: as ``invitations.invite`` gave it; ``request_or_address``: where the site answers if CBM_ADDRESS is not
    set.
    """
    address = link(reverse("accounts:invitation", args=[token]), request_or_address)
    send("accounts/mail/invitation", invitation.email, {"invitation": invitation, "link": address})
