"""Which static files are collected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.staticfiles.finders import FileSystemFinder

LEFT_OUT: Final = (
    "countries-10m.json",
    "countries-50m.json",
    "land-*.json",
    "leaflet-src*",
    "package.json",
    "README.md",
)


class FilesThatPagesLoad(FileSystemFinder):
    """Leaves out what the packages of the map bring beside what pages load: eight megabytes of finer shapes, sources."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        return super().list([*(ignore_patterns or ()), *LEFT_OUT])
