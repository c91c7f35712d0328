"""Reports that were asked for, and their files. The row is the truth; a queue message is only a nudge."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Workspace
from proposals.models import Proposal, Revision, shared_ids
from reports.look import ACCENT

LEASE = timedelta(seconds=20)
"""How long a worker may be silent before another takes its report over; a step takes well under a second."""

NUDGE_AFTER = timedelta(seconds=5)
"""How long a report waits before its message counts as lost, if nobody is at work on another."""

NUDGE_AGAIN_AFTER = timedelta(minutes=10)
"""How long it waits while workers are at others."""


OF_A_PERSON = ("shelf", "batch")
"""The kinds that are there for who asked for them alone."""


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> Self:
        """Reports of the workspaces that the person belongs to and of proposals shared with them, without those of
        deleted proposals and what others asked for alone. Of a comparison the person has to see both proposals."""
        seen = Q(workspace_id__in=user.roles) | Q(revision__proposal__in=shared_ids(user))
        both = Q(against=None) | Q(against__in=Revision.objects.visible_to(user))
        of_proposals = Q(revision__isnull=False, revision__proposal__deleted_at=None) & seen & both
        of_their_own = Q(kind__in=OF_A_PERSON, requested_by=user, workspace_id__in=user.roles)
        return self.filter(of_proposals | of_their_own)

    def readable_by(self, user: User) -> Self:
        """Those that the person may open (``Kind.may_open`` as a query): for us alone by who reads the confidential parts,
        for the parties by who reads the proposal, their own by themselves."""
        proposals = Proposal.objects.visible_to(user)
        opened = proposals.confidential_to(user)
        for_us = Q(audience=Report.Audience.INTERNAL, revision__proposal__in=opened)
        for_us &= Q(against=None) | Q(against__proposal__in=opened)
        for_parties = Q(audience=Report.Audience.PARTIES, revision__proposal__in=proposals)
        return self.visible_to(user).filter(for_us | for_parties | Q(kind__in=OF_A_PERSON))

    def of_revision(self, revision: Revision) -> Self:
        return self.filter(revision=revision)

    def asked_for(self) -> Self:
        """Those that somebody asked for by themselves, and not only as parts of an archive."""
        return self.exclude(asked_by=[])

    def for_listing(self) -> Self:
        """With what a list shows of each."""
        with_names = self.select_related("revision__proposal", "against__proposal", "workspace", "requested_by")
        return with_names.defer("content", "revision__document", "against__document")

    def live(self) -> Self:
        """Made or under way: nobody needs another one of the same."""
        return self.exclude(state__in=OVER)

    def under_way(self) -> Self:
        return self.filter(state__in=UNDER_WAY)

    def claimable(self) -> Self:
        """Waiting, or taken by a worker that has fallen silent; an archive when all its parts are over or made."""
        free = Q(state=Report.State.QUEUED) | Q(state=Report.State.RUNNING, lease_until__lt=timezone.now())
        open_parts = Part.objects.filter(whole=OuterRef("pk"), report__state__in=UNDER_WAY)
        return self.filter(free, ~Exists(open_parts))

    def lost(self) -> Self:
        """Claimable, and for so long that their message must be lost.

        While workers are at others it may well stand in the queue behind these.
        """
        now = timezone.now()
        long_ago = Q(nudged_at__lt=now - NUDGE_AGAIN_AFTER) | Q(state=Report.State.RUNNING)
        if not Report.objects.filter(state=Report.State.RUNNING, lease_until__gte=now).exists():
            long_ago = Q(nudged_at__lt=now - NUDGE_AFTER)
        return self.claimable().filter(long_ago, nudged_at__lt=now - NUDGE_AFTER)

    def to_expire(self) -> Self:
        """Made, and kept for as long as they were to be."""
        return self.filter(state=Report.State.DONE, expires_at__lt=timezone.now())


class Branding(models.Model):
    """How the reports of a workspace look from some moment on. It never changes: another look is another row, so that a
    report can be made twice and is the same. Files are named by their content.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="brandings")
    number = models.PositiveIntegerField(_("number"))
    logo = models.FileField(_("logo"), max_length=200, blank=True)
    accent = models.CharField(_("colour"), max_length=7, default=ACCENT)
    header = models.CharField(_("header"), max_length=120, blank=True)
    footer = models.CharField(_("footer"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    paper = models.CharField(_("paper"), max_length=20, default="a4")
    template = models.FileField(_("Word template"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "number"], name="brandings_are_numbered_in_a_workspace"),
            models.CheckConstraint(condition=Q(accent__regex=r"^#[0-9a-f]{6}$"), name="an_accent_is_a_colour"),
        ]

    def __str__(self) -> str:
        return f"{self.workspace} · {self.number}"


class Report(models.Model):
    """One file that was asked for. What it tells of, by kind: a revision; a revision and one to compare it with
    (``against``); what somebody had on their shelf; or other reports (its ``parts``).

    ``content``: what a report is made from if nothing else keeps it as it was: the shelf, comments, the names in an archive.
    ``fingerprint``: the digest of all that decides on the file. Two that are the same are one report.
    """

    class Kind(models.TextChoices):
        ASSESSMENT = "assessment", _("Full assessment")
        BRIEF = "brief", _("Brief for principals")
        ANNEX = "annex", _("Draft text for an agreement")
        COMPARISON = "comparison", _("Comparison")
        REVIEW = "review", _("Review letter")
        SHELF = "shelf", _("Shelf of cases")
        DOSSIER = "dossier", _("Dossier")
        BATCH = "batch", _("Several reports")

    class Format(models.TextChoices):
        PDF = "pdf", _("PDF")
        ARCHIVAL_PDF = "pdfa", _("PDF for archives (PDF/A)")
        WORD = "docx", _("Word")
        SPREADSHEET = "xlsx", _("Spreadsheet")
        CSV = "csv", _("CSV")
        JSON = "json", _("JSON")
        ZIP = "zip", _("ZIP archive")

    class Audience(models.TextChoices):
        INTERNAL = "internal", _("For us alone")
        PARTIES = "parties", _("To share with the parties")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("In the making")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")
        EXPIRED = "expired", _("Expired")

    class Step(models.TextChoices):
        COLLECT = "collect", _("Collect what it tells")
        COMPOSE = "compose", _("Compose the report")
        RENDER = "render", _("Make the file")
        STORE = "store", _("Store the file")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.ASSESSMENT)
    format = models.CharField(_("format"), max_length=10, choices=Format, default=Format.PDF)
    audience = models.CharField(_("audience"), max_length=20, choices=Audience, default=Audience.INTERNAL)
    party = models.CharField(_("party"), max_length=64, blank=True)
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="reports", null=True, blank=True)
    against = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    rubric_version = models.CharField(_("rubric version"), max_length=20, blank=True)
    content = models.JSONField(_("content"), null=True, blank=True)
    fingerprint = models.CharField(_("digest of what decides on the file"), max_length=64)
    language = models.CharField(_("language"), max_length=35, default="en")
    paper = models.CharField(_("paper"), max_length=20, default="a4")
    classification = models.CharField(_("classification"), max_length=80, blank=True)
    watermark = models.CharField(_("watermark"), max_length=40, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    branding = models.ForeignKey(Branding, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    step = models.CharField(_("step"), max_length=10, choices=Step, blank=True)
    error = models.TextField(_("error"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    nudged_at = models.DateTimeField(_("queued at"), default=timezone.now)
    file = models.FileField(_("file"), max_length=200, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by = ArrayField(models.BigIntegerField(), verbose_name=_("asked for by"), default=list, blank=True)
    """The ids of those who asked for it by itself and are told when it is ready; nobody did for a part of an archive."""
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-requested_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "fingerprint"],
                condition=~Q(state__in=["failed", "cancelled", "expired"]),
                name="one_live_report_of_the_same",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        kind__in=["assessment", "brief", "annex", "review", "dossier"],
                        revision__isnull=False,
                        against__isnull=True,
                    )
                    & ~Q(rubric_version="")
                    | Q(kind="comparison", revision__isnull=False, against__isnull=False) & ~Q(rubric_version="")
                    | Q(kind__in=["shelf", "batch"], revision__isnull=True, against__isnull=True, content__isnull=False)
                ),
                name="a_report_has_what_its_kind_tells_of",
            ),
            models.CheckConstraint(condition=~Q(fingerprint=""), name="a_report_has_a_fingerprint"),
            models.CheckConstraint(
                condition=(
                    Q(kind__in=["dossier", "batch"], format="zip")
                    | ~Q(kind__in=["dossier", "batch"]) & ~Q(format="zip")
                ),
                name="what_holds_several_files_is_an_archive",
            ),
            models.CheckConstraint(condition=~Q(state="done") | ~Q(file=""), name="a_ready_report_has_a_file"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="a_failed_report_says_why"),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False), name="a_running_report_is_taken_until"
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("nudged_at"), condition=Q(state__in=["queued", "running"]), name="reports_under_way"),
            models.Index(F("expires_at"), condition=Q(state="done"), name="reports_that_expire"),
        ]

    def __str__(self) -> str:
        return f"{self.revision or self.get_kind_display()} · {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_awaited(self) -> bool:
        """Whether an archive that is under way waits for it."""
        return self.wholes.filter(whole__state__in=UNDER_WAY).exists()

    @property
    def is_over(self) -> bool:
        """Whether it has no file and gets none unless somebody asks again."""
        return self.state in OVER


UNDER_WAY = (Report.State.QUEUED, Report.State.RUNNING)
OVER = (Report.State.FAILED, Report.State.CANCELLED, Report.State.EXPIRED)


class Part(models.Model):
    """A report that stands in an archive of several (``whole``)."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    whole = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="parts")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="wholes")
    position = models.PositiveIntegerField(_("position"))

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["whole", "report"], name="a_report_stands_in_an_archive_once"),
        ]

    def __str__(self) -> str:
        return f"{self.whole_id} · {self.position}"
