"""What a draft says of one of its measures, as far as the library can be asked for the like. No database.

Whoever has drafts makes these from them; the library knows nothing of packages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

Evenness = Literal["", "even", "uneven"]
TAGS: Final = (
    "sector", "level", "track", "phase", "purpose", "binding", "reciprocity", "verification",
)  # fmt: skip
"""The facets of measures that a draft has too."""


@dataclass(frozen=True)
class DraftMeasure:
    """A measure of a draft. ``tags``: codes by the name of their facet; a facet that is absent is not known."""

    title: str = ""
    description: str = ""
    tags: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.description}".strip()

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing by which the like could be found."""
        return not self.text and not any(self.tags.values())


@dataclass(frozen=True)
class DraftContext:
    """The conflict around it: whom it is between (codes of ``facets.BETWEEN``), its type (a code of the taxonomy), and
    whether one side is the stronger. Empty is not known."""

    between: frozenset[str] = frozenset()
    conflict: str = ""
    power: Evenness = ""


def evenness(powers: Iterable[str]) -> Evenness:
    """Whether the sides are as strong as each other, from the power of each; empty if nothing is known of them."""
    said = {power for power in powers if power}
    if not said:
        return ""
    return "uneven" if said & {"stronger", "weaker"} else "even"
