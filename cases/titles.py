"""The titles of cases, for whoever cites one and has no database."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import yaml

DATA: Final = Path(__file__).with_name("data")


@cache
def case_title(slug: str) -> str:
    """The title of a case. Raises ``KeyError`` if there is none with this slug."""
    path = DATA / f"{slug}.yaml"
    if not path.is_file():
        raise KeyError(slug)
    with path.open(encoding="utf-8") as lines:
        title = next(line for line in lines if line.startswith("title:"))
    return str(yaml.safe_load(title)["title"])
