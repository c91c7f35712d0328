"""Scorecards, stored by content: the same document under the same rubric is scored once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Assessment(models.Model):
    """The scorecard of one document under one version of the rubric."""

    document_sha256 = models.CharField(_("document"), max_length=64)
    rubric_version = models.CharField(_("rubric version"), max_length=20)
    scorecard = models.JSONField(_("scorecard"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document_sha256", "rubric_version"], name="one_assessment_per_document_and_rubric"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_sha256[:12]} · {self.rubric_version}"
