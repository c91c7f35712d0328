"""A revision's document as it leaves: whole for drafters, and as far as others may read it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple

import yaml

from assessments.package import Package, canonical_document
from assessments.package.drafts import DraftProblem, read_draft, without_keys
from assessments.package.versions import CURRENT
from proposals.domain import without_confidential_parts

Kind = Literal["json", "yaml"]

_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_ORDER: Final = [field.alias or name for name, field in Package.model_fields.items()]


class Exported(NamedTuple):
    """A document for a file. ``incomplete``: it is a draft with errors; ``problems`` are told to whom it is whole for."""

    document: dict[str, Any]
    incomplete: bool
    problems: list[DraftProblem]

    @property
    def sha256(self) -> str:
        """What identifies the document that is exported; of a whole package its identity."""
        said = json.dumps(
            self.document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
        ).encode()
        return hashlib.sha256(said).hexdigest()


def exported(draft: Mapping[str, Any], *, whole: bool) -> Exported:
    """What is written into a file of a stored draft.

    One with errors leaves as it stands, so that nothing is lost. Who may not read confidential parts gets what can be read
    as a package without them: in a field that is not known, such as a misspelt one, anything could stand.
    """
    draft = {"format": CURRENT, **draft}
    reading = read_draft(draft)
    incomplete = bool(reading.problems)
    if not whole:
        return Exported(canonical_document(without_confidential_parts(reading.package)), incomplete, [])
    if not incomplete:
        return Exported(canonical_document(reading.package), False, [])
    document = without_keys(draft)
    ordered = {name: document[name] for name in _ORDER if name in document}
    return Exported(ordered | document, True, reading.problems)


def written(document: Mapping[str, Any], kind: Kind) -> str:
    """The document as the text of a file."""
    if kind == "json":
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return yaml.dump(dict(document), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
