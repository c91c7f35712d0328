"""The page of a person's news, and the number of the unread in the head of every page."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Notification
from accounts.notifications import domain
from accounts.pages import confidential, person_of

SHOWN: Final = 100
NEWEST: Final = 2**63 - 1


@require_GET
@confidential
def news(request: HttpRequest) -> HttpResponse:
    """The person's news, newest first; as a fragment the number of the unread, if it is not the one ``shown``."""
    person = person_of(request)
    if request.htmx:  # type: ignore[attr-defined]
        if request.GET.get("shown") == str(person.unread_news):
            return HttpResponse(status=204)
        return render(request, "accounts/news/_unread.html", {"unread": person.unread_news})
    return render(request, "accounts/news/news.html", {"news": Notification.objects.of(person)[:SHOWN]})


@require_GET
@confidential
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to what the notification tells of."""
    notification = get_object_or_404(Notification.objects.of(person_of(request)), pk=pk)
    return redirect(domain.open_notification(notification))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Marks as read what the page showed, and nothing that came since."""
    until = request.POST.get("until", "")
    if until.isdecimal() and int(until) <= NEWEST:
        domain.read_all(person_of(request), until=int(until))
    return redirect("accounts:news")
