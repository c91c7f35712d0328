"""Suggestions of readers: who sees them, how they are answered."""

from __future__ import annotations

from typing import Any

import pytest
from celery import current_app
from django.core import mail
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from cases.editing import corrections
from cases.models import Case, Correction
from cases.tasks import tell_editors
from tests.cases.conftest import NUBA
from tests.personas import Person

pytestmark = pytest.mark.django_db
SUGGEST = f"/cases/{NUBA}/correction/"
FORM = {"part": "facts", "wrong": "Unmistakable", "right": "2003", "source": ""}


def test_whoever_suggests_reads_the_answer_and_nobody_else_does(
    nuba: str, mediator: Person, owner: Person, editor: Person
) -> None:
    assert mediator.client.post(SUGGEST, FORM).status_code == 302
    correction = Correction.objects.get()
    address = f"/cases/editing/corrections/{correction.pk}/"
    assert "Unmistakable" in editor.client.get(address).content.decode()
    answer = {"state": "accepted", "words": "You are right"}
    assert editor.client.post(address, answer).status_code == 302
    page = mediator.client.get(SUGGEST).content.decode()
    assert "You are right" in page
    assert "Accepted" in page
    assert "Unmistakable" not in owner.client.get(SUGGEST).content.decode()
    assert owner.client.get(address).status_code == 403


def test_a_suggestion_needs_a_part_and_says_what_is_wrong(nuba: str, mediator: Person) -> None:
    page = mediator.client.post(SUGGEST, {"part": "", "wrong": "", "right": "Kept"})
    assert page.status_code == 422
    assert "Kept" in page.content.decode()
    assert not Correction.objects.exists()


def test_nobody_has_more_than_twenty_open(nuba: str, mediator: Person) -> None:
    for _n in range(20):
        mediator.client.post(SUGGEST, FORM)
    page = mediator.client.post(SUGGEST, FORM)
    assert page.status_code == 422
    assert "Unmistakable" in page.content.decode()
    assert Correction.objects.count() == 20


def test_only_editors_answer_and_only_once(nuba: str, mediator: Person, editor: Person) -> None:
    case = Case.objects.get()
    correction = corrections.suggest(case, by=mediator.user, part="facts", wrong="x")  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        corrections.answer(correction, by=mediator.user, state="accepted", words="")  # type: ignore[arg-type]
    corrections.answer(correction, by=editor.user, state="declined", words="No")  # type: ignore[arg-type]
    with pytest.raises(corrections.AnsweredError):
        corrections.answer(correction, by=editor.user, state="accepted", words="")  # type: ignore[arg-type]


def test_it_is_audited_without_what_it_says(nuba: str, mediator: Person) -> None:
    mediator.client.post(SUGGEST, FORM)
    entry = AuditEntry.objects.get(verb="cases.correction_suggested")
    assert (entry.actor, entry.details) == (mediator.user, {"case": NUBA})


def test_editors_are_told_by_letter_without_what_it_says(
    nuba: str,
    mediator: Person,
    editor: Person,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: Any,
) -> None:
    settings.ADDRESS = "https://cbm.example.org"
    queued: list[int] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, retry: queued.extend(args))
    with django_capture_on_commit_callbacks(execute=True):
        mediator.client.post(SUGGEST, FORM)
    tell_editors(queued[0])
    [letter] = mail.outbox
    assert letter.to == ["editor@example.org"]
    assert f"https://cbm.example.org/cases/editing/corrections/{queued[0]}/" in letter.body
    assert "Unmistakable" not in str(letter.body)
