"""Two revisions side by side, of one proposal or of two, as a kind of report."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.engine import assess
from assessments.package import canonical_document, load_package
from assessments.package.drafts import read_draft, without_keys
from proposals.models import Revision
from reports.audience import scorecard_for_parties, set_aside, shown
from reports.composing.circumstances import Circumstances
from reports.composing.comparison import Side, compose_comparison
from reports.kinds.revisions import RevisionKind, is_for_parties, may_read, revision_of
from reports.model import ReportModel
from reports.models import Report
from reports.telling import About


class ComparisonKind(RevisionKind):
    """What changed from ``against`` to ``revision``. Who may not read one of them has no report of both."""

    def may_open(self, user: User, report: Report) -> bool:
        against = Revision.objects.visible_to(user).with_proposal().filter(pk=report.against_id or 0).first()
        return against is not None and may_read(user, report, against) and super().may_open(user, report)

    def about(self, report: Report) -> About:
        revision, against = revision_of(report), against_of(report)
        numbers = {"before": against.number, "now": revision.number}
        same = revision.proposal_id == against.proposal_id
        if same:
            note = _("Revisions %(before)s and %(now)s") % numbers
        else:
            note = _("Beside “%(other)s”") % {"other": against.proposal.title}
        return About(
            title=revision.proposal.title,
            number=f"{against.number}-{revision.number}",
            note=note,
            heading=_("What changed from revision %(before)s to %(now)s") % numbers if same else note,
            address=reverse("proposals:proposal", args=[revision.proposal_id]),
            way=_("Back to the scorecard"),
        )

    def audited(self, report: Report) -> tuple[str, dict[str, str | int]]:
        prefix, details = super().audited(report)
        against = against_of(report)
        return prefix, {**details, "against": str(against.proposal_id), "against_revision": against.number}

    def collect(self, report: Report) -> tuple[str, Side, Side, str]:  # type: ignore[override]
        """The title, both sides, and what the package says of its classification."""
        revision, against = revision_of(report), against_of(report)
        for_parties = is_for_parties(report)
        packages = [read_draft(each.document).package for each in (against, revision)]
        aside = {check for each in packages for check in set_aside(canonical_document(each))}
        before, now = (
            _side(each, named=against.proposal_id != revision.proposal_id, for_parties=for_parties, aside=aside)
            for each in (against, revision)
        )
        return revision.proposal.title, before, now, str(now.draft.get("classification") or "")

    def compose(self, collected: tuple[str, Side, Side, str], around: Circumstances) -> ReportModel:
        title, before, now, classification = collected
        return compose_comparison(title, before, now, around, _, classification=classification)


def against_of(report: Report) -> Revision:
    """The revision that a comparison begins with."""
    assert report.against is not None, "The database holds a comparison to two revisions."
    return report.against


def _side(revision: Revision, *, named: bool, for_parties: bool, aside: set[str]) -> Side:
    """A revision: as it stands, wrong fields and all, for us alone; else as the parties see it."""
    proposal = revision.proposal
    words = _("%(name)s, revision %(number)s") if named else _("Revision %(number)s")
    called = proposal.variant_note if proposal.variant_note and not for_parties else proposal.title
    name = words % {"name": called, "number": revision.number}
    whole = canonical_document(read_draft(revision.document).package)
    seen = shown(whole, for_parties=for_parties)
    scorecard = assess(load_package(seen, draft=True), steps=False).as_dict(_)
    if not for_parties:
        return Side(name, without_keys(revision.document), scorecard)
    return Side(name, seen, scorecard_for_parties(scorecard, aside))
