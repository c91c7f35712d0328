"""Nothing that the parties may not see is in a file for them: not in its text, its streams, its metadata, nor packed in it."""

from __future__ import annotations

import pytest

from accounts.models import User
from assessments.package import load_package
from proposals.domain import import_package
from proposals.models import Revision
from reports.formats.registry import FORMATS, file_of
from reports.kinds.registry import KINDS
from reports.look import Look
from reports.models import Report
from tests.personas import Person
from tests.reports.drawing_up import drawn_up, said_of
from tests.reports.material import EXAMPLE, copy_of
from tests.reports.planting import MINE, OTHERS, found_in, secret, with_secrets
from tests.reports.rows import user_of
from tests.reports.test_every_format import SAYING

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


def test_secrets_stand_in_every_field_that_takes_text_and_is_closed() -> None:
    _, planted = with_secrets()

    fields = {name.rpartition(".")[2] for name in planted} | {
        f"{name[1:]}." for name in planted if name.startswith(".")
    }
    assert fields >= KNOWN_TO_BE_CLOSED
    assert len(set(planted.values())) == len(planted)


@pytest.mark.parametrize("format", FORMATS)
def test_secrets_would_be_found_if_they_were_there(
    format: str, secret_people: tuple[User, User], secret_revisions: tuple[Revision, Revision]
) -> None:
    _, planted = with_secrets()
    model = said_of(drawn_up(Report.Kind.ASSESSMENT, secret_people[0], *secret_revisions))

    assert {word.encode() for word in planted.values()} <= found_in(file_of(model, format, Look()))


@pytest.mark.parametrize(("kind", "party"), FOR_THE_PARTIES)
def test_no_file_for_the_parties_holds_a_secret(
    kind: str, party: str, secret_people: tuple[User, User], secret_revisions: tuple[Revision, Revision]
) -> None:
    report = drawn_up(kind, secret_people[0], *secret_revisions, audience=Report.Audience.PARTIES, party=party)
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
