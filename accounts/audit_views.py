"""Pages of the audit log, for the owners of a workspace."""

from __future__ import annotations

from typing import cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts import audit
from accounts.audit_chain import verify
from accounts.audit_log import as_csv, audited_workspace, entries_of, page_of, people_in
from accounts.audit_words import deeds
from accounts.models import AuditEntry, User, Workspace
from accounts.pages import confidential, person_of


class AuditFilter(forms.Form):
    """What to look for, all of it in the address; ``before`` turns the page."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"), required=False, empty_label=_("anybody"))
    verb = forms.ChoiceField(label=_("Deed"), required=False, choices=lambda: [("", _("any")), *deeds()])
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, workspace: Workspace) -> None:
        super().__init__(request.GET)
        self.workspace = workspace
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = people_in(workspace)

    def found(self) -> QuerySet[AuditEntry]:
        """The entries that fit; none is left out when one of the filters is not known."""
        wanted = self.cleaned_data if self.is_valid() else {}
        names = ("person", "verb", "since", "until")
        return entries_of(self.workspace, **{name: wanted[name] for name in names if wanted.get(name)})


@require_GET
@confidential
def audit_log(request: HttpRequest) -> HttpResponse:
    """What happened in the person's workspace; with ``check``, whether the chain verifies."""
    workspace = audited_workspace(person_of(request))
    form = AuditFilter(request, workspace)
    query = request.GET.copy()
    for name in ("before", "check"):
        query.pop(name, None)
    context = {
        "workspace": workspace,
        "form": form,
        "page": page_of(form.found(), before=form.cleaned_data.get("before") if form.is_valid() else None),
        "query": query.urlencode(),
        "verdict": verify(workspace.pk) if "check" in request.GET else None,
    }
    return render(request, "accounts/audit_log.html", context)


@require_GET
@confidential
def audit_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The entries that fit as a file, up to the one that tells of this export."""
    person = person_of(request)
    workspace = audited_workspace(person)
    found = AuditFilter(request, workspace).found()
    exported = audit.record("accounts.audit_exported", by=person, workspace=workspace)
    return StreamingHttpResponse(
        as_csv(found.filter(number__lt=exported.number)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="audit-log.csv"'},
    )
