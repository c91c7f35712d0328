"""Every address × every persona: nobody gets through a wall, and no new address is forgotten here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from assessments.engine.rubric import VERSION
from cases.domain import load_library
from cases.schema import case_files
from proposals.domain import delete_proposal
from proposals.models import Revision
from reports.models import Report
from tests.personas import Person

PERSONAS = ("mediator", "observer", "outsider", "anonymous")


class Expected(NamedTuple):
    """How an address answers each persona, in the order of ``PERSONAS``; ``args`` come from the team's revision."""

    mediator: int
    observer: int
    outsider: int
    anonymous: int
    method: str = "get"
    args: Callable[[Revision], list[Any]] = lambda revision: []


def _proposal(revision: Revision) -> list[Any]:
    return [revision.proposal_id]


def _deleted(revision: Revision) -> list[Any]:
    delete_proposal(revision.proposal, by=revision.author)
    return _proposal(revision)


def _numbered(revision: Revision) -> list[Any]:
    return [revision.proposal_id, revision.number]


def _only_revision(revision: Revision) -> list[Any]:
    return [revision.pk]


def _report(state: Report.State) -> Callable[[Revision], list[Any]]:
    def made(revision: Revision) -> list[Any]:
        report = Report(
            workspace=revision.proposal.workspace,
            revision=revision,
            rubric_version=VERSION,
            requested_by=revision.author,
            state=state,
            error="for the test" if state == Report.State.FAILED else "",
        )
        report.file.save("report.pdf", ContentFile(b"%PDF"), save=False)
        report.save()
        return [report.pk]

    return made


_done = _report(Report.State.DONE)
_failed = _report(Report.State.FAILED)


WALLS: dict[str, Expected] = {
    "healthz": Expected(200, 200, 200, 200),
    "home": Expected(200, 200, 200, 302),
    "guidelines:list": Expected(200, 200, 200, 302),
    "guidelines:guideline": Expected(200, 200, 200, 302, args=lambda revision: ["G4"]),
    "cases:list": Expected(200, 200, 200, 302),
    "cases:case": Expected(200, 200, 200, 302, args=lambda revision: ["nuba-mountains-2002"]),
    "assessments:package_schema": Expected(200, 200, 200, 200),
    "assessments:scorecard_schema": Expected(200, 200, 200, 200),
    "assessments:checks_of": Expected(200, 200, 200, 302, args=lambda revision: ["G4"]),
    "accounts:sign_in": Expected(302, 302, 302, 200),
    "accounts:open_link": Expected(404, 404, 404, 404, args=lambda revision: ["no-such-token"]),
    "accounts:sign_out": Expected(302, 302, 302, 302, method="post"),
    "accounts:theme": Expected(400, 400, 400, 400, method="post"),
    "accounts:audit_log": Expected(403, 403, 403, 302),
    "accounts:audit_csv": Expected(403, 403, 403, 302),
    "proposals:list": Expected(200, 200, 200, 302),
    "proposals:deleted": Expected(200, 403, 200, 302),
    "proposals:delete": Expected(200, 403, 404, 302, args=_proposal),
    "proposals:restore": Expected(302, 403, 404, 302, method="post", args=_deleted),
    "proposals:upload": Expected(200, 403, 200, 302),
    "proposals:open_example": Expected(302, 403, 302, 302, method="post"),
    "proposals:proposal": Expected(200, 200, 404, 302, args=_proposal),
    "proposals:upload_revision": Expected(200, 403, 404, 302, args=_proposal),
    "proposals:revisions": Expected(200, 200, 404, 302, args=_proposal),
    "proposals:revision": Expected(200, 200, 404, 302, args=_numbered),
    "proposals:download": Expected(200, 200, 404, 302, args=lambda revision: [*_numbered(revision), "json"]),
    "reports:list": Expected(200, 200, 200, 302),
    "reports:for_revision": Expected(200, 403, 404, 302, args=_only_revision),
    "reports:request": Expected(302, 403, 404, 302, args=_only_revision, method="post"),
    "reports:report": Expected(200, 403, 404, 302, args=_done),
    "reports:download": Expected(200, 403, 404, 302, args=_done),
    "reports:retry": Expected(302, 403, 404, 302, args=_failed, method="post"),
}


def names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """The names of all addresses below ``patterns``, with their namespaces."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern.url_patterns, prefix + space)
        else:
            yield f"{prefix}{pattern.name}"


@pytest.fixture(autouse=True)
def library(db: None) -> None:
    """One case of the library."""
    load_library({"nuba-mountains-2002": case_files()["nuba-mountains-2002"]})


def test_every_address_has_its_walls_written_down() -> None:
    assert set(names(get_resolver().url_patterns)) == set(WALLS)


@pytest.mark.parametrize("name", WALLS)
@pytest.mark.parametrize("who", PERSONAS)
def test_address_answers_persona_as_written(
    name: str, who: str, personas: dict[str, Person], revision: Revision, settings: Any
) -> None:
    settings.EMBEDDED = False
    expected = WALLS[name]
    address = reverse(name, args=expected.args(revision))
    response = getattr(personas[who].client, expected.method)(address)
    assert response.status_code == getattr(expected, who)


@pytest.mark.parametrize("name", [name for name, expected in WALLS.items() if expected.outsider == 404])
def test_outsider_cannot_see_that_a_proposal_exists(
    name: str, personas: dict[str, Person], revision: Revision, settings: Any
) -> None:
    settings.EMBEDDED = False
    expected = WALLS[name]
    there = getattr(personas["outsider"].client, expected.method)(reverse(name, args=expected.args(revision)))
    assert revision.proposal.title not in there.content.decode()
    assert there.headers.get("Location") is None
