"""Cases from a file that an editor sends: what is wrong, place by place, and what would be added or changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.core import signing
from django.utils.translation import gettext as _

from cases.editing.differences import Difference, differences
from cases.editing.documents import Document, in_order
from cases.editing.drafts import is_an_address
from cases.editing.problems import Problem, problems_of
from cases.editing.spreadsheet import Read, SheetError, read_spreadsheet
from cases.models import CaseVersion
from cases.schema import CaseFile
from cbm_advisor.lib.documents import LARGEST, DocumentError, inspect, parse

MOST_CASES: Final = 200
MOST_SEALED: Final = 2_000_000
"""Of what the page sends back; Django refuses forms that are a little larger."""
SALT: Final = "cases.import"
HOUR: Final = 60 * 60
XLSX: Final = b"PK"


class UnreadableError(ValueError):
    """The file as a whole cannot be read, and why."""


class Wrong(NamedTuple):
    """Something to mend: where it stands in the file, what field it is, and what to do."""

    place: str
    field: str
    message: str


class Incoming(NamedTuple):
    """A case of the file. ``is_new``: the library has none of this slug; ``differences``: from what is published."""

    slug: str
    title: str
    is_new: bool
    document: Document
    differences: list[Difference]
    wrong: list[Wrong]

    @property
    def is_ready(self) -> bool:
        """Nothing is wrong, and something would change."""
        return not self.wrong and (self.is_new or bool(self.differences))


class Preview(NamedTuple):
    """All of a file: its cases, and what belongs to none of them."""

    cases: list[Incoming]
    astray: list[Wrong]

    @property
    def ready(self) -> dict[str, Document]:
        """What would be imported, by slug."""
        return {case.slug: case.document for case in self.cases if case.is_ready}


def preview(content: bytes) -> Preview:
    """What a file would do. Stores nothing. Raises ``UnreadableError``."""
    if len(content) > LARGEST:
        raise UnreadableError(_("The file is larger than 2 MB."))
    if content.startswith(XLSX):
        return _of_spreadsheet(content)
    return _of_yaml(content)


def sealed(documents: Mapping[str, Document]) -> str:
    """The documents as a text that only we can have made, for the page to send back. Raises ``UnreadableError``."""
    text = signing.dumps(dict(documents), salt=SALT, compress=True)
    if len(text) > MOST_SEALED:
        raise UnreadableError(_("The file holds too much for one go. Divide it, and import one part after the other."))
    return text


def opened(text: str) -> dict[str, Document]:
    """The documents from ``sealed``, within the hour. Raises ``django.core.signing.BadSignature``."""
    found: dict[str, Document] = signing.loads(text, salt=SALT, max_age=HOUR)
    return found


def _of_yaml(content: bytes) -> Preview:
    try:
        source = parse(content)
        inspect(source)
    except DocumentError as error:
        place = ".".join(map(str, error.place))
        raise UnreadableError(f"{place}: {error}" if place else str(error)) from None
    sources = source if isinstance(source, list) else [source]
    documents: dict[str, Document] = {}
    astray = []
    for n, each in enumerate(sources, start=1):
        slug = each.get("slug") if isinstance(each, dict) else None
        where = _("Case %(number)s") % {"number": n}
        if not isinstance(each, dict):
            astray.append(Wrong(where, "", _("This is no case: a case is a set of fields, beginning with its slug.")))
        elif not isinstance(slug, str) or not slug:
            astray.append(Wrong(where, "slug", _("The slug is missing. Give the case one, such as kenya-wajir-1993.")))
        elif slug in documents:
            astray.append(Wrong(where, "slug", _("“%(slug)s” stands there twice. Keep one.") % {"slug": slug}))
        else:
            documents[slug] = each
    return _compared(documents, astray, None)


def _of_spreadsheet(content: bytes) -> Preview:
    try:
        found = read_spreadsheet(content)
    except SheetError as error:
        raise UnreadableError(str(error)) from None
    astray = [Wrong(str(place), "", message) for place, message in found.astray]
    return _compared(found.documents, astray, found)


def _compared(documents: Mapping[str, Document], astray: list[Wrong], sheets: Read | None) -> Preview:
    if len(documents) > MOST_CASES:
        raise UnreadableError(_("The file holds more than %(most)s cases.") % {"most": MOST_CASES})
    if not documents and not astray:
        raise UnreadableError(_("The file holds no case."))
    known = CaseVersion.objects.filter(slug__in=documents, state__in=["published", "draft"])
    published = {version.slug: version.document for version in known if version.state == "published"}
    drafted = {version.slug for version in known if version.state == "draft"}
    cases = [
        _incoming(slug, document, published.get(slug), slug in drafted, sheets) for slug, document in documents.items()
    ]
    return Preview(cases, astray)


def _incoming(slug: str, document: Document, before: Any, has_draft: bool, sheets: Read | None) -> Incoming:
    problems = problems_of(document)
    wrong = [_wrong(slug, each, sheets) for each in problems]
    if has_draft:
        wrong.append(Wrong(slug, "", _("There is a draft of this case. Publish it or set it aside first.")))
    if not problems:
        document = CaseFile.model_validate(document).model_dump(mode="json")
        if before is None and is_an_address(slug):
            wrong.append(Wrong(slug, "slug", _("Another page has this address. Choose another slug.")))
    shown = [] if problems else differences(before or {}, document)
    return Incoming(slug, str(document.get("title") or slug), before is None, in_order(document), shown, wrong)


def _wrong(slug: str, problem: Problem, sheets: Read | None) -> Wrong:
    return Wrong(str(sheets.place_of(slug, problem)) if sheets else slug, problem.where, problem.message)
