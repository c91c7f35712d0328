"""A report read from top to bottom, for formats that make rows of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from cbm_advisor.lib.documents import CONTROL
from reports.model import Block, Fact, ReportModel, Run, Section

BETWEEN: Final = " › "
REPLACEMENT: Final = "\ufffd"
NO_LETTERS: Final = str.maketrans("\ufffe\uffff", REPLACEMENT * 2)


class Placed(NamedTuple):
    """A block and the titles that it stands below, from the outermost; of a section its own title is the last."""

    titles: tuple[str, ...]
    block: Block

    @property
    def path(self) -> str:
        """The titles in one line."""
        return BETWEEN.join(title for title in self.titles if title)


def placed_blocks(model: ReportModel) -> Iterator[Placed]:
    """Every block in its order; a section comes before what it holds."""
    for section in model.sections:
        yield from _below((), section)


def _below(titles: tuple[str, ...], block: Block) -> Iterator[Placed]:
    inner = (*titles, block.title) if isinstance(block, Section) else titles
    yield Placed(inner, block)
    if isinstance(block, Section):
        for each in block.blocks:
            yield from _below(inner, each)


def told_of(model: ReportModel) -> list[Fact]:
    """What a report says of itself beside its title and its sections, as labels and values, without what is empty."""
    told = [
        Fact(_("Classification"), model.classification),
        Fact(_("Validity"), model.valid_until),
        Fact(_("Watermark"), model.watermark),
        Fact(_("Report"), model.name),
        Fact(_("About"), model.subtitle),
        Fact(model.headline_label, model.headline),
        Fact(_("Summary"), model.summary),
        *model.facts,
    ]
    values = {fact.value for fact in model.facts}
    if model.workspace not in values:
        told.append(Fact(_("Workspace"), model.workspace))
    if not any(f"{model.made_at:%Y-%m-%d}" in value for value in values):
        told.append(Fact(_("Made on"), f"{model.made_at:%Y-%m-%d %H:%M UTC}"))
    told.append(Fact(_("Note"), model.foot))
    return [fact for fact in told if fact.value]


def readable(text: str) -> str:
    """A text with a sign of replacement for each character that files of text and XML cannot hold; its lines end alike."""
    return CONTROL.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n")).translate(NO_LETTERS)


def before(runs: Iterable[Run]) -> str:
    """The words without those that came."""
    return "".join(run.text for run in runs if run.change != "in")


def after(runs: Iterable[Run]) -> str:
    """The words without those that went; all of them where nothing changed."""
    return "".join(run.text for run in runs if run.change != "out")
