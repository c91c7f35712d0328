"""What stands on a page of the library a hundred times over: built here, for loops of templates take most of its time.

What comes from cases is escaped by ``html.escape``, as in Django's ``format_html``, which takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Final

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.presentation import ResultWord, result_word
from cases.searching.listing import Entry, ShownMeasure
from cases.searching.results import Counted
from cases.searching.search import Run
from cases.templatetags.keeping import entry_tools, shelf_buttons

register = template.Library()

OPTION: Final = (
    '<li><input form="library-form" type="checkbox" name="{name}" value="{value}" id="{id}"',
    '> <label for="{id}">{label}</label> <span class="figures" id="count-{id}">',
)
FACET: Final = """
  <details class="facet"{open}>
    <summary><span class="caps">{title}</span> <span class="facet-chosen" id="chosen-{name}">{chosen}</span>
      <span class="chevron"></span></summary>
    <div role="group" aria-label="{title}"><ul>
      {options}
    </ul></div>
  </details>"""
FACETS_OPEN: Final = 5
"""How many stand open without anything chosen."""
ENTRY: Final = """<article class="entry" id="case-{slug}">
  <p class="entry-when"><span>{years}</span> <span>{where}</span></p>
  <div>
    <h3><a href="{address}">{title}</a></h3>
    <p class="quiet">{text}</p>
    <ul class="entry-measures" aria-label="{fit}">{measures}</ul>
    <div class="entry-outcome">
      <p><strong>{worked}</strong> {what_worked}</p>
      <p><strong>{failed}</strong> {what_did_not}</p>
    </div>
    {tools}
  </div>
</article>"""
TAG: Final = '<span class="tag" data-sector="{}">{}</span> '


def _marked(runs: Sequence[Run]) -> str:
    """A text with the words looked for in ``mark``."""
    return "".join(f'<mark class="found">{escape(text)}</mark>' if found else escape(text) for text, found in runs)


@register.filter
def band(word: ResultWord) -> SafeString:
    """A result: its word in its colour, with its mark."""
    return SafeString(f'<span class="band {word.band}" data-mark="{word.mark}">{escape(word.label)}</span>')


@register.filter
def what_came_of_it(result: str) -> SafeString:
    """A result by its code in the taxonomy, in a word with its mark."""
    return band(result_word(result))


@register.simple_tag(takes_context=True)
def case_entries(context: Context, shown: Sequence[Entry]) -> SafeString:
    """The cases of the list, each with what fits of it and with what can be done with it."""
    words = {
        "fit": escape(_("Measures that fit")),
        "worked": escape(_("What worked")),
        "failed": escape(_("What did not")),
    }
    buttons = shelf_buttons(context)
    return SafeString(
        "".join(
            ENTRY.format(
                slug=escape(case.slug),
                years=escape(years),
                where=escape(case.where),
                address=escape(case.address),
                title=_marked(title),
                text=_marked(text),
                measures=_measures(measures),
                what_worked=escape(case.worked),
                what_did_not=escape(case.did_not),
                tools=entry_tools(buttons, case.slug, case.title),
                **words,
            )
            for case, years, title, text, measures in shown
        )
    )


@register.simple_tag
def facet_boxes(facets: Sequence[Counted]) -> SafeString:
    """The facets with their values; open are those that come first and those of which something is chosen."""
    return SafeString(
        "".join(
            FACET.format(
                open=" open" if each.chosen or n < FACETS_OPEN else "",
                title=escape(each.title),
                name=each.facet.name,
                chosen=each.chosen or "",
                options=_options(each),
            )
            for n, each in enumerate(facets)
        )
    )


def _options(counted: Counted) -> str:
    lines = []
    for each in counted.options:
        begin, middle = _option(counted.facet.name, each.value, each.id, each.label)
        lines.append(f"{begin}{' checked' if each.is_chosen else ''}{middle}{each.number}</span></li>")
    return "\n".join(lines)


@lru_cache(maxsize=1024)
def _option(name: str, value: str, html_id: str, label: str) -> tuple[str, ...]:
    """What stands before "checked" and what stands between it and the number."""
    said = {"name": escape(name), "value": escape(value), "id": escape(html_id), "label": escape(label)}
    return tuple(part.format(**said) for part in OPTION)


@register.simple_tag
def facet_numbers(counted: Counted) -> SafeString:
    """The numbers alone, to be put where they stand on the page."""
    return SafeString(
        "\n".join(
            f'<span id="count-{escape(each.id)}" hx-swap-oob="innerHTML">{each.number}</span>'
            for each in counted.options
        )
    )


def _measures(measures: Sequence[ShownMeasure]) -> str:
    """Each with what came of it, behind its title so that no line begins with it, its sectors, when and how verified."""
    return "\n".join(
        f"<li><span>{escape(title)} {band(word)}</span> {_tags(sectors, said)}</li>"
        for title, word, sectors, said in measures
    )


@lru_cache(maxsize=4096)
def _tags(sectors: tuple[tuple[str, str], ...], said: str) -> str:
    tags = "".join(TAG.format(escape(code), escape(label)) for code, label in sectors)
    return f'{tags}<span class="small quiet">{escape(said)}</span>'
