"""What a person says of the clauses of a pasted agreement, and the draft that follows from it. No database.

A tag is kept by what the clause says, not by its place, so that it stays when the text is changed and cut again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.package.kinds import LONGEST_TEXT, MOST_ENTRIES
from assessments.package.splitting import Section
from proposals.starting.documents import Document

PREFIXES: Final = ("title-", "measure-", "out-", "who-")
"""With these begin the names of the controls."""


class Clause(NamedTuple):
    """A clause with its tags. ``measure``: its own, empty for that of its section; ``who``: ids of parties, likewise."""

    key: str
    text: str
    measure: str
    who: tuple[str, ...]
    is_out: bool


class Part(NamedTuple):
    """A section with its tags. ``title``: of the measure that its clauses belong to."""

    key: str
    heading: str
    above: tuple[str, ...]
    title: str
    who: tuple[str, ...]
    is_out: bool
    clauses: tuple[Clause, ...]


def tagged(sections: Sequence[Section], form: QueryDict) -> list[Part]:
    """The sections with what ``form`` says of them; of what it does not know, headings are titles and nothing is left out."""
    key_of = _keys()
    return [_part(section, form, key_of) for section in sections]


def document_of(base: Document, parts: Sequence[Part], *, keep_rest: bool) -> Document:
    """``base`` with a measure for each title and the clauses as its commitments.

    What was left out and headings without clauses go into the notes with ``keep_rest``. A heading of which the title does not
    say all is the description of its measure, as it stands.
    """
    measures: dict[str, Document] = {}
    for part in parts:
        for clause in part.clauses:
            if is_in(part, clause):
                row = _row(measures, clause.measure, clause.measure) if clause.measure else _row_of(measures, part)
                who = clause.who or part.who
                row.setdefault("commitments", []).append({"text": clause.text} | ({"who": list(who)} if who else {}))
    document = dict(base)
    if measures:
        document["measures"] = [{"id": f"m{n}", **row} for n, row in enumerate(measures.values(), 1)]
    if keep_rest and (left := rest(parts)):
        document["notes"] = left
    return document


def wrong(document: Document) -> list[str]:
    """What does not fit into a draft, and what to do about it."""
    found = []
    if len(document.get("notes", "")) > LONGEST_TEXT:
        said = _(
            "What is left out has %(number)s characters; the notes hold %(most)s. Leave out less, or take the mark away that"
            " keeps it in the notes."
        )
        found.append(said % {"number": f"{len(document['notes']):,}", "most": f"{LONGEST_TEXT:,}"})
    for row in document.get("measures", ()):
        if (number := len(row["commitments"])) > MOST_ENTRIES:
            said = _(
                "“%(title)s” would have %(number)s clauses; the most is %(most)s. Divide it into several measures."
            )
            found.append(said % {"title": row.get("title", "…"), "number": number, "most": MOST_ENTRIES})
    if len(document.get("measures", ())) > MOST_ENTRIES:
        found.append(
            _("There would be more than %(most)s measures. Give some the same title.") % {"most": MOST_ENTRIES}
        )
    return found


def is_in(part: Part, clause: Clause) -> bool:
    """Whether a clause goes into the draft; one with a measure of its own does also if its section is left out."""
    return not clause.is_out and (not part.is_out or bool(clause.measure))


def rest(parts: Sequence[Part]) -> str:
    """What goes into no measure, in the order of the text."""
    lines = [line for part in parts for line in _rest_of(part)]
    return "\n".join([_("Left out of the agreement's text:"), *lines]) if lines else ""


def _rest_of(part: Part) -> Iterator[str]:
    yield from part.above
    if part.heading and not any(is_in(part, clause) and not clause.measure for clause in part.clauses):
        yield part.heading
    yield from (clause.text for clause in part.clauses if not is_in(part, clause))


def _row_of(measures: dict[str, Document], part: Part) -> Document:
    row = _row(measures, part.title, part.title or part.key)
    said = row.get("description", "").splitlines()
    if part.heading and part.heading != row.get("title") and part.heading not in said:
        row["description"] = "\n".join([*said, part.heading])
    return row


def _row(measures: dict[str, Document], title: str, key: str) -> Document:
    return measures.setdefault(key.casefold(), {"title": title} if title else {})


def _part(section: Section, form: QueryDict, key_of: Callable[[str], str]) -> Part:
    key = key_of(section.heading)
    clauses = tuple(_clause(text, form, key_of) for text in section.clauses)
    title = _said(form, f"title-{key}") if f"title-{key}" in form else section.title
    return Part(key, section.heading, section.above, title, _who(form, key), _is_out(form, key), clauses)


def _clause(text: str, form: QueryDict, key_of: Callable[[str], str]) -> Clause:
    key = key_of(text)
    return Clause(key, text, _said(form, f"measure-{key}"), _who(form, key), _is_out(form, key))


def _said(form: QueryDict, name: str) -> str:
    return " ".join(form.get(name, "").split())


def _who(form: QueryDict, key: str) -> tuple[str, ...]:
    return tuple(form.getlist(f"who-{key}"))


def _is_out(form: QueryDict, key: str) -> bool:
    return f"out-{key}" in form


def _keys() -> Callable[[str], str]:
    """Gives each text a key, and another one if it comes again."""
    seen: Counter[str] = Counter()

    def key_of(text: str) -> str:
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
        seen[digest] += 1
        return f"{digest}-{seen[digest]}" if seen[digest] > 1 else digest

    return key_of
