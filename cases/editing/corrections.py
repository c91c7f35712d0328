"""What readers suggest to the editors, and what these answer."""

from __future__ import annotations

import logging
from typing import Final

from celery import current_app
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts import audit
from accounts.models import User
from cases.models import Case, Correction
from cases.rules import is_editor

log = logging.getLogger(__name__)

MOST_OPEN: Final = 20
TASK: Final = "cases.tasks.tell_editors"


class TooManyError(Exception):
    """The person has so many suggestions open that the editors should answer some first."""


class AnsweredError(Exception):
    """Somebody answered already."""


@transaction.atomic
def suggest(case: Case, *, by: User, part: str, wrong: str, right: str = "", source: str = "") -> Correction:
    """Tells the editors that something in a case is wrong. Raises ``TooManyError``."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # of several forms sent at once, the last are counted
    if Correction.objects.open().by_person(by).count() >= MOST_OPEN:
        raise TooManyError
    correction = Correction.objects.create(
        slug=case.slug, person=by, part=part, wrong=wrong, right=right, source=source
    )
    audit.record("cases.correction_suggested", by=by, about=correction, case=case.slug)
    transaction.on_commit(lambda: _nudge(correction.pk))
    return correction


@transaction.atomic
def answer(correction: Correction, *, by: User, state: str, words: str) -> Correction:
    """Accepts or declines a suggestion, with words for who made it.

    Raises ``PermissionDenied`` if ``by`` is no editor, ``AnsweredError`` with two answers at once.
    """
    if not is_editor(by):
        raise PermissionDenied
    found = Correction.objects.select_for_update(of=["self"]).get(pk=correction.pk)
    if found.state != Correction.State.OPEN:
        raise AnsweredError
    found.state, found.answer, found.answered_by, found.answered_at = state, words, by, timezone.now()
    found.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    audit.record("cases.correction_answered", by=by, about=found, case=found.slug, answer=state)
    return found


def _nudge(pk: int) -> None:
    """A letter that does not go out loses nothing: the desk shows what is open."""
    try:
        current_app.send_task(TASK, args=[pk], retry=False)
    except (OperationalError, OSError) as error:
        log.warning("The broker did not take the letters on correction %s: %s", pk, error)
