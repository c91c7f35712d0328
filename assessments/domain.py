"""Scoring what is stored: the same document under the same rubric is scored once."""

from __future__ import annotations

from assessments.engine import assess
from assessments.engine.rubric import VERSION
from assessments.models import Assessment
from assessments.package import Package, document_sha256


def assessment_of(package: Package) -> Assessment:
    """The assessment of ``package`` under the present rubric, made on the first call.

    Two who ask at once get the same row: the unique constraint decides, and the engine is deterministic.
    """
    key = {"document_sha256": document_sha256(package), "rubric_version": VERSION}
    known = Assessment.objects.filter(**key).first()
    if known is None:
        known, _ = Assessment.objects.get_or_create(**key, defaults={"scorecard": assess(package).as_dict()})
    return known


def forget(sha256: str) -> None:
    """Removes the stored scorecards of a document. Where it is still somebody's, it is scored again."""
    Assessment.objects.filter(document_sha256=sha256).delete()
