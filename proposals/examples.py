"""Historic packages that a visitor may open, and the demonstration workspace that holds them."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain import demonstration_workspace
from accounts.models import User, Workspace
from assessments.calibration import calibration_packages
from assessments.package import Package
from proposals.domain import import_once
from proposals.models import Revision

WORKED_EXAMPLE: Final = "nuba-2002"


def worked_example() -> Package:
    """The package to open first: the ceasefire in the Nuba Mountains of January 2002."""
    return next(historic.package for historic in calibration_packages() if historic.id == WORKED_EXAMPLE)


def open_worked_example(workspace: Workspace, *, by: User) -> Revision:
    """The worked example in ``workspace``, put there on the first call."""
    return import_once(workspace, worked_example(), by=by, reason=_("Worked example"))


@transaction.atomic
def set_up_demonstration() -> tuple[User, Workspace]:
    """The demonstration workspace with its mediator and all historic packages, the worked example on top.

    Calling it again adds what is missing and changes nothing else.
    """
    mediator, workspace = demonstration_workspace(person=_("Mediator"), workspace=_("Demonstration workspace"))
    for historic in calibration_packages():
        if historic.id != WORKED_EXAMPLE:
            import_once(workspace, historic.package, by=mediator, reason=_("Historic package"))
    open_worked_example(workspace, by=mediator)
    return mediator, workspace
