"""Why a historic measure is a precedent for a draft's, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from cases.models import Case, CaseMeasure
from cases.precedents.drafted import TAGS, DraftContext, evenness
from cases.precedents.likeness import Tag
from cases.searching.facets import BETWEEN, facets
from cases.searching.results import FIELDS

TELLING: Final = 2
"""How many of the shared tags beside sector and phase are named: those that say most."""
WORDS: Final = 3


def tags_of_measure(measure: CaseMeasure) -> dict[str, list[str]]:
    """The tags of a historic measure by facet."""
    held = {facet: getattr(measure, FIELDS[facet]) for facet in TAGS}
    return {facet: [value] if isinstance(value, str) else value for facet, value in held.items()}


def reason(
    context: DraftContext, case: Case, measure: CaseMeasure, own: Mapping[Tag, float], words: Sequence[str]
) -> str:
    """What the measure shares with the draft's: the tags among ``own``, the conflict, and these ``words`` of the
    draft, the most telling first."""
    theirs = tags_of_measure(measure)
    shared = {tag: weight for tag, weight in own.items() if tag[1] in theirs[tag[0]]}
    parts = [_where_and_when(shared), *_telling(shared), *_conflict(context, case), _words(words)]
    said = [part for part in parts if part]
    return "; ".join(said)[:1].upper() + "; ".join(said)[1:]


def _where_and_when(shared: Mapping[Tag, float]) -> str:
    sectors, phases = (_labels(shared, facet) for facet in ("sector", "phase"))
    said = {"sector": sectors, "phase": phases}
    if sectors and phases:
        return _("same sector (%(sector)s) and phase (%(phase)s)") % said
    if sectors:
        return _("same sector (%(sector)s)") % said
    return _("same phase (%(phase)s)") % said if phases else ""


def _labels(shared: Mapping[Tag, float], facet: str) -> str:
    return _(" and ").join(facets()[facet].label(value).lower() for name, value in shared if name == facet)


def _telling(shared: Mapping[Tag, float]) -> list[str]:
    """The rarest of the other tags that both have."""
    others = [tag for tag in shared if tag[0] not in ("sector", "phase")]
    others.sort(key=lambda tag: (-shared[tag], TAGS.index(tag[0]), tag[1]))
    return [_also(*tag) for tag in others[:TELLING]]


def _also(facet: str, value: str) -> str:
    phrases = {
        "level": _("also for %(what)s"),
        "track": _("also on %(what)s"),
        "purpose": _("also meant to %(what)s"),
        "binding": _("also %(what)s"),
        "reciprocity": _("also %(what)s"),
        "verification": _("also verified by %(what)s"),
    }
    label = facets()[facet].label(value)
    return phrases[facet] % {"what": label if facet == "track" else label[:1].lower() + label[1:]}


def _conflict(context: DraftContext, case: Case) -> list[str]:
    """Whom it is between, then power; what both have."""
    sides = [_(BETWEEN[code]).lower() for code in BETWEEN if code in context.between and code in case.between]
    said = [_("between %(sides)s") % {"sides": ", ".join(sides)}] if sides and "other" not in context.between else []
    if context.power == evenness(party["relative_power"] for party in case.parties) == "uneven":
        said.append(_("one side stronger than the other"))
    return said


def _words(words: Sequence[str]) -> str:
    return _("both speak of: %(words)s") % {"words": ", ".join(words[:WORDS])} if words else ""
