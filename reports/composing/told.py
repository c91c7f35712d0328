"""What a report on a revision is made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from reports.audience import Numbers


class Told(NamedTuple):
    """A revision as the audience of a report sees it.

    ``document``: canonical; ``scorecard``: of it, for the parties as ``audience.scorecard_for_parties`` leaves it;
    ``numbers``: of what is shown of the measures, and ``measures``: how many there are, in the whole text.
    """

    document: dict[str, Any]
    scorecard: dict[str, Any]
    numbers: Mapping[str, Numbers]
    measures: int
