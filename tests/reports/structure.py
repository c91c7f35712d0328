"""What a PDF file tells readers who cannot see it: the elements of its structure tree, in reading order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf


class Element(NamedTuple):
    """An element: its role, its children, and the dictionary that holds its other entries."""

    role: str
    children: tuple[Element, ...]
    entries: pikepdf.Dictionary

    def walk(self) -> Iterator[Element]:
        """The element and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *roles: str) -> list[Element]:
        """The elements with these roles, in reading order."""
        return [each for each in self.walk() if each.role in roles]

    def attribute(self, name: str) -> pikepdf.Object | None:
        """An attribute of the element, whatever it belongs to."""
        attributes = self.entries.get("/A", ())
        return next((each[name] for each in attributes if name in each), None)  # type: ignore[attr-defined]


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The PDF, opened."""
    return pikepdf.open(io.BytesIO(pdf))


def tree_of(file: pikepdf.Pdf) -> Element:
    """The structure tree."""
    (document,) = _elements(file.Root.StructTreeRoot["/K"])
    return document


def _elements(node: pikepdf.Object) -> tuple[Element, ...]:
    if isinstance(node, pikepdf.Array):
        return tuple(element for kid in node for element in _elements(kid))
    if isinstance(node, pikepdf.Dictionary) and "/S" in node:
        return (Element(str(node["/S"]), _elements(node["/K"]) if "/K" in node else (), node),)
    return ()


def fonts_of(file: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Every font of every page."""
    resources = [page.get("/Resources", {}) for page in file.pages]
    return [font for one in resources for font in one.get("/Font", {}).values()]  # type: ignore[union-attr]


def artifacts_of(page: pikepdf.Page) -> tuple[str, str]:
    """What is drawn on a page as decoration, and as content: the operators of each, joined."""
    decoration, content, depth, since = [], [], 0, None
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            depth += 1
            if since is None and str(operands[0]) == "/Artifact":
                since = depth
        (content if since is None else decoration).append(name)
        if name == "EMC":
            if since == depth:
                since = None
            depth -= 1
    return " ".join(decoration), " ".join(content)
