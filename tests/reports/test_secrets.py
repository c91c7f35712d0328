"""Nothing that the parties may not see is in a file for them: not in its text, its streams, its metadata, nor packed in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import User
from assessments.package import PackageError, canonical_document, load_package
from proposals.domain import import_package
from proposals.models import Proposal, Revision
from proposals.sharing.comments import answer, comment_on
from reports.audience import FOR_PARTIES
from reports.formats.registry import FORMATS, file_of
from reports.kinds.registry import KINDS
from reports.look import Look
from reports.models import Report
from tests.personas import Person
from tests.reports.drawing_up import drawn_up, said_of
from tests.reports.material import EXAMPLE, copy_of
from tests.reports.reading import unpacked
from tests.reports.rows import user_of
from tests.reports.test_audience import fields_of, models
from tests.reports.test_every_format import SAYING

SECRET = re.compile(rb"Zq[a-j]{3}qz", re.IGNORECASE)
MINE, OTHERS = "gos", "splm"
FOR_THE_PARTIES = [
    (code, party)
    for code in SAYING
    if Report.Audience.PARTIES in KINDS[code].audiences
    for party in ("", *([MINE] if KINDS[code].takes_party else []))
]
FOR_ONE = [(code, audience) for code in SAYING if KINDS[code].takes_party for audience in KINDS[code].audiences]
KNOWN_TO_BE_CLOSED = {
    *("notes.", "evidence_note", "motives", "reason", "phrase", "core_issues", "constituencies", "answers_note"),
}


def secret(number: int) -> str:
    """A word of letters alone that nobody else uses."""
    return "Zq" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}") + "qz"


def rows_of(value: Any, section: str) -> Iterator[dict[str, Any]]:
    """The parts of a document that stand under this name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == section:
                yield from inner if isinstance(inner, list) else [inner]
            yield from rows_of(inner, section)
    elif isinstance(value, list):
        for each in value:
            yield from rows_of(each, section)


def with_secrets() -> tuple[dict[str, Any], dict[str, str]]:
    """The worked example with a secret in every field that takes free text and is closed to the parties; by field."""
    document = copy_of(EXAMPLE) | {"not_applicable": [{"check": "G1.3", "reason": "x"}]}
    document["measures"][0]["commitments"][0]["deliberately_open"] = [{"phrase": "x"}]
    planted: dict[str, str] = {}
    for section, part in models().items():
        for field in sorted(fields_of(part) - FOR_PARTIES.get(section, frozenset())):
            for row in [document] if not section else list(rows_of(document, section))[:1]:
                word = secret(len(planted))
                if plant(document, row, field, word):
                    planted[f"{section}.{field}"] = word
    return canonical_document(load_package(document)), planted


def plant(document: dict[str, Any], row: dict[str, Any], field: str, word: str) -> bool:
    """Writes the word into the field in whatever shape it takes; whether it takes any."""
    before = dict(row)
    for value in (word, [word], {MINE: word}):
        row[field] = value
        try:
            if word in json.dumps(canonical_document(load_package(document))):
                return True
        except PackageError:
            pass
        row.clear()
        row.update(before)
    return False


@pytest.fixture
def drafters(mediator: Person, reviewer: Person) -> tuple[User, User]:
    """The people whose names are secrets too."""
    people = user_of(mediator), user_of(reviewer)
    for number, person in enumerate(people, 900):
        person.name, person.email = secret(number), f"{secret(number + 10)}@example.org"
        person.save()
    return people


@pytest.fixture
def revisions(drafters: tuple[User, User]) -> tuple[Revision, Revision]:
    """A revision full of secrets with comments on it, and one beside it."""
    drafter, commenter = drafters
    assert drafter.workspace is not None
    document, _ = with_secrets()
    against = import_package(drafter.workspace, load_package(document), by=drafter)
    revision = import_package(drafter.workspace, load_package(document), by=drafter)
    Proposal.objects.filter(pk=revision.proposal_id).update(variant_of=against.proposal, variant_note=secret(930))
    thread = comment_on(revision, f"Is {secret(940)} right?", by=commenter, address="/measures/truce")
    answer(thread, f"No, {secret(941)}.", by=drafter)
    return Revision.objects.with_proposal().get(pk=revision.pk), Revision.objects.with_proposal().get(pk=against.pk)


def found_in(content: bytes) -> set[bytes]:
    """The secrets in a file, however they are packed or written."""
    found: set[bytes] = set()
    for piece in unpacked(content):
        for text in (piece, piece.replace(b"\0", b""), _from_hex(piece)):
            found |= set(SECRET.findall(text))
    return found


def _from_hex(piece: bytes) -> bytes:
    """What is written in hexadecimal digits, as strings in PDF files may be."""
    return b"\n".join(
        bytes.fromhex(digits.decode()).replace(b"\0", b"") for digits in re.findall(rb"<((?:[0-9A-Fa-f]{2})+)>", piece)
    )


def test_secrets_stand_in_every_field_that_takes_text_and_is_closed() -> None:
    _, planted = with_secrets()

    fields = {name.rpartition(".")[2] for name in planted} | {
        f"{name[1:]}." for name in planted if name.startswith(".")
    }
    assert fields >= KNOWN_TO_BE_CLOSED
    assert len(set(planted.values())) == len(planted)


@pytest.mark.parametrize("format", FORMATS)
def test_secrets_would_be_found_if_they_were_there(
    format: str, drafters: tuple[User, User], revisions: tuple[Revision, Revision]
) -> None:
    _, planted = with_secrets()
    model = said_of(drawn_up(Report.Kind.ASSESSMENT, drafters[0], *revisions))

    assert {word.encode() for word in planted.values()} <= found_in(file_of(model, format, Look()))


@pytest.mark.parametrize(("kind", "party"), FOR_THE_PARTIES)
def test_no_file_for_the_parties_holds_a_secret(
    kind: str, party: str, drafters: tuple[User, User], revisions: tuple[Revision, Revision]
) -> None:
    report = drawn_up(kind, drafters[0], *revisions, audience=Report.Audience.PARTIES, party=party)
    model = said_of(report)

    assert {
        format: found for format in KINDS[kind].formats if (found := found_in(file_of(model, format, Look())))
    } == {}


@pytest.mark.parametrize(("kind", "audience"), FOR_ONE)
def test_version_for_one_party_holds_nothing_that_another_undertakes(
    kind: str, audience: str, mediator: Person
) -> None:
    document = copy_of(EXAMPLE)
    document["measures"][1]["commitments"].append(
        {"text": f"Leaves {secret(950)}.", "who": [OTHERS], "where": secret(951)}
    )
    document["measures"].append(
        {"id": "m9", "title": secret(952), "commitments": [{"text": f"Opens {secret(953)}.", "who": [OTHERS]}]}
    )
    theirs = {secret(number).encode() for number in (950, 952, 953)}
    drafter = user_of(mediator)
    assert drafter.workspace is not None
    revision = import_package(drafter.workspace, load_package(document), by=drafter)

    def secrets_of(party: str) -> dict[str, set[bytes]]:
        model = said_of(drawn_up(kind, drafter, revision, revision, audience=audience, party=party))
        return {format: found_in(file_of(model, format, Look())) for format in KINDS[kind].formats}

    assert all(found == set() for found in secrets_of(MINE).values())
    assert any(theirs & found for found in secrets_of(OTHERS).values())
