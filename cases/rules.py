"""Who may do what with the library."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from rules.predicates import predicate

from accounts.models import User
from cases.models import Editor


@predicate  # type: ignore[untyped-decorator]
def is_editor(person: User | AnonymousUser) -> bool:
    """The person edits the library; asked anew each time, so that a release holds at once."""
    return person.is_authenticated and Editor.objects.filter(person_id=person.pk).exists()
