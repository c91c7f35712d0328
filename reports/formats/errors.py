"""What goes wrong when a file is made."""

from __future__ import annotations


class FormatError(RuntimeError):
    """A file that could not be made; the message is for people."""
