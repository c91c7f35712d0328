"""What-if edits: small changes to a package, written as JSON Patch and applied to the parsed models.

Only ``add`` is used: on an object it sets a member, on a list it appends (``-``). Applying an edit to the models gives
the same package as applying the patch to the canonical document and reading it again, at a fraction of the cost.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from pydantic import BaseModel

from assessments.package import (
    Commitment,
    Context,
    Cost,
    Diagnosis,
    EarlierMeasures,
    Impact,
    Link,
    Package,
    Process,
    Verification,
    Violation,
)

_MODELS: Final[dict[str, type[BaseModel]]] = {
    "context": Context,
    "diagnosis": Diagnosis,
    "process": Process,
    "links": Link,
    "verification": Verification,
    "violations": Violation,
    "commitments": Commitment,
    "cost": Cost,
    "impact": Impact,
    "earlier_measures": EarlierMeasures,
}
_BY_PARTY: Final = frozenset({"cost", "impact"})


class Edit(NamedTuple):
    """Sets the member, or appends to the list, that ``path`` (a JSON pointer) names. ``value`` is plain JSON."""

    path: str
    value: Any

    def as_patch(self) -> dict[str, Any]:
        """The edit as an operation of JSON Patch (RFC 6902)."""
        return {"op": "add", "path": self.path, "value": self.value}

    @property
    def field(self) -> str:
        """The field of the package that changes, in the form of ``Check.reads``: ``measures.steps``, ``links``."""
        parts = self.path.split("/")[1:]
        if parts[0] in ("measures", "verification", "violations") and len(parts) > 2:
            return f"{parts[0]}.{parts[2]}"
        if parts[0] in ("context", "process", "diagnosis") and len(parts) > 1:
            return f"{parts[0]}.{parts[1]}"
        return parts[0]


def apply_edits(package: Package, edits: Iterable[Edit]) -> Package:
    """The package with the edits made; the original is left as it is.

    Raises ``KeyError`` or ``IndexError`` if a path does not lead anywhere.
    """
    changed: Any = package
    for edit in edits:
        changed = _with(changed, edit.path.split("/")[1:], edit.value, "")
    return changed  # type: ignore[no-any-return]


def _with(node: Any, path: list[str], value: Any, name: str) -> Any:
    head, rest = path[0], path[1:]
    if isinstance(node, BaseModel):
        attribute = "from_" if head == "from" else head
        child = getattr(node, attribute)
        new = _with(child, rest, value, head) if rest else _model_value(head, value)
        return node.model_copy(update={attribute: new})
    if isinstance(node, tuple):
        if head == "-":
            return (*node, _model_value(name, value, one=True))
        n = int(head)
        new = _with(node[n], rest, value, name) if rest else _model_value(name, value, one=True)
        return (*node[:n], new, *node[n + 1 :])
    if isinstance(node, dict):
        new = _with(node[head], rest, value, name) if rest else _model_value(name, value, one=True)
        return {**node, head: new}
    raise KeyError(head)


def _model_value(name: str, value: Any, *, one: bool = False) -> Any:
    """``value`` as the models hold it; ``one``: a single entry of the list or mapping ``name``."""
    model = _MODELS.get(name)
    if isinstance(value, list):
        return tuple(model.model_validate(entry) if model else entry for entry in value)
    if isinstance(value, dict) and model:
        if name in _BY_PARTY and not one:
            return {party: model.model_validate(entry) for party, entry in value.items()}
        return model.model_validate(value)
    return value
