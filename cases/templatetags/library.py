"""What stands on a page of the library a hundred times over: built here, for loops of templates take most of its time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.models import CaseMeasure
from cases.presentation import ResultWord, result_word
from cases.searching.listing import ShownMeasure
from cases.searching.results import Counted
from cases.searching.search import Run

register = template.Library()

CHECKED = SafeString(" checked")
UNCHECKED = SafeString()
COUNT = '<span id="count-{}" hx-swap-oob="innerHTML">{}</span>'


@register.filter
def marked(runs: Sequence[Run]) -> SafeString:
    """A text with the words looked for in ``mark``."""
    return format_html_join(
        "", "{}", ((format_html('<mark class="found">{}</mark>', text) if found else text,) for text, found in runs)
    )


@register.filter
def what_came_of_it(measure: CaseMeasure) -> SafeString:
    """What came of a measure, in a word with its mark."""
    return _band(result_word(measure.result))


@register.simple_tag
def facet_options(counted: Counted) -> SafeString:
    """The values of a facet, each with its number."""
    lines = []
    for each in counted.options:
        begin, middle = _option(counted.facet.name, each.value, each.id, each.label)
        lines.append(
            begin + (CHECKED if each.is_chosen else UNCHECKED) + middle + format_html("{}</span></li>", each.number)
        )
    return SafeString("\n".join(lines))


@lru_cache(maxsize=1024)
def _option(name: str, value: str, html_id: str, label: str) -> tuple[SafeString, SafeString]:
    """What stands before "checked" and what stands between it and the number."""
    return (
        format_html(
            '<li><input form="library-form" type="checkbox" name="{}" value="{}" id="{}"', name, value, html_id
        ),
        format_html('> <label for="{0}">{1}</label> <span class="figures" id="count-{0}">', html_id, label),
    )


@register.simple_tag
def facet_numbers(counted: Counted) -> SafeString:
    """The numbers alone, to be put where they stand on the page."""
    return format_html_join("\n", COUNT, ((each.id, each.number) for each in counted.options))


@register.simple_tag
def measure_lines(measures: Sequence[ShownMeasure]) -> SafeString:
    """Measures, each with its sectors, when and how verified, and what came of it."""
    return format_html_join(
        "\n",
        "<li><span>{}</span> {}</li>",
        ((each.title, _tags(each.word, each.sectors, each.said)) for each in measures),
    )


@lru_cache(maxsize=4096)
def _tags(word: ResultWord, sectors: tuple[tuple[str, str], ...], said: str) -> SafeString:
    tags = format_html_join("", '<span class="tag" data-sector="{}">{}</span> ', sectors)
    return format_html('{}<span class="small quiet">{}</span> {}', tags, said, _band(word))


def _band(word: ResultWord) -> SafeString:
    return format_html('<span class="band {}" data-mark="{}">{}</span>', word.band, word.mark, word.label)
