"""What each page of the library begins with: which edition it is, and what depends on who reads it."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.http import HttpRequest

from cases.keeping.access import keeper_of
from cases.searching.search import current_edition

READ: Final = """
    SELECT (SELECT stamp FROM cases_edition),
        EXISTS (SELECT FROM cases_editor WHERE person_id = %(person)s),
        ARRAY(
            SELECT slug FROM cases_shelvedcase
            WHERE person_id = %(person)s AND workspace_id = %(workspace)s AND taken_off_at IS NULL
        )
"""
"""In SQL, for Django takes longer to write it than PostgreSQL to answer."""


class Reading(NamedTuple):
    """The edition (none before the first load), whether the person edits the library, whether they can keep anything, and
    what stands on their shelf."""

    edition: UUID | None
    is_editor: bool
    can_keep: bool
    shelved: frozenset[str]


def reading_of(request: HttpRequest) -> Reading:
    """What a request reads; one query, for visitors without an account too."""
    person = request.user
    if not person.is_authenticated:
        return Reading(current_edition(), is_editor=False, can_keep=False, shelved=frozenset())
    keeper = keeper_of(request)
    with connection.cursor() as cursor:
        cursor.execute(READ, {"person": person.pk, "workspace": keeper.workspace.pk if keeper else None})
        edition, is_editor, shelved = cursor.fetchone()
    return Reading(edition, is_editor, keeper is not None, frozenset(shelved))
