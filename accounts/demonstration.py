"""The demonstration workspace of embedded mode, with one person of each role."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.members import create_workspace
from accounts.models import Membership, User, Workspace

HOST: Final = "demonstration.invalid"
MEDIATOR: Final = f"mediator@{HOST}"


def names() -> dict[str, str]:
    """The people beside the mediator, who owns the workspace: role and name."""
    return {
        Membership.Role.DRAFTER: _("Co-drafter"),
        Membership.Role.REVIEWER: _("Reviewer"),
        Membership.Role.TRAINER: _("Trainer"),
        Membership.Role.OBSERVER: _("Observer"),
    }


@transaction.atomic
def set_up(*, person: str, workspace: str) -> tuple[User, Workspace]:
    """The demonstration's mediator and workspace, made on the first call under the names given; and its people."""
    mediator = User.objects.filter(email=MEDIATOR).first() or User.objects.create_user(MEDIATOR, name=person)
    owned = Workspace.objects.filter(memberships__user=mediator, memberships__role=Membership.Role.OWNER).first()
    demonstration = owned or create_workspace(workspace, by=mediator)
    for role, name in names().items():
        email = f"{role}@{HOST}"
        other = User.objects.filter(email=email).first() or User.objects.create_user(email, name=name)
        Membership.objects.get_or_create(user=other, workspace=demonstration, defaults={"role": role})
    return mediator, demonstration


def people() -> QuerySet[User]:
    """The people of the demonstration."""
    return User.objects.filter(email__endswith=f"@{HOST}", is_active=True)


def is_in_it(person: User) -> bool:
    """Whether the person is one of the demonstration's."""
    return person.email.endswith(f"@{HOST}")
