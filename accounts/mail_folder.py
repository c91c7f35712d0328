"""Mail on one machine: written into a folder that only its owner may enter, and read from there."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend

BETWEEN = b"\n" + b"-" * 79 + b"\n"
SHOWN = 100


class Letter(NamedTuple):
    """A letter as the page of the mail shows it."""

    to: str
    subject: str
    date: str
    text: str


class FolderBackend(EmailBackend):
    """Django's back end for files, with a folder of mode 0700."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(*args, **kwargs)


def folder() -> Path:
    """Where the letters lie."""
    return Path(settings.EMAIL_FILE_PATH or settings.VAR_DIR / "mail")  # type: ignore[misc]


def letters() -> list[Letter]:
    """What was sent, the newest first, ``SHOWN`` at most."""
    files = sorted(folder().glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)[:SHOWN]
    return [_letter(part) for path in files for part in reversed(path.read_bytes().split(BETWEEN)) if part.strip()]


def _letter(raw: bytes) -> Letter:
    message = email.message_from_bytes(raw, _class=EmailMessage, policy=default)
    body = message.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    return Letter(str(message["to"] or ""), str(message["subject"] or ""), str(message["date"] or ""), text)
