"""The ten guidelines and the five challenges, as data. No Django, no database."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from cbm_advisor.lib.data_files import read_data

DATA: Final = Path(__file__).with_name("data")


class Topic(NamedTuple):
    """A guideline (G1 to G10) or a challenge (C1 to C5). Texts are English and msgids: translate them when shown."""

    id: str
    key: str
    name: str
    title: str
    essence: str
    explanation: tuple[str, ...]

    @property
    def is_guideline(self) -> bool:
        return self.id.startswith("G")

    @property
    def section(self) -> str:
        """Where the source treats it: Mason & Siegfried (2013)."""
        return "M&S 3.8" if self.is_guideline else "M&S 3.7"


@cache
def topics() -> dict[str, Topic]:
    """All by id, guidelines first."""
    entries = [entry for name in ("guidelines", "challenges") for entry in read_data(DATA / f"{name}.yaml")]
    return {entry["id"]: Topic(**{**entry, "explanation": tuple(entry["explanation"])}) for entry in entries}


def topic(topic_id: str) -> Topic:
    """The guideline or challenge with this id. Raises ``KeyError``."""
    return topics()[topic_id]
