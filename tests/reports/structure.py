"""What a PDF file tells readers who cannot see it: the elements of its structure tree, in reading order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

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
        attributes: Any = self.entries.get("/A", ())
        return next((each[name] for each in attributes if name in each), None)


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


def fonts_of(file: pikepdf.Pdf) -> list[Any]:
    """Every font of every page."""
    resources: list[Any] = [page.get("/Resources", {}) for page in file.pages]
    return [font for one in resources for font in one.get("/Font", {}).values()]


def operators_of(page: pikepdf.Page) -> Iterator[tuple[str, bool, bool]]:
    """Every operator of a page: its name, whether it stands in marked content, and whether in decoration (an artifact)."""
    open_marks: list[bool] = []
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        if name in ("BDC", "BMC"):
            open_marks.append(str(instruction.operands[0]) == "/Artifact")
        yield name, bool(open_marks), any(open_marks)
        if name == "EMC":
            open_marks.pop()


def artifacts_of(page: pikepdf.Page) -> tuple[list[str], list[str]]:
    """The operators of a page that draw decoration, and those that draw content."""
    operators = list(operators_of(page))
    decoration = [name for name, _, is_artifact in operators if is_artifact]
    return decoration, [name for name, _, is_artifact in operators if not is_artifact]
