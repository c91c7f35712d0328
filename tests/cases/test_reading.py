"""What each page of the library begins with."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from accounts import walls
from accounts.models import User
from cases.editing import editors
from cases.keeping import shelf
from cases.models import Case, Edition, Editor
from cases.reading import reading_of
from cases.searching.search import current_edition
from tests.cases.conftest import NUBA
from tests.personas import Person


def asked_by(person: User | AnonymousUser | None) -> HttpRequest:
    request = RequestFactory().get("/cases/")
    assert person is not None
    request.user = person
    return request


@pytest.fixture
def user(mediator: Person) -> User:
    assert mediator.user is not None
    return User.objects.get(pk=mediator.user.pk)


def test_it_says_edition_shelf_and_right_in_one_query(
    nuba: str, user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert user.workspace is not None
    with walls.lifted():
        shelf.put_on_shelf(Case.objects.get(slug=NUBA), by=user, workspace=user.workspace)
        with django_assert_num_queries(1):
            reading = reading_of(asked_by(user))
    assert reading == (current_edition(), False, True, frozenset({NUBA}))


def test_what_was_taken_off_the_shelf_is_not_on_it(nuba: str, user: User) -> None:
    assert user.workspace is not None
    with walls.lifted():
        shelved = shelf.put_on_shelf(Case.objects.get(slug=NUBA), by=user, workspace=user.workspace)
        shelf.take_off_shelf(shelved, by=user)
        assert not reading_of(asked_by(user)).shelved


def test_an_editor_is_one_until_they_are_released(nuba: str, user: User) -> None:
    editors.appoint(user, by=None)
    assert reading_of(asked_by(user)).is_editor
    editors.release(Editor.objects.get(person=user), by=None, even_the_last=True)
    assert not reading_of(asked_by(user)).is_editor


def test_another_person_s_shelf_and_right_are_not_ones_own(nuba: str, user: User, editor: Person) -> None:
    assert user.workspace is not None
    with walls.lifted():
        shelf.put_on_shelf(Case.objects.get(slug=NUBA), by=user, workspace=user.workspace)
        assert reading_of(asked_by(editor.user)) == (current_edition(), True, False, frozenset())
        assert not reading_of(asked_by(user)).is_editor


def test_before_the_first_load_there_is_no_edition(user: User) -> None:
    Edition.objects.all().delete()
    assert reading_of(asked_by(user)) == (None, False, True, frozenset())


def test_a_visitor_without_an_account_reads_the_edition_and_keeps_nothing(nuba: str) -> None:
    assert reading_of(asked_by(AnonymousUser())) == (current_edition(), False, False, frozenset())
