from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import send_mail
from django.urls import reverse

from accounts.mail_folder import letters
from tests.accounts.conftest import Holder
from tests.personas import Person


@pytest.fixture
def folder(tmp_path: Path, settings: Any, embedded: None) -> Path:
    """Letters are written into a folder, as with ``make run``."""
    settings.EMAIL_BACKEND = "accounts.mail_folder.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


def send(subject: str, text: str = "Something.") -> None:
    send_mail(subject, text, "cbm@example.org", ["amina@example.org"])


def test_letters_lie_in_a_folder_for_its_owner_only(folder: Path) -> None:
    send("First")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [letter.subject for letter in letters()] == ["First"]


def test_the_newest_letter_comes_first(folder: Path) -> None:
    for subject in ("First", "Second", "Third"):
        send(subject)
    assert [letter.subject for letter in letters()] == ["Third", "Second", "First"]


def test_before_anything_was_sent_the_page_says_so(folder: Path, anonymous: Person) -> None:
    assert "Nothing was sent yet" in anonymous.client.get(reverse("accounts:mail")).content.decode()


def test_links_can_be_clicked_and_everything_else_is_escaped(folder: Path, anonymous: Person) -> None:
    send("<script>alert(1)</script>", "Open http://localhost:8000/x/?a=1&b=2\n<img src=x> javascript:alert(1)")
    page = anonymous.client.get(reverse("accounts:mail")).content.decode()
    assert 'href="http://localhost:8000/x/?a=1&amp;b=2"' in page
    assert "<img" not in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_the_link_to_a_new_password_is_followed_from_the_page(folder: Path, holder: Holder) -> None:
    holder.client.post(reverse("account_reset_password"), {"email": holder.user.email})
    assert "/account/password/reset/key/" in holder.client.get(reverse("accounts:mail")).content.decode()


def test_on_a_server_there_is_no_such_page_and_no_link_to_it(mediator: Person, settings: Any) -> None:
    settings.EMBEDDED = False
    assert mediator.client.get(reverse("accounts:mail")).status_code == 404
    assert reverse("accounts:mail") not in mediator.client.get(reverse("home")).content.decode()


def test_the_page_is_linked_from_sign_in_and_menu(embedded: None, mediator: Person, anonymous: Person) -> None:
    link = f'href="{reverse("accounts:mail")}"'
    assert link in anonymous.client.get(reverse("account_login")).content.decode()
    assert link in mediator.client.get(reverse("home")).content.decode()
