"""What the kinds of reports have in common that tell of a revision: rights, names, and what is collected."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.engine import assess
from assessments.package import canonical_document, load_package
from assessments.package.drafts import read_draft
from proposals.models import Revision
from proposals.rules import Right, may
from reports.audience import numbers, scorecard_for_parties, set_aside, shown
from reports.composing.told import Told
from reports.models import Report
from reports.telling import About

ONE_FILE: Final = tuple(each for each in Report.Format if each != Report.Format.ZIP)
"""The formats of what is one report."""


class RevisionKind:
    """A report for us alone may be had by who may read the whole package, one for the parties by who may read the proposal."""

    formats: tuple[Report.Format, ...] = ONE_FILE
    audiences: tuple[Report.Audience, ...] = tuple(Report.Audience)
    takes_party = False
    is_personal = False
    heading: ClassVar[str | Promise]

    def may_open(self, user: User, report: Report) -> bool:
        return may_read(user, report, revision_of(report))

    def keep(self, report: Report) -> dict[str, Any] | None:
        return None

    def hold(self, report: Report) -> None:
        """Raises ``PermissionDenied`` if the proposal went to another workspace since it was fetched."""
        as_fetched = Revision.objects.filter(pk=revision_of(report).pk, workspace=report.workspace_id)
        if not as_fetched.select_for_update(no_key=True).exists():
            raise PermissionDenied

    def about(self, report: Report) -> About:
        revision = revision_of(report)
        return About(
            title=revision.proposal.title,
            number=str(revision.number),
            note=_("Revision %(number)s") % {"number": revision.number},
            heading=str(self.heading) % {"number": revision.number},
            address=reverse("proposals:proposal", args=[revision.proposal_id]),
            way=_("Back to the scorecard"),
        )

    def audited(self, report: Report) -> tuple[str, dict[str, str | int]]:
        revision = revision_of(report)
        return "", {"proposal": str(revision.proposal_id), "revision": revision.number}

    def collect(self, report: Report) -> Told:
        """The revision as the audience sees it, with its scorecard."""
        return told(revision_of(report), report)


def revision_of(report: Report) -> Revision:
    """The revision that a report tells of."""
    assert report.revision is not None, "The database holds a report of this kind to a revision."
    return report.revision


def is_for_parties(report: Report) -> bool:
    """Whether it tells what parties may see; a version for one of them never tells more."""
    return report.audience == Report.Audience.PARTIES or report.party != ""


def may_read(user: User, report: Report, revision: Revision) -> bool:
    """Whether ``user`` may read what the audience of ``report`` sees of ``revision``."""
    right: Right = "read" if report.audience == Report.Audience.PARTIES else "read_confidential"
    return bool(may(user, right, revision.proposal))


def told(revision: Revision, report: Report) -> Told:
    """What ``report`` tells of ``revision``. A party's own version has the findings on the whole text: on a part of it
    they would be wrong."""
    for_parties = is_for_parties(report)
    whole = canonical_document(read_draft(revision.document).package)
    seen = shown(whole, for_parties=for_parties)
    scorecard = assess(load_package(seen, draft=True)).as_dict(_)
    return Told(
        document=shown(whole, for_parties=for_parties, party=report.party),
        scorecard=scorecard_for_parties(scorecard, set_aside(whole)) if for_parties else scorecard,
        numbers=numbers(whole, party=report.party),
        measures=len(whole.get("measures", ())),
    )
