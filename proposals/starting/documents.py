"""The documents that packages start from. No database."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final

from django.utils.text import slugify

from assessments.package.versions import CURRENT

LONGEST_ID: Final = 40
RESERVED: Final = "all"
"""A word that stands for every party or measure; no id."""

Document = dict[str, Any]


def blank(*, title: str = "", parties: Iterable[str] = (), phase: str = "", language: str = "") -> Document:
    """A document that says only what is given."""
    document: Document = {"format": CURRENT}
    if title:
        document["title"] = title
    if language:
        document["language"] = language
    if phase:
        document["context"] = {"phase": phase}
    if rows := party_rows(parties):
        document["parties"] = rows
    return document


def party_rows(names: Iterable[str]) -> list[Document]:
    """A row for each party by name, each name once; the ids are made of the names."""
    rows: list[Document] = []
    for name in dict.fromkeys(" ".join(each.split()) for each in names):
        if name:
            rows.append({"id": _id_for(name, {row["id"] for row in rows}), "name": name})
    return rows


def _id_for(name: str, taken: Collection[str]) -> str:
    stem = slugify(name).replace("_", "-")[:LONGEST_ID].strip("-") or "party"
    free = stem if stem != "party" else "party-1"
    number = 1
    while free in taken or free == RESERVED:
        number += 1
        free = f"{stem}-{number}"
    return free
