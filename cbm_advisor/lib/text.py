"""Text for people, marked for gettext without importing Django.

The engine is pure, so it cannot call gettext. It says what it has to say as a ``Text``: the English message and its
arguments. Whoever shows the text hands in a translator; without one the message is English, so that the same document
always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Translate = Callable[[str], str]


class Text:
    """A message and its arguments, rendered when shown.

    ``message`` is a ``str.format`` template and the gettext msgid; arguments may be ``Text`` themselves.
    """

    __slots__ = ("arguments", "message")

    def __init__(self, message: str, **arguments: Any) -> None:
        self.message = message
        self.arguments = arguments

    def render(self, translate: Translate | None = None) -> str:
        """The message in the translator's language (English without one), arguments filled in."""
        template = translate(self.message) if translate is not None and self.message else self.message
        if not self.arguments:
            return template
        return template.format(
            **{k: v.render(translate) if isinstance(v, Text) else v for k, v in self.arguments.items()}
        )

    def __str__(self) -> str:
        return self.render()

    def __repr__(self) -> str:
        return f"Text({self.render()!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.message, self.arguments) == (other.message, other.arguments)

    def __hash__(self) -> int:
        return hash(self.message)


def gettext_noop(message: str) -> str:
    """Marks ``message`` for extraction and returns it unchanged; import it as ``_`` in pure modules."""
    return message
