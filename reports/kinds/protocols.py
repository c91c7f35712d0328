"""What the making of reports asks of a kind, and what is known around a report of any kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol, runtime_checkable

from accounts.models import User
from reports.composing.circumstances import Circumstances
from reports.kinds.revisions import is_for_parties
from reports.model import ReportModel
from reports.models import Report
from reports.telling import About


class Kind(Protocol):
    """What the making of reports asks of a kind."""

    formats: tuple[Report.Format, ...]
    audiences: tuple[Report.Audience, ...]

    takes_party: bool
    """Whether there is a version for a single party, with its own undertakings beside the common text."""

    is_personal: bool
    """Whether the report is its requester's alone, so that two people who ask for the same have two."""

    def may_open(self, user: User, report: Report) -> bool:
        """Whether the person may ask for the report and read it."""

    def hold(self, report: Report) -> None:
        """Locks what two who ask for the same report at once have in common."""

    def about(self, report: Report) -> About:
        """What it is about, for its pages and the name of its file."""

    def audited(self, report: Report) -> tuple[str, dict[str, str | int]]:
        """What verbs of the audit log begin with, and their details."""

    def keep(self, report: Report) -> dict[str, Any] | None:
        """What it is made from if nothing else keeps that as it is now; ``None`` if something does.

        Raises ``NothingToTellError``.
        """


class Composed(Kind, Protocol):
    """A kind that says something, which formats set."""

    def collect(self, report: Report) -> Any:
        """What it tells of."""

    def compose(self, collected: Any, around: Circumstances) -> ReportModel:
        """What it says, all words in the language that is active."""


@runtime_checkable
class Packed(Kind, Protocol):
    """A kind that is an archive of files."""

    def files(self, report: Report) -> Iterator[tuple[str, bytes]]:
        """Names and contents, as they come."""


def around(report: Report, kind: Kind) -> Circumstances:
    """What surrounds a report of this kind."""
    return Circumstances(
        workspace=report.workspace.name,
        made_at=report.requested_at,
        revision=kind.about(report).number,
        language=report.language,
        paper=report.paper,
        classification=report.classification,
        watermark=report.watermark,
        valid_until=report.valid_until.isoformat() if report.valid_until else "",
        for_parties=is_for_parties(report),
        party=report.party,
    )
