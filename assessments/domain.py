"""Scoring what is stored: the same document under the same rubric is scored once."""

from __future__ import annotations

from collections.abc import Sequence

from assessments.engine import assess
from assessments.engine.rubric import VERSION
from assessments.models import Assessment
from assessments.package import Package, document_sha256


def assessment_of(package: Package) -> Assessment:
    """The assessment of ``package`` under the present rubric, made on the first call.

    Two who ask at once get the same row: the unique constraint decides, and the engine is deterministic.
    """
    return assessments_of([package])[0]


def assessments_of(packages: Sequence[Package]) -> list[Assessment]:
    """The assessment of each of ``packages``, as ``assessment_of``: one query for those that are known already."""
    hashes = [document_sha256(package) for package in packages]
    stored = Assessment.objects.filter(document_sha256__in=hashes, rubric_version=VERSION)
    known = {each.document_sha256: each for each in stored}
    for sha256, package in zip(hashes, packages, strict=True):
        if sha256 not in known:
            known[sha256], _ = Assessment.objects.get_or_create(
                document_sha256=sha256,
                rubric_version=VERSION,
                defaults={"scorecard": assess(package).as_dict()},
            )
    return [known[sha256] for sha256 in hashes]


def forget(sha256: str) -> None:
    """Removes the stored scorecards of a document. Where it is still somebody's, it is scored again."""
    Assessment.objects.filter(document_sha256=sha256).delete()
