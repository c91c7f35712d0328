"""A sample page, set as reports are: what a look does to a title, a table, a picture of scores and the lines of a page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.formats.pdf import first_page
from reports.look import Look
from reports.model import Bullets, Entry, Fact, Facts, Mark, Paragraph, Profile, ReportModel, Score, Section, Table

DOTS_PER_INCH: Final = 144
MADE_AT: Final = datetime(2026, 1, 1, 9, tzinfo=UTC)


def sample_page(look: Look, *, workspace: str, language: str, paper: str) -> bytes:
    """The page as PNG, in 144 dots per inch. Raises ``FormatError``."""
    with override(language):
        model = _model(workspace, language, paper)
    return first_page(model, look, dots_per_inch=DOTS_PER_INCH)


def _model(workspace: str, language: str, paper: str) -> ReportModel:
    return ReportModel(
        kind="assessment",
        name=_("Sample"),
        title=_("Reopening the market road"),
        subtitle=_("This is how a report begins"),
        language=language,
        paper=paper,
        made_at=MADE_AT,
        workspace=workspace,
        opening="head",
        headline_label=_("Verdict"),
        headline=_("Adequate, with two gaps"),
        summary=_(
            "The measures are concrete and balanced. Who verifies them, and what happens if one fails, is still open."
        ),
        facts=(Fact(_("Workspace"), workspace), Fact(_("Made on"), MADE_AT.date().isoformat())),
        contents_title="",
        sections=(_scores(), _measures()),
        foot=_("Sample"),
        classification=_("Confidential"),
    )


def _scores() -> Section:
    strong, adequate, weak = (
        Mark("strong", _("Strong"), "●"),
        Mark("adequate", _("Adequate"), "◐"),
        Mark("weak", _("Weak"), "○"),
    )
    profile = Profile(
        columns=(_("Guideline"), _("Score"), _("Band"), _("Known")),
        scores=(
            Score("G1", _("Reciprocity"), 82, (78, 88), strong, "90 %"),
            Score("G4", _("Verification"), 61, (48, 74), adequate, "70 %"),
            Score("G8", _("What if a measure fails"), 34, (20, 55), weak, "60 %"),
        ),
        legend=_("The thin line shows what the unknowns may still change."),
    )
    return Section(_("Scores"), (Paragraph(_("Each guideline is scored from 0 to 100.")), profile))


def _measures() -> Section:
    table = Table(
        caption=_("Who does what, and by when"),
        columns=(_("Party"), _("Commitment"), _("Days")),
        rows=(
            (_("Valley council"), _("Opens its checkpoint from six to six"), 14),
            (_("Hill council"), _("Escorts the first convoys"), 14),
        ),
        widths=(3, 6, 1),
    )
    steps = Bullets(
        (Entry(_("Name who verifies"), _("Both sides have to accept them.")), Entry(_("Agree on a hotline"))), True
    )
    facts = Facts((Fact(_("Sector"), _("Economic")), Fact(_("Phase"), _("During negotiations"))))
    return Section(_("Measures"), (facts, table, steps))
