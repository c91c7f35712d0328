"""The places in a draft that comments are about: which there are, what they are called, where the page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from assessments.package import Package, canonical_document, confidential_paths
from assessments.package.addresses import ABSENT, address, key_of, parts_of, pointer_of, value_at
from assessments.presentation.package_view import sentence
from assessments.presentation.reader import Reader
from proposals.domain import without_confidential_parts


class PlaceTold(NamedTuple):
    """A place in words. ``anchor``: where the page of the proposal shows it; "" for the whole and for what is gone."""

    label: str
    anchor: str
    gone: bool = False


class Places:
    """The places of a draft as somebody may read it: ``whole``, or without its confidential parts; ``package`` is what can
    be read of the whole draft."""

    def __init__(self, draft: Mapping[str, Any], package: Package, *, whole: bool) -> None:
        if not whole:
            package = without_confidential_parts(package)
        self._closed = () if whole else confidential_paths()
        self.draft = {name: value for name, value in draft.items() if name not in self._closed}
        self.package = package
        self._reader = Reader(canonical_document(package))

    def choices(self) -> list[tuple[str, str]]:
        """What a form offers to comment on: the whole, and each measure."""
        measures = [address("measures", key) for row in self.draft.get("measures") or () if (key := key_of(row))]
        return [("", str(_("The whole proposal"))), *((each, self.told(each).label) for each in measures)]

    def has(self, at: str) -> bool:
        """Whether ``at`` is the address of something that the draft has, or could have at its top; "" is the whole."""
        if at == "":
            return True
        try:
            parts = parts_of(at)
        except ValueError:
            return False
        if parts[0] in self._closed:
            return False
        return value_at(self.draft, at) is not ABSENT or (len(parts) == 1 and parts[0] in Package.model_fields)

    def told(self, at: str) -> PlaceTold:
        """A place in words."""
        if at == "":
            return PlaceTold(_("The whole proposal"), "")
        if not self.has(at):
            return PlaceTold(_("A part that is no longer there"), "", gone=True)
        place = self._reader.place(pointer_of(self.draft, at))
        return PlaceTold(sentence(self._titled(at, place.label)), place.anchor)

    def _titled(self, at: str, label: str) -> str:
        parts = parts_of(at)
        if parts[0] != "measures" or len(parts) != 2:
            return label
        title = value_at(self.draft, f"{at}/title", "")
        return _("%(measure)s: %(title)s") % {"measure": label, "title": title} if title else label


def is_confidential(at: str) -> bool:
    """Whether a comment on this place is for those alone who read the confidential parts."""
    return at != "" and parts_of(at)[0] in confidential_paths()
