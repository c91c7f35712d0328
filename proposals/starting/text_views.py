"""The two pages on which an agreement's text is cut into clauses and these are tagged. The text travels in the form."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from accounts.pages import confidential, person_of
from assessments.package.splitting import Section, split
from proposals.access import workspaces_to_start_in
from proposals.drafting.domain import start_draft
from proposals.exchange.places import draft_page
from proposals.starting.documents import Document, blank, party_rows
from proposals.starting.forms import AgreementForm
from proposals.starting.linting import Linted, linted
from proposals.starting.tagging import PREFIXES, Part, document_of, is_in, tagged, wrong

MOST_CLAUSES: Final = 3_000


class Agreement(NamedTuple):
    """A text that was cut: what the form says, and the sections."""

    form: AgreementForm
    sections: list[Section]

    @property
    def parties(self) -> list[Document]:
        return party_rows(self.form.names)


@gzip_page
@require_http_methods(["GET", "POST"])
@confidential
def start_from_text(request: HttpRequest) -> HttpResponse:
    """Asks for the text; shows its clauses to be tagged (``step`` split); makes the draft of them (``step`` make)."""
    person = person_of(request)
    workspaces = workspaces_to_start_in(person)
    if request.method != "POST":
        return _ask(request, AgreementForm(workspaces=workspaces))
    if request.POST.get("step") == "edit":
        return _ask(request, AgreementForm(initial=request.POST.dict(), workspaces=workspaces))
    form = AgreementForm(request.POST, workspaces=workspaces)
    if not form.is_valid():
        return _ask(request, form, status=422)
    agreement = Agreement(form, split(form.cleaned_data["text"]))
    if (number := sum(len(section.clauses) for section in agreement.sections)) > MOST_CLAUSES:
        said = _("The text has %(number)s clauses; the most at once is %(most)s. Paste a part of it.")
        form.add_error("text", said % {"number": number, "most": MOST_CLAUSES})
        return _ask(request, form, status=422)
    parts = tagged(agreement.sections, request.POST)
    if request.POST.get("step") != "make":
        return _tag(request, agreement, parts)
    document = _document(request, agreement, parts)
    if found := wrong(document):
        return _tag(request, agreement, parts, wrong=found)
    revision = start_draft(form.chosen_workspace, document, by=person, reason=_("From the text of an agreement"))
    messages.success(
        request, _("The clauses are in the draft, word by word. Say now who does what, where and by when.")
    )
    return redirect(draft_page(revision.proposal_id))


def _document(request: HttpRequest, agreement: Agreement, parts: list[Part]) -> Document:
    title = " ".join(request.POST.get("title", "").split())[:200]
    base = blank(title=title, parties=agreement.form.names, language=agreement.form.cleaned_data["language"])
    return document_of(base, parts, keep_rest="keep_rest" in request.POST)


def _ask(request: HttpRequest, form: AgreementForm, *, status: int = 200) -> HttpResponse:
    tags = [
        (name, value)
        for name, values in request.POST.lists()
        if name.startswith(PREFIXES) or name in ("title", "keep_rest", "again")
        for value in values
    ]
    return render(request, "proposals/start_text.html", {"form": form, "tags": tags}, status=status)


def _tag(
    request: HttpRequest, agreement: Agreement, parts: list[Part], *, wrong: list[str] | None = None
) -> HttpResponse:
    """``again`` says that the page was there before, so that a mark that is not sent was taken away."""
    lint: Linted = linted(parts, agreement.form.cleaned_data["language"])
    again = "again" in request.POST
    context: dict[str, Any] = {
        "form": agreement.form,
        "parties": agreement.parties,
        "parts": lint.parts,
        "legend": lint.legend,
        "titles": list(dict.fromkeys(part.title for part in parts if part.title)),
        "title": request.POST.get("title", _suggested_title(parts)),
        "keep_rest": not again or "keep_rest" in request.POST,
        "wrong": wrong or [],
        "number": sum(is_in(part, clause) for part in parts for clause in part.clauses),
    }
    return render(request, "proposals/tag_text.html", context, status=422 if wrong else 200)


def _suggested_title(parts: list[Part]) -> str:
    first = parts[0].above[0] if parts and parts[0].above else ""
    return first.strip("# ")[:200]
