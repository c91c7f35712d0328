"""The clauses of a pasted text with the controls to tag them: built here, for a long text has thousands.

All that comes from the text or the person is escaped by ``html.escape``, as in ``cases.templatetags.library``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from typing import Any, Final

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.presentation.clauses import Segment
from proposals.starting.linting import MarkedClause

register = template.Library()

CLAUSE: Final = """<li>
  <p class="said" dir="auto">{said}</p>
  <div class="tag-tools">
    <label class="option"><input type="checkbox" name="out-{key}"{out}> {leave_out}<span class="sr-only"> {number}</span></label>
    <details class="more"{is_open}>
      <summary>{alone}<span class="sr-only">: {number}</span> <span class="chevron" aria-hidden="true"></span></summary>
      <div class="tag-row">
        <div class="field"><label for="measure-{key}">{other}</label><input id="measure-{key}" name="measure-{key}" \
value="{measure}" maxlength="200" list="measures" dir="auto" autocomplete="off" placeholder="{as_part}"></div>
        {who}
      </div>
    </details>
  </div>
</li>"""
PARTIES: Final = '<fieldset class="tag-who"><legend>{}<span class="sr-only">: {}</span></legend>{}</fieldset>'
PARTY: Final = '<label class="option"><input type="checkbox" name="who-{}" value="{}"{}> {}</label>'
LOOSE: Final = '<mark class="loose" title="{}">{}</mark>'


@register.simple_tag
def tag_clauses(clauses: Sequence[MarkedClause], parties: Sequence[dict[str, Any]]) -> SafeString:
    """The clauses of a part, as entries of a list."""
    words = {
        "leave_out": escape(_("Leave out")),
        "alone": escape(_("Tag it on its own")),
        "other": escape(_("Another measure: one of these, or a new one")),
        "as_part": escape(_("as this part")),
    }
    numbered = _("clause %(number)s")
    return SafeString(
        "".join(
            CLAUSE.format(
                **words,
                said=_marked(shown.segments),
                key=shown.clause.key,
                number=escape(number := numbered % {"number": n}),
                out=" checked" if shown.clause.is_out else "",
                is_open=" open" if shown.clause.measure or shown.clause.who else "",
                measure=escape(shown.clause.measure),
                who=tag_who(shown.clause.key, shown.clause.who, parties, number),
            )
            for n, shown in enumerate(clauses, 1)
        )
    )


@register.simple_tag
def tag_who(key: str, who: Collection[str], parties: Sequence[dict[str, Any]], about: str) -> SafeString:
    """Asks which parties commit to ``about``; nothing if none were named."""
    if not parties:
        return SafeString("")
    boxes = (
        PARTY.format(key, escape(party["id"]), " checked" if party["id"] in who else "", escape(party["name"]))
        for party in parties
    )
    return SafeString(PARTIES.format(escape(_("Who commits")), escape(about), "".join(boxes)))


def _marked(segments: Sequence[Segment]) -> str:
    return "".join(LOOSE.format(escape(run.why), escape(run.text)) if run.why else escape(run.text) for run in segments)
