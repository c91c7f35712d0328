"""The dossier: everything on a revision in one archive, for us alone, for the parties, or for one of them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from itertools import islice
from typing import Any

import pytest

from accounts.models import User
from assessments.package import load_package
from proposals.domain import import_package
from proposals.models import Revision
from reports.asking import Wanted
from reports.audience import shown
from reports.domain import request, retry
from reports.formats.archive import MANIFEST
from reports.kinds.registry import IN_A_DOSSIER, KINDS, Packed
from reports.making import render
from reports.models import Report
from tests.personas import Person
from tests.reports.drawing_up import drawn_up, said_of, world
from tests.reports.material import squeezed
from tests.reports.planting import MINE, OTHERS, found_in, secret, with_secrets
from tests.reports.reading import said_by
from tests.reports.rows import now, user_of

pytestmark = pytest.mark.usefixtures("files", "sent")
INTERNAL, PARTIES = Report.Audience.INTERNAL, Report.Audience.PARTIES


def files_of(by: User, revision: Revision, first: int | None = None, **fields: Any) -> dict[str, bytes]:
    """What the dossier holds, by name, without the manifest; only the ``first`` few are made."""
    kind = KINDS[Report.Kind.DOSSIER]
    assert isinstance(kind, Packed)
    report = drawn_up(Report.Kind.DOSSIER, by, revision, revision, format="zip", **fields)
    return dict(islice(kind.files(report), first))


def dossier_of(person: User, revision: Revision, **fields: Any) -> zipfile.ZipFile:
    """The dossier as a worker makes it."""
    report = request(Wanted(kind=Report.Kind.DOSSIER, revision=revision, format="zip", **fields), by=person)
    render(report.pk)
    made = now(report)
    assert (made.state, made.error) == ("done", "")
    return zipfile.ZipFile(io.BytesIO(made.file.read()))


def test_worker_makes_every_kind_in_every_format_with_sums_that_hold(mediator: Person, reviewer: Person) -> None:
    person = user_of(mediator)
    revision, _ = world(person, user_of(reviewer))

    dossier = dossier_of(person, revision)

    names = dossier.namelist()
    folders = {str(Report.Kind(code).label) for code in IN_A_DOSSIER}
    assert names[:2] == ["README.txt", "package.json"]
    assert {name.partition("/")[0] for name in names if "/" in name} == folders
    assert len(names) == 2 + sum(len(kind.formats) for kind in IN_A_DOSSIER.values()) + 1
    sums = [line.split("  ", 1) for line in dossier.read(MANIFEST).decode().splitlines()]
    assert [(hashlib.sha256(dossier.read(name)).hexdigest(), name) for name in names[:-1]] == [(a, b) for a, b in sums]


def test_parts_are_the_reports_as_they_would_be_made_alone(mediator: Person, reviewer: Person) -> None:
    person = user_of(mediator)
    both = world(person, user_of(reviewer))

    files = files_of(person, both[0])

    alone = said_of(drawn_up("review", person, *both, format="json"))
    letter = json.loads(files["Review letter/Review letter.json"])
    assert (letter["title"], letter["watermark"], letter["classification"]) == (
        alone.title,
        "NOT AGREED",
        "For the mission",
    )
    assert "Who looks at night?" in files["Review letter/Review letter.json"].decode()
    assert squeezed("Who looks at night?") in said_by(files["Review letter/Review letter.pdf"], "pdf")


def test_comments_stay_as_they_were_when_the_dossier_was_asked_for(mediator: Person, reviewer: Person) -> None:
    person = user_of(mediator)
    revision, _ = world(person, user_of(reviewer))
    report = request(Wanted(kind="dossier", revision=revision, format="zip"), by=person)

    assert report.content is not None
    assert [each["text"] for each in report.content["review"]["comments"]]
    assert set(report.content) == {"assessment", "review"}


def test_package_is_the_whole_one_for_us_and_can_be_brought_in_again(mediator: Person, reviewer: Person) -> None:
    person = user_of(mediator)
    both = world(person, user_of(reviewer))

    whole = files_of(person, both[0], 2)["package.json"]
    open_part = files_of(person, both[0], 2, audience=PARTIES)["package.json"]

    assert load_package(json.loads(whole)) == load_package(both[0].document)
    assert json.loads(open_part) == shown(both[0].document, for_parties=True)
    assert "diagnosis" in json.loads(whole)
    assert "diagnosis" not in json.loads(open_part)


def test_read_me_says_what_is_here_for_whom_and_until_when(mediator: Person, reviewer: Person) -> None:
    person = user_of(mediator)
    files = files_of(person, world(person, user_of(reviewer))[0], audience=PARTIES, party=MINE)

    text = files.pop("README.txt").decode()
    assert all(name in text for name in files)
    for words in ("To share with the parties", "남수단 정부", "For the mission", "NOT AGREED", "2026-05-01"):
        assert words in text


def test_dossier_for_one_party_holds_what_has_a_version_for_one_party(mediator: Person, reviewer: Person) -> None:
    person = user_of(mediator)
    files = files_of(person, world(person, user_of(reviewer))[0], audience=PARTIES, party=MINE)

    wanted = {str(Report.Kind(code).label) for code, kind in IN_A_DOSSIER.items() if kind.takes_party}
    assert {name.partition("/")[0] for name in files if "/" in name} == wanted
    assert wanted


@pytest.mark.parametrize("party", ["", MINE])
def test_dossier_for_the_parties_holds_no_secret(
    party: str,
    secret_people: tuple[User, User],
    secret_revisions: tuple[Revision, Revision],
) -> None:
    inside = files_of(secret_people[0], secret_revisions[0], 2)
    for_them = files_of(secret_people[0], secret_revisions[0], audience=PARTIES, party=party)

    _, planted = with_secrets()
    assert {word.encode() for word in planted.values()} <= found_in(inside["package.json"])
    assert {name: found for name, content in for_them.items() if (found := found_in(content))} == {}


def test_package_for_one_party_leaves_out_what_others_undertake(mediator: Person) -> None:
    person = user_of(mediator)
    assert person.workspace is not None
    document, _ = with_secrets()
    document["measures"].append({"id": "m9", "title": "x", "commitments": [{"text": secret(953), "who": [OTHERS]}]})
    revision = import_package(person.workspace, load_package(document), by=person)

    def found(party: str) -> bool:
        files = files_of(person, revision, 2, audience=PARTIES, party=party)
        return secret(953) in files["package.json"].decode()

    assert not found(MINE)
    assert found(OTHERS)


def test_who_reads_the_proposal_may_have_the_dossier_for_the_parties_alone(
    mediator: Person, observer: Person, outsider: Person, revision: Revision
) -> None:
    kind = KINDS["dossier"]
    for audience, who, may in (
        (INTERNAL, mediator, True),
        (INTERNAL, observer, False),
        (PARTIES, observer, True),
        (PARTIES, outsider, False),
    ):
        report = drawn_up("dossier", user_of(mediator), revision, revision, format="zip", audience=audience)
        assert kind.may_open(user_of(who), report) is may


def test_dossier_made_twice_has_the_same_bytes(mediator: Person, revision: Revision) -> None:
    first = files_of(user_of(mediator), revision)
    second = files_of(user_of(mediator), revision)

    assert first == second


def test_a_draft_with_errors_has_a_dossier_too(mediator: Person, revision: Revision) -> None:
    revision.document = {**revision.document, "unheard_of": 1}

    files = files_of(user_of(mediator), revision)

    assert json.loads(files["package.json"])["unheard_of"] == 1
    assert len(files) > len(IN_A_DOSSIER)


def test_dossier_can_be_tried_again(mediator: Person, revision: Revision) -> None:
    person = user_of(mediator)
    report = request(Wanted(kind="dossier", revision=revision, format="zip"), by=person)
    Report.objects.filter(pk=report.pk).update(state="failed", error="x", finished_at=report.requested_at)

    render(retry(now(report), by=person).pk)

    assert now(report).state == "done"
