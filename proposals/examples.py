"""Historic packages that a visitor may open, and the demonstration workspace that holds them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import demonstration
from accounts.models import User, Workspace
from assessments.calibration import calibration_packages, worked_example
from cases.editing.editors import appoint
from proposals.domain import import_once
from proposals.models import Revision


def open_worked_example(workspace: Workspace, *, by: User) -> Revision:
    """The worked example in ``workspace``, put there on the first call."""
    return import_once(workspace, worked_example().package, by=by, reason=_("Worked example"))


@transaction.atomic
def set_up_demonstration() -> tuple[User, Workspace]:
    """The demonstration workspace with its mediator and all historic packages, the worked example on top;
    whoever runs the machine edits its library too.

    Calling it again adds what is missing and changes nothing else.
    """
    mediator, workspace = demonstration.set_up(person=_("Mediator"), workspace=_("Demonstration workspace"))
    appoint(mediator, by=None)
    for historic in reversed(calibration_packages()):
        if historic != worked_example():
            import_once(workspace, historic.package, by=mediator, reason=_("Historic package"))
    open_worked_example(workspace, by=mediator)
    return mediator, workspace
