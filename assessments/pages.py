"""The scorecard as ready HTML, kept by content: whoever may see a document sees the same scorecard of it."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import get_language

from assessments import presentation
from assessments.domain import assessment_of
from assessments.engine.rubric import VERSION
from assessments.package import Package, canonical_document
from assessments.presentation.package_view import sentence
from assessments.presentation.scorecard import scorecard_context

KEPT_SECONDS: Final = 24 * 60 * 60


class ScorecardParts(NamedTuple):
    """The parts of a scorecard page. Nothing in them depends on who looks, so check access before asking for them."""

    subtitle: str
    verdict: str
    body: str


def scorecard_parts(content: str, read: Callable[[], Package]) -> ScorecardParts:
    """The parts for a content; ``read`` gives its package when they are not at hand.

    ``content``: the document's sha256, with a suffix where only a part of the document is shown.
    """
    key = _key(content, get_language())
    parts: ScorecardParts | None = cache.get(key)
    if parts is None:
        parts = _render(read())
        cache.set(key, parts, KEPT_SECONDS)
    return parts


def forget_parts(content: str) -> None:
    """Removes the parts that are kept for a content, in every language."""
    cache.delete_many(_key(content, language) for language, _ in settings.LANGUAGES)


def _key(content: str, language: str | None) -> str:
    return f"scorecard:{_layout()}:{VERSION}:{language}:{content}"


@functools.cache
def _layout() -> str:
    """A digest of everything that decides how a scorecard looks, so that a new release does not show old pages."""
    sources = [
        *(settings.BASE_DIR / "templates" / "assessments").glob("*.html"),
        *Path(presentation.__file__).parent.glob("*.py"),
    ]
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _render(package: Package) -> ScorecardParts:
    context = scorecard_context(canonical_document(package), assessment_of(package).scorecard)
    return ScorecardParts(
        subtitle=sentence(" · ".join([*context["phase_and_purposes"], ", ".join(context["party_names"])])),
        verdict=render_to_string("assessments/_verdict.html", context),
        body=render_to_string("assessments/_scorecard.html", context),
    )
