"""What a form of the builder says: the fields that it carries, typed as the format wants. No database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.package.addresses import ABSENT, ROWS, parts_of, row_number, value_at
from assessments.presentation.fields import BY_PARTY
from proposals.building.catalogue import FieldSpec, catalogue, pattern_of
from proposals.building.values import SEVERAL, read


class UnknownFieldError(ValueError):
    """A form that names a field which the format does not have, or a row which the draft does not have.

    ``address`` is what it names.
    """

    def __init__(self, address: str, message: str) -> None:
        super().__init__(message)
        self.address = address


def read_fields(post: QueryDict, draft: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that a form carries and what they say; ``draft``: the state from which the form was made.

    A field that says what the draft says comes back as it stands there. One whose controls were not sent is left out.
    Raises ``UnknownFieldError`` if a field or its row is not there; then nothing is read.
    """
    found = {}
    for address in dict.fromkeys(post.getlist("field")):
        spec = spec_at(draft, address)
        sent = post.getlist(address)
        if sent or spec.kind in SEVERAL or spec.kind == "rows":
            found[address] = read(spec, sent, value_at(draft, address))
    return found


def spec_at(draft: Mapping[str, Any], address: str) -> FieldSpec:
    """The field at an address. Raises ``UnknownFieldError`` if the format has none there, or the draft no such row."""
    spec = catalogue().get(pattern_of(address)) if address.startswith("/") else None
    if spec is None:
        raise UnknownFieldError(address, _("The form names a field that does not exist. Load the page again."))
    node: Any = draft
    parts, names = parts_of(address), spec.pattern[1:].split("/")
    for n, part in enumerate(parts):
        if names[n] == "*" and names[n - 1] in ROWS:
            number = row_number(node, part)
            if number is None:
                raise UnknownFieldError(
                    address, _("The form names a row that is no longer there. Load the page again.")
                )
            node = node[number]
            continue
        if names[n] == "*" and names[n - 1] in BY_PARTY and not _is_party(draft, node, part):
            raise UnknownFieldError(address, _("The form names a party that is no longer there. Load the page again."))
        if node is not None and not isinstance(node, Mapping):
            raise UnknownFieldError(
                address, _("The form names a field that does not fit the draft. Load the page again.")
            )
        node = node.get(part) if node is not None else None
    if spec.kind == "rows" and value_at(draft, address) not in (ABSENT, []):
        raise UnknownFieldError(address, _("Rows were added here in the meantime. Load the page again."))
    return spec


def _is_party(draft: Mapping[str, Any], mapped: Any, party: str) -> bool:
    rows = draft.get("parties")
    ids = [row.get("id") for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return party in ids or (isinstance(mapped, Mapping) and party in mapped)
