"""What those see of a package who do not draft."""

from __future__ import annotations

from assessments.package import Package, confidential_paths


def without_confidential_parts(package: Package) -> Package:
    """What those see of ``package`` who do not draft."""
    return package.model_copy(update=dict.fromkeys(confidential_paths()))
