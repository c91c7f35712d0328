"""Going back to an earlier state, and branching variants. Both make something new; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from proposals.comparing.leaving_out import without_measures
from proposals.drafting.domain import hold, replace_draft, start_draft
from proposals.drafting.revising import seal
from proposals.models import Proposal, Revision


@transaction.atomic
def restore_revision(revision: Revision, *, by: User) -> Revision | None:
    """What ``revision`` says, as the newest revision of its proposal; ``None`` if the newest says the same already.

    Raises ``PermissionDenied`` if ``by`` may not edit the proposal.
    """
    proposal = revision.proposal
    hold(proposal, by=by)
    newest = proposal.revisions.defer("document")[:1].get()
    if newest.sha256 == revision.sha256:
        return None
    seal(revision)
    reason = _("Revision %(number)s restored") % {"number": revision.number}
    restored = replace_draft(proposal, revision.document, by=by, reason=reason)
    audit.record(
        "proposals.revision_restored",
        by=by,
        workspace=proposal.workspace,
        about=proposal,
        restored=revision.number,
        revision=restored.number,
    )
    return restored


@transaction.atomic
def branch_variant(revision: Revision, *, note: str, left_out: Collection[str] = (), by: User) -> Proposal:
    """A proposal of the same workspace that begins with what ``revision`` says, without the measures ``left_out``.

    Its confidential parts are open to nobody but the drafters, whoever may read those of the base. Raises
    ``PermissionDenied`` if ``by`` may not edit the base.
    """
    base = revision.proposal
    hold(base, by=by)
    seal(revision)
    draft = without_measures(revision.document, left_out)
    reason = _("Branched from revision %(number)s") % {"number": revision.number}
    variant = start_draft(base.workspace, draft, by=by, reason=reason).proposal
    variant.variant_of, variant.branched_at, variant.variant_note = base, revision.number, note
    variant.save(update_fields=["variant_of", "branched_at", "variant_note"])
    audit.record(
        "proposals.variant_branched",
        by=by,
        workspace=base.workspace,
        about=variant,
        base=str(base.pk)[:8],
        branched_at=revision.number,
    )
    return variant
