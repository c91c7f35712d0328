"""What the library can be narrowed by. No database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, Literal, NamedTuple

from django.utils.translation import gettext as translated

from cbm_advisor.lib.text import gettext_noop as _
from guidelines.catalogue import topics
from guidelines.taxonomy import LABELS

Part = Literal["measure", "lesson", "case"]
"""What a facet speaks of. One measure has to fit all facets of measures at once, one lesson all of lessons."""

BETWEEN: Final = {
    "states": _("Two or more states"),
    "state_and_armed_group": _("A state and an armed group"),
    "state_and_other": _("A state and another kind of side"),
    "communities": _("Communities"),
    "other": _("Other sides"),
}
DIRECTIONS: Final = {"well": _("Illustrates it well"), "badly": _("Illustrates a problem")}


class Facet(NamedTuple):
    """One way of narrowing: its parameter in the address, what it speaks of, its name and its values with labels."""

    name: str
    part: Part
    title: str
    labels: Mapping[str, str]

    def label(self, value: str) -> str:
        """A value in words, translated; a value without a label, such as a region, says itself."""
        return translated(self.labels[value]) if value in self.labels else value


@cache
def facets() -> dict[str, Facet]:
    """All by the name of their parameter, in the order of the page."""
    every: list[Facet] = [
        Facet("sector", "measure", _("Sector"), LABELS["sector"]),
        Facet("level", "measure", _("Actor level"), LABELS["actor_level"]),
        Facet("phase", "measure", _("Phase"), LABELS["phase"]),
        Facet("verification", "measure", _("Verified by"), LABELS["verification"]),
        Facet("parties", "case", _("Between"), BETWEEN),
        Facet("track", "measure", _("Track"), LABELS["track"]),
        Facet("purpose", "measure", _("Purpose"), LABELS["purpose"]),
        Facet("binding", "measure", _("Binding force"), LABELS["binding"]),
        Facet("reciprocity", "measure", _("Reciprocity"), LABELS["reciprocity"]),
        Facet("result", "measure", _("What came of it"), LABELS["result"]),
        Facet("conflict", "case", _("Type of conflict"), LABELS["conflict_type"]),
        Facet("region", "case", _("Region"), {}),
        Facet("lesson", "lesson", _("Guideline or challenge"), {each.id: each.name for each in topics().values()}),
        Facet("shown", "lesson", _("What the case shows of it"), DIRECTIONS),
    ]
    return {facet.name: facet for facet in every}


def between(kinds: Iterable[str]) -> list[str]:
    """Whom a conflict is between, from the kinds of its parties: all that apply, codes of ``BETWEEN``."""
    number = Counter(kinds)
    others = set(number) - {"state", "armed_group"}
    found = {
        "states": number["state"] >= 2,
        "state_and_armed_group": bool(number["state"] and number["armed_group"]),
        "state_and_other": bool(number["state"] and others),
        "communities": number["community"] >= 2,
    }
    return [code for code, applies in found.items() if applies] or ["other"]
