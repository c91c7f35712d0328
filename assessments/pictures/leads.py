"""Where the measures lead: to one another, to the next package, to a review, to the talks and an agreement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from django.utils.translation import gettext as _

from assessments.package import Link, Package
from assessments.pictures.addresses import Href, MeasureRef, nowhere, refs
from assessments.presentation.fields import word
from assessments.presentation.package_view import sentence

DESTINATIONS: Final = ("measure", "next_package", "review", "substantive", "agreement")
"""From near to far: the further to the right, the nearer to the substance."""

Answer = Literal["not_said", "none", "some"]


class Lead(NamedTuple):
    """One link of one measure. ``target``: a measure of the package, if it names one; ``condition``: a code for the
    arrow's stroke, "" if not said."""

    to: str
    target: MeasureRef | None
    target_words: str
    when: str
    condition: str
    condition_word: str
    bridge: str


class LeadCell(NamedTuple):
    """All links of one measure to one kind of destination."""

    to: str
    leads: list[Lead]


class LeadRow(NamedTuple):
    """A measure and where it leads, in the order of ``DESTINATIONS``; without a measure, where all of them lead.
    ``nowhere``: no link starts from it; ``as_all``: only those that start from all."""

    measure: MeasureRef | None
    cells: list[LeadCell]
    nowhere: bool
    as_all: bool


class Leads(NamedTuple):
    """The picture.

    ``everywhere``: the row of the links that start from all measures, if there are any; ``said``: whether the draft
    names links, says that there are none, or says nothing; ``unsorted``: links without a destination; ``talks``: the
    state of the substantive talks in words.
    """

    heads: list[str]
    everywhere: LeadRow | None
    rows: list[LeadRow]
    nowhere: list[MeasureRef]
    unsorted: int
    said: Answer
    to_substance: bool
    talks: str


def leads(package: Package, href: Href = nowhere) -> Leads:
    """Where the measures of a package lead."""
    named = refs(package, href)
    links = package.links or ()
    for_all = [link for link in links if link.to and link.from_ in (None, "all")]
    everywhere = _row(None, for_all, named, shared=False) if for_all and named else None
    rows = [_row(ref, _own(links, ref.id), named, shared=bool(for_all)) for ref in named]
    return Leads(
        heads=[_("Another measure") if to == "measure" else sentence(word("to", to)) for to in DESTINATIONS],
        everywhere=everywhere,
        rows=rows,
        nowhere=[row.measure for row in rows if row.measure and row.nowhere] if package.links is not None else [],
        unsorted=sum(1 for link in links if link.to is None),
        said="not_said" if package.links is None else "some" if links else "none",
        to_substance=any(link.to in ("substantive", "agreement") for link in links),
        talks=_talks(package),
    )


def _row(ref: MeasureRef | None, links: list[Link], named: list[MeasureRef], *, shared: bool) -> LeadRow:
    cells = [LeadCell(to, [_lead(link, named) for link in links if link.to == to]) for to in DESTINATIONS]
    return LeadRow(ref, cells, nowhere=not links and not shared, as_all=not links and shared)


def _own(links: Iterable[Link], measure_id: str) -> list[Link]:
    """The links that start from this measure and not from all; one that leads back to itself leads nowhere."""
    named = [link for link in links if link.to and link.from_ not in (None, "all") and measure_id in (link.from_ or ())]
    return [link for link in named if link.target != measure_id]


def _lead(link: Link, named: list[MeasureRef]) -> Lead:
    target = next((ref for ref in named if link.to == "measure" and ref.id == link.target), None)
    return Lead(
        to=link.to or "",
        target=target,
        target_words="" if target else link.target or "",
        when=link.when or "",
        condition=link.condition or "",
        condition_word=_condition(link.condition),
        bridge=_bridge(link.bridge),
    )


def _condition(code: str | None) -> str:
    if code is None:
        return _("condition not said")
    return {"none": _("no condition"), "soft": _("soft condition"), "hard": _("hard condition")}[code]


def _bridge(answer: str | None) -> str:
    """Whether results of society reach the table by this link; nothing where there is none."""
    return {"yes": _("brings results to the table"), "partly": _("brings some results to the table")}.get(
        answer or "", ""
    )


def _talks(package: Package) -> str:
    process = package.process
    if process is None or process.substantive_track is None:
        return ""
    state = word("substantive_track", process.substantive_track)
    if process.next_substantive_date:
        return _("%(state)s, next on %(date)s") % {"state": state, "date": process.next_substantive_date}
    return state
