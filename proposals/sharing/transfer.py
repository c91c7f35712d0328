"""Moving a proposal to another workspace, and handing it over within one."""

from __future__ import annotations

from operator import attrgetter

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit
from accounts.models import User, Workspace
from accounts.rules import is_drafter
from proposals.drafting.domain import hold
from proposals.models import Proposal
from proposals.rules import may_start_in


@transaction.atomic
def transfer(proposal: Proposal, to: Workspace, *, by: User) -> None:
    """``proposal`` belongs to the workspace ``to`` from now on, with all that stands below it: the database takes along
    what follows it (``operations.Follows``). Audit entries stay where they are.

    Variants and base stay where they are, and no longer name each other. Confidential parts are closed to all roles, and
    ``by`` is responsible. Raises ``PermissionDenied`` if ``by`` does not draft in both workspaces, ``ValueError`` if the
    proposal is there already.
    """
    origin = proposal.workspace
    if to == origin:
        raise ValueError("The proposal is in this workspace already.")
    hold(proposal, by=by, to="share")
    if not may_start_in(by, to):
        raise PermissionDenied
    proposal.variants.update(variant_of=None)
    proposal.workspace, proposal.variant_of = to, None
    proposal.confidential_open_to, proposal.responsible = [], by
    proposal.save(update_fields=["workspace", "variant_of", "confidential_open_to", "responsible"])
    for workspace in sorted((origin, to), key=attrgetter("pk")):  # in one order, so that two do not wait in a circle
        if workspace == origin:
            audit.record("proposals.transferred_out", by=by, workspace=origin, about=proposal, to=str(to))
        else:
            audit.record("proposals.transferred_in", by=by, workspace=to, about=proposal, origin=str(origin))


@transaction.atomic
def hand_over(proposal: Proposal, heir: User, *, by: User) -> bool:
    """``heir`` is responsible from now on; whether that changed anything.

    Raises ``PermissionDenied`` if ``by`` or ``heir`` does not draft in the proposal's workspace.
    """
    hold(proposal, by=by, to="share")
    if not is_drafter(heir, proposal):
        raise PermissionDenied
    current = Proposal.objects.select_related("responsible", "created_by").get(pk=proposal.pk)
    if current.in_charge == heir:
        return False
    current.responsible = heir
    current.save(update_fields=["responsible"])
    audit.record("proposals.handed_over", by=by, workspace=proposal.workspace, about=proposal, heir=str(heir))
    return True
