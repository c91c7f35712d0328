"""What surrounds a report, whatever its kind."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Circumstances(NamedTuple):
    """For whom and when a report was made, and how it is set.

    ``classification``: "" for what the package says of itself; ``watermark``: "" for none; ``valid_until``: a day as
    YYYY-MM-DD, "" for none; ``party``: the id of the only party whose commitments are shown, "" for all.
    """

    workspace: str
    made_at: datetime
    revision: str = ""
    language: str = "en"
    paper: str = "a4"
    classification: str = ""
    watermark: str = ""
    valid_until: str = ""
    for_parties: bool = False
    party: str = ""
