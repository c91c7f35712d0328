"""People, the workspaces they work in, and their roles there."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new person; without a password they can sign in only by link."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    date_joined = models.DateTimeField(_("joined"), auto_now_add=True)
    chosen_workspace = models.ForeignKey(
        "Workspace", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("workspace")
    )

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_account_per_email_address")]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def roles(self) -> dict[uuid.UUID, str]:
        """The person's role in each workspace that they belong to, by the workspace's id."""
        return {membership.workspace_id: membership.role for membership in self.own_memberships}

    @cached_property
    def own_memberships(self) -> list[Membership]:
        """The person's memberships with their workspaces, read once per request."""
        return list(self.memberships.select_related("workspace").order_by("workspace__name"))

    @cached_property
    def unread_news(self) -> int:
        """How many notifications the person has not opened; read once per request, by pages with a head."""
        return self.notifications.unread().count()

    def forget_memberships(self) -> None:
        """After a change: what was read for this request is read anew."""
        for name in ("roles", "own_memberships", "workspace"):
            self.__dict__.pop(name, None)

    @cached_property
    def workspace(self) -> Workspace | None:
        """The workspace that the person works in now: the one chosen, else the first; ``None`` without any."""
        workspaces = [membership.workspace for membership in self.own_memberships]
        chosen = (workspace for workspace in workspaces if workspace.pk == self.chosen_workspace_id)
        return next(chosen, workspaces[0] if workspaces else None)


class Workspace(models.Model):
    """A mediation team, a support unit or a training institute: the wall around what they write."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Kind(models.TextChoices):
        MEDIATION_TEAM = "mediation_team", _("Mediation team")
        SUPPORT_UNIT = "support_unit", _("Support unit")
        TRAINING_INSTITUTE = "training_institute", _("Training institute")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.MEDIATION_TEAM)
    second_factor_for = ArrayField(
        models.CharField(max_length=20), verbose_name=_("second step at sign-in"), default=list, blank=True
    )
    """The roles that may enter only with a second factor or a passkey."""
    keep_deleted_days = models.PositiveSmallIntegerField(_("days that deleted proposals are kept"), default=30)
    members: models.ManyToManyField[User, Membership] = models.ManyToManyField(
        User, through="Membership", related_name="workspaces"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What a person may do in a workspace."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        DRAFTER = "drafter", _("Drafter")
        REVIEWER = "reviewer", _("Reviewer")
        TRAINER = "trainer", _("Trainer")
        OBSERVER = "observer", _("Observer")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "workspace"], name="one_membership_per_person_and_workspace")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.workspace} · {self.role}"


class SignInLink(models.Model):
    """A link that signs a person in once. Only the digest of its token is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    token_sha256 = models.CharField(_("digest of the token"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} · {self.expires_at:%Y-%m-%d %H:%M}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Neither accepted nor withdrawn nor too old."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())

    def to_membership(self) -> InvitationQuerySet:
        """Those that make a member."""
        return self.exclude(role="")


class Invitation(models.Model):
    """A link that lets one person into a workspace, once. Only the digest of its token is kept.

    Without a role it makes nobody a member: it lets a person have an account, and leads to what was shared with them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role, blank=True)
    leads_to = models.CharField(_("page that it leads to"), max_length=200, blank=True)
    token_sha256 = models.CharField(_("digest of the token"), max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """``None`` for the first owner, whom the operator invites."""
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "workspace",
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None) & ~Q(role=""),
                name="one_pending_invitation_per_address_and_workspace",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.workspace} · {self.role}"


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, person: User) -> Self:
        """The person's own: nobody else's are ever shown."""
        return self.filter(person=person)

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notification(models.Model):
    """News for one person, such as that a report is ready. Written by ``accounts.notifications.notify``.

    ``text`` names a kind of thing, and no content that may be closed to the person later; ``address``: a page of ours that
    checks the right to what it shows; ``key``: what it tells of, so that it is told once.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    text = models.CharField(_("text"), max_length=300)
    address = models.CharField(_("page that it leads to"), max_length=300)
    key = models.CharField(_("what it tells of"), max_length=120, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "key"], condition=~Q(key=""), name="a_person_is_told_of_a_thing_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], condition=Q(read_at=None), name="unread_notifications"),
            models.Index(fields=["made_at"], name="notifications_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.text}"


class AuditEntry(models.Model):
    """Who did what to what and when. Written by ``audit.record``; the database refuses to change or remove it.

    The entries of a workspace, and those that belong to none, are a chain each: an entry has its number in the chain,
    the digest of the one before it and its own.

    Workspace and person are not held by foreign keys: checking those locks their rows, and whoever holds such a lock and
    waits for the chain would wait in a circle. The chain's head holds the workspace.
    """

    workspace = models.ForeignKey(
        Workspace,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="audit_entries",
        db_constraint=False,
    )
    number = models.PositiveBigIntegerField(_("number in the chain"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
    )
    verb = models.CharField(_("what"), max_length=60)
    subject_type = models.CharField(_("kind of thing"), max_length=60, blank=True)
    subject_id = models.CharField(_("id of the thing"), max_length=60, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    previous_sha256 = models.CharField(_("digest of the entry before"), max_length=64, blank=True)
    sha256 = models.CharField(_("digest"), max_length=64)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "number"], nulls_distinct=False, name="audit_numbers_are_unique_in_their_chain"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["subject_id"], name="audit_entries_by_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} · {self.verb} · {self.subject_type} {self.subject_id}"


class AuditHead(models.Model):
    """The newest entry of a chain. Whoever writes locks it; it shows when the end of a chain was cut off."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveBigIntegerField(_("number of the newest entry"), default=0)
    sha256 = models.CharField(_("digest of the newest entry"), max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace"], nulls_distinct=False, name="one_audit_head_per_chain")
        ]

    def __str__(self) -> str:
        return f"{self.workspace_id or 'no workspace'} · {self.number}"
