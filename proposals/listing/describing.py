"""What lists show of a proposal, written beside it whenever its document changes.

All of it comes from the package without its confidential parts: everybody who sees a list may read what it shows.
"""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta
from functools import partial
from typing import Any, Final

from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.models import User
from assessments.engine import assess
from assessments.engine.rubric import VERSION
from assessments.package import Package
from assessments.package.drafts import read_draft
from cases.searching.folding import fold
from proposals.listing.words import keep_words
from proposals.models import NOT_SCORED, Proposal
from proposals.open_parts import without_confidential_parts

log = logging.getLogger(__name__)

FORM: Final = 1
"""Raise it when something else is made of a document: then workers describe every proposal anew."""
DESCRIBED_AS: Final = f"{VERSION}/{FORM}"
LISTED_TAGS: Final = ("sort_title", "phase", "sectors", "actor_levels", "purposes", "measure_count")
TASK: Final = "proposals.tasks.describe_proposal"
SETTLE: Final = timedelta(seconds=5)
"""Who types saves many times a minute; score and words are made once for all of them."""
LOST_AFTER: Final = timedelta(minutes=1)
MOST_AT_A_SWEEP: Final = 1000


def describe(proposal: Proposal, package: Package, *, by: User, number: int, at_once: bool = False) -> None:
    """Writes what lists show of ``proposal`` now that its revision ``number`` says ``package``; ``by`` changed it.

    Call it in the transaction that writes the revision, while the proposal is held; its title and version are written
    too. What is as it was is left alone. Score, verdict and words take the longest; without ``at_once`` a worker makes
    them when the transaction is through.
    """
    shown = without_confidential_parts(package)
    columns: dict[str, Any] = {
        **{name: value for name, value in _tags(proposal, shown).items() if getattr(proposal, name) != value},
        "title": proposal.title,
        "version": proposal.version,
        "changed_at": timezone.now(),
        "changed_by": by,
        "newest_number": number,
    }
    if at_once:
        keep_words(proposal.pk, proposal.workspace_id, shown)
        columns |= _scores(shown) | {"behind_since": None}
    elif proposal.behind_since is None:
        columns["behind_since"] = columns["changed_at"]
        transaction.on_commit(partial(nudge, proposal.pk, after=SETTLE), robust=True)
    if by.pk not in proposal.worked_on_by:
        columns["worked_on_by"] = [*proposal.worked_on_by, by.pk]
    Proposal.objects.filter(pk=proposal.pk).update(**columns)
    for name, value in columns.items():
        setattr(proposal, name, value)


def catch_up(pk: uuid.UUID) -> None:
    """Makes score, verdict and words of the newest revision. Safe to run twice, and while somebody saves."""
    proposal = Proposal.objects.filter(pk=pk).first()
    newest = proposal.revisions.first() if proposal is not None else None
    if proposal is None or newest is None:
        return
    shown = without_confidential_parts(read_draft(newest.document).package)
    columns = _tags(proposal, shown) | _scores(shown)
    with transaction.atomic():
        keep_words(pk, proposal.workspace_id, shown)
        as_seen = Proposal.objects.filter(pk=pk, changed_at=proposal.changed_at)
        if as_seen.update(**columns, behind_since=None):
            return
    nudge(pk, after=SETTLE)


def catch_up_with_lost() -> int:
    """Describes every proposal whose message was lost, and those that an earlier release described; returns how many."""
    outdated = Proposal.objects.exclude(described_as=DESCRIBED_AS).filter(behind_since=None, newest_number__gt=0)
    outdated.update(behind_since=timezone.now() - LOST_AFTER)
    lost = Proposal.objects.filter(behind_since__lte=timezone.now() - LOST_AFTER).order_by("behind_since")
    return sum(_caught_up(pk) for pk in list(lost.values_list("pk", flat=True)[:MOST_AT_A_SWEEP]))


def nudge(pk: uuid.UUID, *, after: timedelta = timedelta()) -> None:
    """Tells the workers of a proposal that is behind. If the broker does not take it, the next sweep finds it."""
    try:
        current_app.send_task(TASK, args=[str(pk)], countdown=after.total_seconds(), retry=False)
    except (OperationalError, OSError) as error:
        log.warning("The broker did not take that proposal %s is behind: %s", pk, error)


def _caught_up(pk: uuid.UUID) -> bool:
    """Describes one; one that cannot be described is told in the log and goes to the end of the queue."""
    try:
        catch_up(pk)
    except Exception as error:
        # Its message could quote the proposal.
        log.error("Proposal %s could not be described: %s", pk, type(error).__name__)
        Proposal.objects.filter(pk=pk).update(behind_since=timezone.now())
        return False
    return True


def _tags(proposal: Proposal, package: Package) -> dict[str, Any]:
    measures = package.measures or ()
    context = package.context
    purposes = [*((context and context.purposes) or ()), *(each for m in measures for each in m.purposes or ())]
    return {
        "sort_title": fold(proposal.title).lower(),
        "phase": (context and context.phase) or "",
        "sectors": _once(each for m in measures for each in m.sectors or ()),
        "actor_levels": _once(each for m in measures for each in m.actor_levels or ()),
        "purposes": _once(purposes),
        "measure_count": len(measures),
    }


def _once(values: Any) -> list[str]:
    return list(dict.fromkeys(values))


def _scores(package: Package) -> dict[str, Any]:
    card = assess(package, steps=False)
    index = card.profile.index
    return {
        "score": NOT_SCORED if index is None else round(index),
        "verdict": card.verdict.kind,
        "described_as": DESCRIBED_AS,
    }
