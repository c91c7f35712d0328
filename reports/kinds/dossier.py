"""Everything on a revision in one archive, as a kind of report: each other kind in each format, and the package itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.package import canonical_document
from assessments.package.drafts import read_draft
from proposals.exchange.documents import exported, written
from reports.audience import shown
from reports.branding.domain import look_of
from reports.formats.registry import SUFFIXES, file_of
from reports.kinds.protocols import Composed, around
from reports.kinds.revisions import RevisionKind, is_for_parties, revision_of
from reports.models import Report

README: Final = "README.txt"
PACKAGE: Final = "package.json"
AS_THE_DOSSIER: Final = (
    *("workspace", "revision", "rubric_version", "audience", "party", "language", "paper", "classification"),
    *("watermark", "valid_until", "branding", "requested_by", "requested_at"),
)


class DossierKind(RevisionKind):
    """``kinds``: those that stand in it. For one party these are the ones that have a version for one party."""

    formats: tuple[Report.Format, ...] = (Report.Format.ZIP,)
    takes_party = True
    heading = gettext_lazy("Everything on revision %(number)s")

    def __init__(self, kinds: Mapping[str, Composed]) -> None:
        self.kinds = kinds

    def keep(self, report: Report) -> dict[str, Any] | None:
        """What its parts keep, by kind."""
        kept = {part.kind: self.kinds[part.kind].keep(part) for part in self._parts(report)}
        return {kind: content for kind, content in kept.items() if content is not None} or None

    def files(self, report: Report) -> Iterator[tuple[str, bytes]]:
        """A text that says what is here, the package, and the reports one after the other."""
        parts = self._parts(report)
        yield README, self._read_me(report, parts).encode()
        yield PACKAGE, _package(report).encode()
        look = look_of(report)
        for part in parts:
            kind = self.kinds[part.kind]
            model = kind.compose(kind.collect(part), around(part, kind))
            for format in kind.formats:
                yield _name(part, format), file_of(model, format, look)

    def _parts(self, report: Report) -> list[Report]:
        """The reports in it, which are not saved."""
        common = {name: getattr(report, name) for name in AS_THE_DOSSIER}
        kept = report.content or {}
        return [
            Report(**common, kind=code, content=kept.get(code))
            for code, kind in self.kinds.items()
            if report.audience in kind.audiences and (kind.takes_party or not report.party)
        ]

    def _read_me(self, report: Report, parts: list[Report]) -> str:
        about = self.about(report)
        names = [(_name(part, each), each) for part in parts for each in self.kinds[part.kind].formats]
        lines = [
            about.title,
            _("Revision %(number)s, %(workspace)s, %(day)s")
            % {
                "number": about.number,
                "workspace": report.workspace.name,
                "day": report.requested_at.date().isoformat(),
            },
            *_around(report),
            "",
            *(f"{name}: {Report.Format(format).label}" for name, format in names),
            f"{PACKAGE}: {_('the package for programs, format cbm-package/1')}",
            "",
            _("manifest.sha256 has the sums of all files: sha256sum -c manifest.sha256 checks them."),
            _("The advisor reviews a draft against good practice. The parties decide."),
        ]
        return "\n".join(lines) + "\n"


def _around(report: Report) -> Iterator[str]:
    """For whom it is, and what was asked to stand on it."""
    package = read_draft(revision_of(report).document).package
    yield str(Report.Audience(report.audience).label)
    if report.party:
        names = {party.id: party.name for party in package.parties or ()}
        yield _("For one party alone: %(party)s") % {"party": names.get(report.party, report.party)}
    if classification := report.classification or package.classification:
        yield _("Classification: %(words)s") % {"words": classification}
    if report.watermark:
        yield _("Watermark: %(words)s") % {"words": report.watermark}
    if report.valid_until:
        yield _("Valid until %(day)s") % {"day": report.valid_until.isoformat()}


def _name(part: Report, format: Report.Format | str) -> str:
    """A folder for each kind, and in it the files by name of the kind; two of them are PDF files."""
    name = Report.Kind(part.kind).label
    more = " (PDF-A)" if format == Report.Format.ARCHIVAL_PDF else ""
    return f"{name}/{name}{more}.{SUFFIXES[format]}"


def _package(report: Report) -> str:
    """The package as its audience sees it; for us alone as it stands, wrong fields and all."""
    draft = revision_of(report).document
    if not is_for_parties(report):
        return written(exported(draft, whole=True).document, "json")
    whole = canonical_document(read_draft(draft).package)
    return written(shown(whole, for_parties=True, party=report.party), "json")
