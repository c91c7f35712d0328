"""Logos as they are kept: plain PNG files, whatever was brought."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.branding.drawing import MOST_SECONDS, REFUSED

log = logging.getLogger(__name__)

MOST_BYTES: Final = 2_000_000
PROGRAM: Final = Path(__file__).with_name("drawing.py")
REFUSALS: Final = {
    "unknown": gettext_lazy("This is no PNG, JPEG or SVG file. Save the logo as one of these, PNG if in doubt."),
    "pixels": gettext_lazy("The picture is too large (%(detail)s pixels). 1,600 pixels a side are enough for print."),
    "empty": gettext_lazy("Nothing is to be seen in this picture: all of it is transparent. Save the logo again."),
    "entities": gettext_lazy(
        "The drawing has definitions of its own (entities) that are not safe to read. Save it as plain SVG, or as PNG."
    ),
    "text": gettext_lazy(
        "The drawing has text (“%(detail)s”) that looks different where its typeface is missing. Turn text into paths in "
        "your drawing program and save it again, or save it as PNG."
    ),
    "refers": gettext_lazy(
        "The drawing fetches something from elsewhere (“%(detail)s”). Embed it in your drawing program and save it again, "
        "or save it as PNG."
    ),
}


class LogoError(ValueError):
    """A picture that cannot be a logo; the message says to people why, and what to do."""


def cleaned(content: bytes) -> bytes:
    """The picture in a PNG, JPEG or SVG file as a PNG file without anything else that stood there; the same bytes for the
    same. Raises ``LogoError``.
    """
    if len(content) > MOST_BYTES:
        raise LogoError(too_large())
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(PROGRAM)], input=content, capture_output=True, timeout=6 * MOST_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise LogoError(_too_much()) from None
    if done.returncode == 0:
        return done.stdout
    if done.returncode == REFUSED:
        code, _sep, detail = done.stderr.decode().partition("\n")
        raise LogoError(str(REFUSALS[code]) % {"detail": detail})
    log.warning("A logo could not be read: %s", done.stderr.decode(errors="replace")[-500:])
    raise LogoError(_too_much())


def too_large() -> str:
    """What is said of a file above ``MOST_BYTES``."""
    return _("The logo may have up to 2 MB. Save it smaller; 1,600 pixels a side are enough for print.")


def _too_much() -> str:
    return _("The picture cannot be read: it is damaged, or too much is in it. Save it again, as PNG if in doubt.")
