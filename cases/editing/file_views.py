"""Cases as files: taking them out as YAML, bringing them in from YAML or a spreadsheet."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from cases.editing import drafts, export, importing
from cases.editing.access import editor_of
from cases.editing.forms import UploadForm
from cases.editing.layout import as_yaml
from cases.editing.sheets import template
from cases.models import CaseVersion
from cases.schema import CaseFile
from cbm_advisor.lib.documents import LARGEST

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def case_as_yaml(request: HttpRequest, slug: str) -> HttpResponse:
    """What is published of a case, as its file."""
    editor_of(request)
    version = get_object_or_404(CaseVersion.objects.published(), slug=slug)
    text = as_yaml(CaseFile.model_validate(version.document))
    return _file(text.encode(), f"{slug}.yaml", "application/yaml; charset=utf-8")


@require_GET
def all_as_yaml(request: HttpRequest) -> HttpResponse:
    """Every published case as a file, in an archive."""
    editor_of(request)
    return _file(export.archive(), "cases.zip", "application/zip")


@require_GET
def spreadsheet_template(request: HttpRequest) -> HttpResponse:
    """The empty spreadsheet."""
    editor_of(request)
    return _file(template(), "cases-template.xlsx", XLSX)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "POST"])
def import_cases(request: HttpRequest) -> HttpResponse:
    """A file is looked at; only what is confirmed after that is stored, as drafts."""
    person = editor_of(request)
    if request.method == "POST" and "cases" in request.POST:
        return _confirmed(request, person)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        try:
            seen = importing.preview(file.read(LARGEST + 1))
            sealed = importing.sealed(seen.ready)
        except importing.UnreadableError as error:
            form.add_error("file", str(error))
        else:
            context = {"preview": seen, "sealed": sealed, "name": file.name, "form": UploadForm()}
            return render(request, "cases/edit/import_preview.html", context)
    return render(request, "cases/edit/import.html", {"form": form}, status=422 if form.is_bound else 200)


def _confirmed(request: HttpRequest, person: User) -> HttpResponse:
    try:
        documents = importing.opened(request.POST["cases"])
        made = drafts.import_drafts(documents, by=person)
    except BadSignature:
        messages.error(request, _("That was more than an hour ago. Choose the file again; nothing was stored."))
    except (drafts.StaleError, drafts.SlugError):
        messages.error(request, _("The library changed since you looked. Choose the file again; nothing was stored."))
    else:
        said = ngettext("%(number)s draft is there now.", "%(number)s drafts are there now.", len(made))
        messages.success(request, said % {"number": len(made)})
        return redirect("cases:desk")
    return redirect("cases:import")
