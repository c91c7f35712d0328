"""The package format: one document, read, checked, written and published here."""

from assessments.package.canonical import canonical_document, canonical_json, document_sha256
from assessments.package.loading import load_package
from assessments.package.models import (
    Actor,
    Commitment,
    Conflict,
    Context,
    Cost,
    DeliberatelyOpen,
    Diagnosis,
    DistrustPair,
    EarlierMeasures,
    Impact,
    Link,
    Measure,
    NotApplicable,
    Package,
    Party,
    Process,
    ThirdParty,
    Verification,
    Violation,
)
from assessments.package.problems import PackageError, Problem
from assessments.package.schema import confidential_paths, json_schema

__all__ = [
    "Actor",
    "Commitment",
    "Conflict",
    "Context",
    "Cost",
    "DeliberatelyOpen",
    "Diagnosis",
    "DistrustPair",
    "EarlierMeasures",
    "Impact",
    "Link",
    "Measure",
    "NotApplicable",
    "Package",
    "PackageError",
    "Party",
    "Problem",
    "Process",
    "ThirdParty",
    "Verification",
    "Violation",
    "canonical_document",
    "canonical_json",
    "confidential_paths",
    "document_sha256",
    "json_schema",
    "load_package",
]
