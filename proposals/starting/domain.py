"""Starting packages, and taking historic measures into drafts as prompts."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User, Workspace
from assessments.calibration import worked_example
from assessments.package import canonical_document
from assessments.package.changes import ChangeError, Insert
from cases.models import Case, CaseMeasure
from proposals.drafting.domain import change_rows, hold, start_draft
from proposals.models import Proposal, Revision
from proposals.starting.documents import Document, blank
from proposals.starting.inspiration import free_number, prompt

Chosen = Sequence[tuple[Case, CaseMeasure]]


def start_blank(workspace: Workspace, document: Document, *, by: User) -> Revision:
    """A proposal that says only what ``document`` says. Raises ``PermissionDenied`` if ``by`` does not draft there."""
    return start_draft(workspace, document, by=by, reason=_("Started blank"))


def start_from_example(workspace: Workspace, *, by: User) -> Revision:
    """A copy of the worked example, to be changed at will. Raises ``PermissionDenied`` as ``start_blank``."""
    package = worked_example().package
    title = _("%(title)s (copy)") % {"title": package.title[:190]}
    document = canonical_document(package) | {"title": title}
    return start_draft(workspace, document, by=by, reason=_("Copied from the worked example"))


def start_from_cases(workspace: Workspace, title: str, chosen: Chosen, *, by: User) -> Revision:
    """A proposal with a prompt for each chosen measure. Raises ``PermissionDenied`` as ``start_blank``."""
    prompts = [prompt(case, measure, number=n) for n, (case, measure) in enumerate(chosen, 1)]
    document = blank(title=title) | ({"measures": prompts} if prompts else {})
    return start_draft(workspace, document, by=by, reason=_("Begun from historic measures"))


@transaction.atomic
def inspire(proposal: Proposal, chosen: Chosen, *, by: User) -> Revision:
    """A prompt for each chosen measure, last in the newest draft of ``proposal``; the revision that has them.

    Raises ``PermissionDenied`` if ``by`` may not edit the proposal, ``ChangeError`` if something else stands in the place of
    the draft's measures.
    """
    hold(proposal, by=by)
    newest = proposal.revisions.order_by("-number")[:1].get()
    if not isinstance(newest.document.get("measures", []), list):
        raise ChangeError("/measures", "no list of measures stands here")
    number = free_number(newest.document)
    rows = [Insert("/measures", prompt(case, measure, number=n)) for n, (case, measure) in enumerate(chosen, number)]
    return change_rows(proposal, rows, base=proposal.version, client="", by=by).revision
