"""Where a person works on with what came in."""

from __future__ import annotations

import uuid

from django.urls import reverse


def draft_page(proposal: uuid.UUID) -> str:
    """The builder, opened on a proposal."""
    return reverse("proposals:draft", args=[proposal])
