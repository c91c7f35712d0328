"""The list of proposals of a workspace that has many, in multiples of the same page of one that has few."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from time import perf_counter

from django.db import connection, transaction
from django.utils import timezone

from accounts import walls
from accounts.models import Membership, User, Workspace
from assessments.presentation.words import VERDICTS
from bench.figures import Figure, ratio
from bench.page import fetch, signed_in
from guidelines.taxonomy import LABELS
from proposals.models import Proposal, ProposalWord, Revision

MANY, FEW = 10_000, 100
BATCH = 2_000
ROUNDS = 15
STOCK = """
    INSERT INTO proposals_proposalword (proposal_id, workspace_id, word)
    SELECT DISTINCT id, workspace_id, 'stem' || floor(random() * 4000) FROM proposals_proposal, generate_series(1, 80)
    WHERE workspace_id = %s
"""
"""Words of a common stock, as many as a short package has."""
FOUND = 30
"""So many of either workspace are rare in some way: with as many rows to show, only looking for them differs."""
KINDS = (
    ("unfiltered", ""),
    ("last page", "?end=1"),
    ("by title, last page", "?sort=title&end=1"),
    ("by score, narrowed to a common tag", "?sort=score&sector=security"),
    ("narrowed to rare tags", "?phase=before_process&verdict=not_enough_information"),
    ("a common word", "?words=ceasefire"),
    ("a rare word", "?words=demining"),
    ("a common and a rare word with a tag", "?words=ceasefire+demining&sector=security"),
    ("mine, of who did little", "?list=mine"),
    ("archived", "?state=archived"),
)


def figures() -> Iterator[Figure]:
    """Pages through all middleware, from the database; wall time, for the database's time counts."""
    with walls.lifted():
        dice = random.Random(1)  # noqa: S311
        few, many = (signed_in(fill(dice, number)) for number in (FEW, MANY))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE proposals_proposal, proposals_proposalword, proposals_revision")
    for what, query in KINDS:
        address = f"/proposals/{query}"
        value = ratio(
            lambda address=address: fetch(many, address),  # type: ignore[misc]
            lambda address=address: fetch(few, address),  # type: ignore[misc]
            rounds=ROUNDS,
            clock=perf_counter,
        )
        yield Figure(f"list of {MANY:,} proposals", value, 1.3, "times", f"of the list of {FEW}; {what}")


@transaction.atomic
def fill(dice: random.Random, number: int) -> User:
    """A workspace with ``number`` proposals that somebody else wrote; returns a drafter who changed few."""
    workspace = Workspace.objects.create(name=f"With {number}")
    author, drafter = (
        User.objects.create_user(f"{name}-{number}@example.org", name=name.capitalize())
        for name in ("author", "drafter")
    )
    for person in (author, drafter):
        Membership.objects.create(workspace=workspace, user=person, role=Membership.Role.DRAFTER)
    numbers = iter(range(number))
    while batch := list(islice(numbers, BATCH)):
        made = Proposal.objects.bulk_create(some_proposal(dice, workspace, author, drafter, n) for n in batch)
        Revision.objects.bulk_create(
            Revision(proposal=each, workspace=workspace, number=1, document={}, sha256="", author=author)
            for each in made
        )
        ProposalWord.objects.bulk_create(
            ProposalWord(proposal=each, workspace=workspace, word=word)
            for n, each in zip(batch, made, strict=True)
            for word in some_words(n)
        )
    with connection.cursor() as cursor:
        cursor.execute(STOCK, [workspace.pk])
    return drafter


def some_proposal(dice: random.Random, workspace: Workspace, author: User, drafter: User, n: int) -> Proposal:
    """One, scored and tagged as real ones are. The first few are rare: in their tags, archived, or by the drafter."""

    def of(kind: str, most: int) -> list[str]:
        return dice.sample([*LABELS[kind]], dice.randint(1, most))

    changed = timezone.now() - timedelta(minutes=dice.randint(1, 500_000))
    title = f"{dice.choice(['A truce', 'Open roads', 'Joint patrols', 'A hotline'])} in district {n}"
    archived = FOUND <= n < 2 * FOUND
    rare = n < FOUND
    return Proposal(
        workspace=workspace,
        title=title,
        sort_title=title.lower(),
        created_by=author,
        changed_at=changed,
        changed_by=author,
        worked_on_by=[author.pk, *([drafter.pk] if rare else [])],
        newest_number=1,
        phase="before_process" if rare else dice.choice([*LABELS["phase"]][1:]),
        sectors=["security"] if rare else of("sector", 3),
        actor_levels=of("actor_level", 2),
        purposes=of("purpose", 2),
        measure_count=dice.randint(1, 12),
        score=dice.choice([-1, *range(20, 100)]),
        verdict="not_enough_information" if rare else dice.choice([*VERDICTS]),
        described_as="for measuring",
        archived_at=changed if archived else None,
        archived_by=author if archived else None,
    )


def some_words(n: int) -> list[str]:
    """Stems that half have and all that are rare, and one that those alone have."""
    return [*(["ceasefir"] if n % 2 or n < FOUND else []), *(["demin"] if n < FOUND else [])]
