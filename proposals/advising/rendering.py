"""The lines of the pane as HTML: built here, for loops of templates take most of its time.

What comes from drafts is escaped by ``html.escape``, as in ``cases.templatetags.library``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from assessments.presentation.words import Word
from proposals.advising.advice import Bar, ClauseLine, Finding, Line, Place, StepLine

LINE: Final = """<details class="pane-line {code}" id="advice-{id}"><summary id="advice-{id}-head">\
<span class="name">{name}</span>{figure}{band}</summary>
<div class="pane-told">{notes}{findings}</div></details>
"""
BAR: Final = (
    '<svg class="bar" role="img" aria-label="{spoken}"><rect class="track" y="6" width="100%" height="8" rx="1"></rect>'
    '{value}{unknown}</svg><span class="score" aria-hidden="true">{score}</span>'
)
VALUE: Final = '<rect class="value" y="6" width="{}%" height="8" rx="1"></rect>'
UNKNOWN: Final = '<rect class="hatched" x="{}%" y="6" width="{}%" height="8" rx="1" fill="url(#pane-hatch)"></rect>'
LAMPS: Final = (
    '<svg class="lamps" aria-hidden="true" focusable="false" viewBox="0 0 34 18" width="34" height="18">'
    '<rect x="0.5" y="0.5" width="9" height="17" rx="2"></rect><rect x="12.5" y="0.5" width="9" height="17" rx="2">'
    '</rect><rect x="24.5" y="0.5" width="9" height="17" rx="2"></rect></svg>'
)
STEP: Final = """<li><div>{change}<p class="moves">{moves}</p></div>{gain}
<details class="more" id="advice-step-{number}"><summary id="advice-step-{number}-head">{opens} \
<span class="chevron" aria-hidden="true"></span></summary><dl class="facts">{facts}</dl></details></li>
"""
CLAUSE: Final = """<article class="pane-clause"><p class="small"><a class="src" href="{href}">{number}</a> {band}</p>
<blockquote lang="{language}" dir="auto">{runs}</blockquote>{told}</article>
"""


@lru_cache(maxsize=1024)
def line_html(line: Line, language: str | None) -> str:
    """A guideline or a challenge, with what was found. ``language``: of the words that are not the line's own."""
    figure = _bar(line.bar, line) if line.bar else LAMPS
    known = _("%(percent)s %% of it is known.") % {"percent": line.known}
    return LINE.format(
        id=line.id,
        code=line.code,
        name=escape(line.name),
        figure=figure,
        band=_band(line.word),
        notes="".join(f'<p class="small">{escape(each)}</p>' for each in (*line.notes, known)),
        findings="".join(map(_finding, line.findings)),
    )


def _bar(bar: Bar, line: Line) -> str:
    begins = bar.low if line.score == "?" else bar.score
    unknown = UNKNOWN.format(begins, bar.high - begins) if bar.high > begins else ""
    value = VALUE.format(bar.score) if bar.score else ""
    return BAR.format(spoken=escape(line.spoken), value=value, unknown=unknown, score=escape(line.score))


def _band(word: Word) -> str:
    return f'<span class="band" data-mark="{word.mark}">{escape(str(word.label))}</span>'


def _finding(finding: Finding) -> str:
    parts = [f"<p>{_band(finding.word)} {escape(finding.because)}</p>"]
    if finding.advice:
        label = _("To ask") if finding.asks else _("To explore")
        parts.append(f'<p><span class="caps">{escape(label)}</span> {escape(finding.advice)}</p>')
    if finding.places:
        more = _(" and %(number)s more") % {"number": finding.more} if finding.more else ""
        read = ", ".join(map(_link, finding.places))
        parts.append(f'<p class="small"><span class="caps">{escape(_("We read"))}</span> {read}{escape(more)}</p>')
    if finding.case:
        case = f'<a href="{escape(finding.case.url)}">{escape(finding.case.title)}</a>'
        parts.append(f'<p class="small"><span class="caps">{escape(_("A case"))}</span> {case}</p>')
    return f'<div class="pane-finding {finding.grade}">{"".join(parts)}</div>'


def _link(place: Place) -> str:
    return f'<a class="src" href="{escape(place.href)}">{escape(place.label)}</a>'


def step_html(step: StepLine, number: int) -> str:
    """A next best step, with how to take it."""
    gain = ""
    if step.gain:
        spoken = f'<span class="sr-only">{escape(step.spoken)}</span>'
        gain = f'<span class="gain"><span aria-hidden="true">{escape(step.gain)}</span>{spoken}</span>'
    case = f'<a href="{escape(step.case.url)}">{escape(step.case.title)}</a>'
    facts = [
        (_("Why"), escape(step.why)),
        (_("Ask"), escape(step.question)),
        (_("Not too far"), escape(step.too_far)),
        (_("Where"), _link(step.place)),
        (_("A case"), case),
    ]
    return STEP.format(
        number=number,
        change=escape(step.change),
        moves=" · ".join(map(escape, (*step.moves, step.effort))),
        gain=gain,
        opens=escape(_("Why this question") if step.asks else _("How to do it")),
        facts="".join(f"<dt>{escape(name)}</dt><dd>{said}</dd>" for name, said in facts if said),
    )


def clause_html(clause: ClauseLine, language: str) -> str:
    """A clause with its loose words marked, and what to write instead."""
    runs = "".join(
        f'<mark class="loose{"" if run.counted else " excused"}" title="{escape(run.why)}">{escape(run.text)}</mark>'
        if run.why
        else escape(run.text)
        for run in clause.runs
    )
    return CLAUSE.format(
        href=escape(clause.place.href),
        number=escape(_("Clause %(number)s") % {"number": clause.number}),
        band=f'<span class="{clause.level}">{_band(clause.word)}</span>' if clause.word else "",
        language=escape(language),
        runs=runs,
        told="".join(_suggestions(clause)),
    )


def _suggestions(clause: ClauseLine) -> Iterable[str]:
    for phrase in clause.phrases:
        excused = "" if phrase.counted else f" <em>{escape(_('(not counted)'))}</em>"
        words = f"<strong>{escape(phrase.name)}</strong> “{escape(phrase.phrase)}”"
        yield f"<p>{words}: {escape(phrase.why)}{excused}</p>"
    if clause.missing:
        yield f"<p>{escape(_('Not said:'))} {escape('; '.join(clause.missing))}</p>"
    if clause.redraft:
        yield f'<p class="small"><span class="caps">{escape(_("Pattern"))}</span> {escape(clause.redraft)}</p>'


def lines_html(lines: Iterable[Line]) -> SafeString:
    """Guidelines or challenges, one below the other."""
    language = get_language()
    return SafeString("".join(line_html(line, language) for line in lines))


def steps_html(steps: Iterable[StepLine]) -> SafeString:
    """The next best steps, best first."""
    return SafeString("".join(step_html(step, number) for number, step in enumerate(steps, 1)))


def clauses_html(clauses: Iterable[ClauseLine], language: str) -> SafeString:
    """The clauses of the measure in view."""
    return SafeString("".join(clause_html(clause, language) for clause in clauses))


def problems_head(number: int) -> str:
    """How many fields could not be read."""
    return ngettext(
        "%(number)s thing could not be read, so the advice leaves it out",
        "%(number)s things could not be read, so the advice leaves them out",
        number,
    ) % {"number": number}
