"""What is said of kinds and formats where one chooses between them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from reports.models import Report

KINDS_IN_A_LINE: Final = {
    Report.Kind.ASSESSMENT: _("All of it: scores, findings, advice, measures, clauses and comments."),
    Report.Kind.BRIEF: _("Two pages for those who decide."),
    Report.Kind.ANNEX: _("The measures as articles to negotiate, with verification, what-if and sequence."),
    Report.Kind.COMPARISON: _("What changed between two drafts, and what that does to the scores."),
    Report.Kind.REVIEW: _("A letter to the drafters: findings, questions and comments."),
    Report.Kind.DOSSIER: _("Everything in one archive, with a list of check sums."),
}
PAPERS: Final = {"a4": _("A4"), "us-letter": _("US Letter")}
