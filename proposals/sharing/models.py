"""Shares of a proposal, links for guests, and comments. All of them go where their proposal goes."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, Workspace


class Share(models.Model):
    """One person's way to one proposal. Until somebody has an account with the address, it waits for them."""

    class Kind(models.TextChoices):
        CO_DRAFTER = "co_drafter", _("Co-drafter")
        OBSERVER = "observer", _("Observer")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.CASCADE, related_name="shares")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    """The proposal's, for the wall around the table."""
    email = models.EmailField(_("e-mail address"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("may"), max_length=20, choices=Kind)
    reads_confidential = models.BooleanField(_("reads the confidential parts"), default=False)
    """Whether diagnosis, motives and notes were opened to an observer. Co-drafters read them in any case."""
    invitation = models.ForeignKey(Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("shared"), auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint("proposal", Lower("email"), name="one_share_per_address_and_proposal"),
            models.UniqueConstraint(fields=["person", "proposal"], name="one_share_per_person_and_proposal"),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.proposal_id} · {self.kind}"


class GuestLinkQuerySet(models.QuerySet["GuestLink"]):
    def open(self) -> GuestLinkQuerySet:
        """Neither taken back nor too old, and of a proposal that is not deleted."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), proposal__deleted_at=None)


class GuestLink(models.Model):
    """A link by which somebody without an account reads a proposal and comments on it. Of token and password only digests
    are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.CASCADE, related_name="guest_links")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(_("who it is for"), max_length=100)
    token_sha256 = models.CharField(_("digest of the token"), max_length=64, unique=True)
    password = models.CharField(_("password"), max_length=128)
    revision_number = models.PositiveIntegerField(_("revision"), null=True, blank=True)
    """``None``: always the newest one."""
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    comments_seen_at = models.DateTimeField(_("comments seen"), default=timezone.now)
    """When who made the link last looked at what came by it."""
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = GuestLinkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.label} · {self.expires_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether it still leads to the proposal."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class Comment(models.Model):
    """What somebody says of a proposal, or of a place in it. It is never changed; it can be taken away."""

    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.CASCADE, related_name="comments")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    revision_number = models.PositiveIntegerField(_("written on revision"))
    address = models.CharField(_("about"), max_length=300, blank=True)
    """The address of a field or a row (``assessments.package.addresses``); "" for the whole."""
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    """What it answers; an answer is not answered in its turn."""
    text = models.TextField(_("comment"), max_length=4000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    link = models.ForeignKey(GuestLink, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    guest_name = models.CharField(_("your name"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    resolved_at = models.DateTimeField(_("settled"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(_("taken away"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(author__isnull=False, link=None, guest_name="")
                | Q(author=None, link__isnull=False) & ~Q(guest_name=""),
                name="a_comment_is_by_a_person_or_a_guest",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False, parent=None),
                name="a_settled_comment_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) & ~Q(text="") | Q(removed_at__isnull=False, text=""),
                name="a_comment_says_something_until_it_is_taken_away",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} · {self.pk}"

    @property
    def by(self) -> str:
        """Who wrote it."""
        return str(self.author) if self.author else self.guest_name
