"""Background work: thin, and safe to run twice."""

from __future__ import annotations

from celery import shared_task
from django.urls import reverse

from accounts import mail, walls
from cases.editing import corrections
from cases.keeping import shelf
from cases.models import Correction, Editor


@shared_task(name=corrections.TASK)
def tell_editors(pk: int) -> None:
    """Tells every editor of a suggestion that waits, and nothing of what it says."""
    correction = Correction.objects.open().filter(pk=pk).first()
    if correction is None:
        return
    context = {"slug": correction.slug, "link": mail.link(reverse("cases:correction", args=[pk]))}
    for editor in Editor.objects.select_related("person").filter(person__is_active=True):
        mail.send("cases/mail/correction", editor.person.email, context)


@shared_task
@walls.lifted()
def clear_shelves() -> None:
    """Removes for good what was taken off shelves long ago; daily."""
    shelf.clear_away()
