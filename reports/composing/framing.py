"""What every report has around its sections, from the circumstances that it is made in."""

from __future__ import annotations

from collections.abc import Iterable

from cbm_advisor.lib.text import Translate
from cbm_advisor.lib.text import gettext_noop as _
from reports.composing.circumstances import Circumstances
from reports.composing.wording import WORDS
from reports.model import Fact, Opening, ReportModel, Section


def framed(
    around: Circumstances,
    say: Translate,
    *,
    kind: str,
    name: str,
    title: str,
    opening: Opening,
    sections: tuple[Section, ...],
    subtitle: str = "",
    headline_label: str = "",
    headline: str = "",
    summary: str = "",
    facts: Iterable[tuple[str, str]] = (),
    foot: str = "",
    classification: str = "",
    contents_depth: int = 2,
) -> ReportModel:
    """The report with ``facts`` (labels and values, those without a value left out), workspace and moment on its first
    page. ``classification``: what the package says of itself, unless the one who asked for the report said otherwise.
    """
    moment = around.made_at.strftime("%Y-%m-%d %H:%M UTC")
    shown = [*facts, (say(_("Workspace")), around.workspace), (say(_("Made on")), moment)]
    return ReportModel(
        kind=kind,
        name=name,
        title=title,
        subtitle=subtitle,
        language=around.language,
        paper=around.paper,
        made_at=around.made_at,
        workspace=around.workspace,
        opening=opening,
        headline_label=headline_label,
        headline=headline,
        summary=summary,
        facts=tuple(Fact(label, value) for label, value in shown if value),
        contents_title=say(WORDS["contents"]) if opening == "cover" else "",
        sections=sections,
        foot=foot,
        classification=around.classification or classification,
        valid_until=say(_("Valid until {day}")).format(day=around.valid_until) if around.valid_until else "",
        watermark=around.watermark,
        contents_depth=contents_depth,
    )
