"""A package as text and nothing more: without scores, advice and precedents."""

from __future__ import annotations

from typing import Any

from assessments.package import Package, canonical_document
from assessments.presentation.package_view import measure_views, sections
from assessments.presentation.reader import Reader
from assessments.presentation.scorecard import SHOWN_FIRST, SHOWN_LAST


def package_context(package: Package) -> dict[str, Any]:
    """What the template ``assessments/_package.html`` needs; ``alone`` says that nothing else stands beside it."""
    document = canonical_document(package)
    reader = Reader(document)
    return {
        "alone": True,
        "language": document.get("language", "en"),
        "measures": measure_views(reader),
        "sections_first": sections(reader, SHOWN_FIRST),
        "sections_last": sections(reader, SHOWN_LAST),
    }
