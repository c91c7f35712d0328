"""Reports that were asked for, and their files. The row is the truth; a queue message is only a nudge."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Workspace
from proposals.models import Revision, shared_ids

LEASE = timedelta(seconds=20)
"""How long a worker may be silent before another takes its report over; a step takes well under a second."""

NUDGE_AFTER = timedelta(seconds=5)
"""How long a report waits before its message counts as lost."""


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> Self:
        """Reports of the workspaces that the person belongs to and of proposals shared with them, without those of
        deleted proposals and other people's shelves."""
        seen = Q(workspace_id__in=user.roles) | Q(revision__proposal__in=shared_ids(user))
        of_proposals = Q(kind=Report.Kind.ASSESSMENT, revision__proposal__deleted_at=None) & seen
        of_own_shelf = Q(kind=Report.Kind.SHELF, requested_by=user, workspace_id__in=user.roles)
        return self.filter(of_proposals | of_own_shelf)

    def of_revision(self, revision: Revision) -> Self:
        return self.filter(revision=revision)

    def for_listing(self) -> Self:
        """With what a list shows of each."""
        return self.select_related("revision__proposal", "workspace").defer("content")

    def live(self) -> Self:
        """Made or under way: nobody needs another one of the same."""
        return self.exclude(state=Report.State.FAILED)

    def claimable(self) -> Self:
        """Waiting, or taken by a worker that has fallen silent."""
        return self.filter(Q(state=Report.State.QUEUED) | Q(state=Report.State.RUNNING, lease_until__lt=timezone.now()))

    def lost(self) -> Self:
        """Claimable, and for so long that their message must be lost."""
        return self.claimable().filter(nudged_at__lt=timezone.now() - NUDGE_AFTER)


class Report(models.Model):
    """One report: of a revision, or of what somebody had on their shelf at a moment.

    ``content`` is what a report is made from if nothing else keeps it: the shelf as it was; ``content_sha256`` its digest.
    """

    class Kind(models.TextChoices):
        ASSESSMENT = "assessment", _("Assessment")
        SHELF = "shelf", _("Shelf of cases")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("In the making")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Failed")

    class Step(models.TextChoices):
        COLLECT = "collect", _("Collect what it tells")
        COMPOSE = "compose", _("Compose the report")
        RENDER = "render", _("Set the pages")
        STORE = "store", _("Store the file")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.ASSESSMENT)
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="reports", null=True, blank=True)
    rubric_version = models.CharField(_("rubric version"), max_length=20, blank=True)
    content = models.JSONField(_("content"), null=True, blank=True)
    content_sha256 = models.CharField(_("digest of the content"), max_length=64, blank=True)
    language = models.CharField(_("language"), max_length=35, default="en")
    paper = models.CharField(_("paper"), max_length=20, default="a4")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    step = models.CharField(_("step"), max_length=10, choices=Step, blank=True)
    error = models.TextField(_("error"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    nudged_at = models.DateTimeField(_("queued at"), default=timezone.now)
    file = models.FileField(_("file"), max_length=200, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-requested_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["revision", "rubric_version", "language", "paper"],
                condition=~Q(state="failed"),
                name="one_live_report_of_a_kind_per_revision",
            ),
            models.UniqueConstraint(
                fields=["workspace", "requested_by", "content_sha256", "language", "paper"],
                condition=Q(kind="shelf") & ~Q(state="failed"),
                name="one_live_report_of_a_shelf_as_it_was",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind="assessment", revision__isnull=False, content__isnull=True) & ~Q(rubric_version="")
                    | Q(kind="shelf", revision__isnull=True, content__isnull=False) & ~Q(content_sha256="")
                ),
                name="a_report_has_what_its_kind_tells_of",
            ),
            models.CheckConstraint(condition=~Q(state="done") | ~Q(file=""), name="a_ready_report_has_a_file"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="a_failed_report_says_why"),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False), name="a_running_report_is_taken_until"
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("nudged_at"), condition=Q(state__in=["queued", "running"]), name="reports_under_way")
        ]

    def __str__(self) -> str:
        return f"{self.revision or self.get_kind_display()} · {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)
