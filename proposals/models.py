"""A proposal is a document with revisions; a revision never changes."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import ExpressionWrapper, F, Max, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User, Workspace
from accounts.rules import DRAFTING
from proposals.sharing.models import Comment as Comment
from proposals.sharing.models import GuestLink as GuestLink
from proposals.sharing.models import Share as Share

READING = (Membership.Role.REVIEWER, Membership.Role.TRAINER, Membership.Role.OBSERVER)


def shared_ids(user: User) -> models.QuerySet[Share, uuid.UUID]:
    """The ids of the proposals that are shared with ``user``, as a part of another query."""
    return Share.objects.filter(person=user).values_list("proposal_id", flat=True)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals by who may see them."""

    def visible_to(self, user: User) -> ProposalQuerySet:
        """Those of the workspaces that ``user`` belongs to and those shared with them, without those that are deleted."""
        return self.kept().filter(Q(workspace__in=user.roles) | Q(pk__in=shared_ids(user)))

    def shared_with(self, user: User) -> ProposalQuerySet:
        """Those shared with ``user`` by name, without those that are deleted; ``share_kind`` says as what."""
        return self.kept().filter(shares__person=user).annotate(share_kind=F("shares__kind"))

    def in_charge_of(self, user: User) -> ProposalQuerySet:
        """Those that ``user`` is responsible for: handed over to them, or started by them and handed to nobody."""
        return self.filter(Q(responsible=user) | Q(responsible=None, created_by=user))

    def kept(self) -> ProposalQuerySet:
        """Those that are not deleted."""
        return self.filter(deleted_at=None)

    def deleted(self) -> ProposalQuerySet:
        """Those that are deleted and can still be put back, with their workspaces, the last one first."""
        return self.exclude(deleted_at=None).select_related("workspace", "deleted_by").order_by("-deleted_at")

    def due(self) -> ProposalQuerySet:
        """Those that have been deleted for as long as their workspace keeps them."""
        kept_for = ExpressionWrapper(
            F("workspace__keep_deleted_days") * Value(timedelta(days=1)), output_field=models.DurationField()
        )
        return self.filter(deleted_at__lte=timezone.now() - kept_for)

    def confidential_to(self, user: User) -> ProposalQuerySet:
        """Those whose confidential parts ``user`` may read (``rules.reads_confidential`` as a query)."""
        drafting = [workspace for workspace, role in user.roles.items() if role in DRAFTING]
        opened = Q(kind=Share.Kind.CO_DRAFTER) | Q(reads_confidential=True)
        allowed = Q(workspace__in=drafting) | Q(pk__in=shared_ids(user).filter(opened))
        for workspace, role in user.roles.items():
            allowed |= Q(workspace=workspace, confidential_open_to__contains=[role])
        return self.filter(allowed)

    def in_workspace(self, workspace: Workspace | None) -> ProposalQuerySet:
        """Those of one workspace; none without one."""
        return self.filter(workspace=workspace) if workspace else self.none()

    def for_listing(self) -> ProposalQuerySet:
        """With workspace, and number and date of the newest revision (``newest_number``, ``changed_at``)."""
        return (
            self.select_related("workspace")
            .annotate(newest_number=Max("revisions__number"), changed_at=Max("revisions__created_at"))
            .order_by("-changed_at", "title")
        )


class Proposal(models.Model):
    """A package in the making, owned by a workspace."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="proposals")
    title = models.CharField(_("title"), max_length=200)
    confidential_open_to = ArrayField(
        models.CharField(max_length=20, choices=[(role.value, role.label) for role in READING]),
        verbose_name=_("confidential parts are open to"),
        default=list,
        blank=True,
    )
    """The roles, beside the drafters, that may read diagnosis, motives and notes."""
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Whom it was handed over to; ``None`` as long as it is in the hands of who started it."""
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    """How often the draft was changed; each change is an ``Edit``."""
    variant_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="variants")
    """The proposal that this one tries out a change of; a variant stays when that is gone for good."""
    branched_at = models.PositiveIntegerField(_("branched at revision"), null=True, blank=True)
    variant_note = models.CharField(_("what the variant tries out"), max_length=200, blank=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "workspace"], name="proposal_and_its_workspace"),
            models.CheckConstraint(
                condition=Q(deleted_at=None, deleted_by=None) | Q(deleted_at__isnull=False, deleted_by__isnull=False),
                name="a_deleted_proposal_says_by_whom",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="deleted_proposals")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def in_charge(self) -> User:
        """Who is responsible for it."""
        return self.responsible or self.created_by

    @property
    def gone_at(self) -> datetime | None:
        """From when on a deleted proposal is gone for good, at the next daily round."""
        if self.deleted_at is None:
            return None
        return self.deleted_at + timedelta(days=self.workspace.keep_deleted_days)


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Revisions by who may see them."""

    def visible_to(self, user: User) -> RevisionQuerySet:
        """Those of proposals that ``user`` may see."""
        seen = Q(workspace__in=user.roles) | Q(proposal__in=shared_ids(user))
        return self.filter(seen, proposal__deleted_at=None)

    def with_proposal(self) -> RevisionQuerySet:
        """With the proposal and its workspace, in the same query."""
        return self.select_related("proposal__workspace")


class Revision(models.Model):
    """One saved state of a proposal's document: a draft in the shape of the format, perhaps half filled.

    The newest one is written on for a minute by whoever began it, until it is sealed; then the database lets nobody
    change it.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="revisions")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    """The proposal's, for the wall around the table."""
    number = models.PositiveIntegerField(_("number"))
    document = models.JSONField(_("document"))
    sha256 = models.CharField(_("sha256"), max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    is_sealed = models.BooleanField(_("changes no more"), default=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "number"], name="revision_numbers_are_unique"),
            models.UniqueConstraint(fields=["id", "workspace"], name="revision_and_its_workspace"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} · {self.number}"

    @property
    def is_newest(self) -> bool:
        """Whether no later revision of the proposal exists."""
        return not Revision.objects.filter(proposal_id=self.proposal_id, number__gt=self.number).exists()


class EditQuerySet(models.QuerySet["Edit"]):
    """Changes of a draft by who made them and when."""

    def since(self, version: int) -> EditQuerySet:
        """Those after a version, oldest first, with who made them."""
        return self.filter(version__gt=version).order_by("version").select_related("author")


class Edit(models.Model):
    """One change of a proposal's draft, as operations, with those that take it back. Nothing is ever taken out."""

    class Kind(models.TextChoices):
        FIELDS = "fields", _("fields")
        ROWS = "rows", _("rows")
        WHOLE = "whole", _("the whole draft")
        UNDO = "undo", _("undo")
        REDO = "redo", _("redo")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="edits")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    """The proposal's, for the wall around the table."""
    version = models.PositiveIntegerField(_("version"))
    """The proposal's version after it."""
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    client = models.CharField(_("page"), max_length=32, blank=True)
    """The open page that it came from."""
    operations = models.JSONField(_("operations"))
    inverse = models.JSONField(_("operations that take it back"))
    of = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    """What an undo took back, or a redo did again."""
    is_undone = models.BooleanField(_("taken back"), default=False)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = EditQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "version"], name="versions_of_a_draft_are_unique")
        ]
        indexes: ClassVar = [models.Index(fields=["proposal", "author", "-version"], name="edits_of_a_person")]

    def __str__(self) -> str:
        return f"{self.proposal_id} · {self.version}"
