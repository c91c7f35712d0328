"""The library, and who edits it."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from cases.domain import load_library
from cases.editing import editors
from cases.schema import case_files
from tests.personas import Person

NUBA = "nuba-mountains-2002"


def editor_named(name: str) -> Person:
    """A new editor, signed in, who belongs to no workspace."""
    user = User.objects.create_user(f"{name}@example.org", name=name.capitalize())
    editors.appoint(user, by=None)
    client = Client()
    client.force_login(user)
    return Person(user, client)


@pytest.fixture
def editor(db: None) -> Person:
    """Edits the library."""
    return editor_named("editor")


@pytest.fixture
def second_editor(db: None) -> Person:
    """Edits it too."""
    return editor_named("second")


@pytest.fixture
def nuba(db: None) -> str:
    """One case in the library, by its slug."""
    load_library({NUBA: case_files()[NUBA]})
    return NUBA
