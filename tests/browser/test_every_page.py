"""What holds for every page: accessible in both themes, nothing wider than a small phone."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from accounts.members import choose_workspace, create_workspace
from accounts.models import Membership, User, Workspace
from accounts.notifications import notify
from assessments.package import Package
from cases.editing import corrections, drafts
from cases.models import Case, Editor, SavedSearch, ShelvedCase
from cases.schema import case_files
from guidelines.field import PAGES
from proposals.building.steps import STEPS
from proposals.comparing.domain import branch_variant
from proposals.domain import delete_proposal, save_revision
from proposals.listing.domain import archive_proposals
from proposals.models import Revision
from proposals.sharing.comments import answer, comment_on, settle
from proposals.sharing.domain import share
from proposals.sharing.links import comment_as_guest, make_link
from reports.asking import Wanted
from reports.batching import request_batch
from reports.branding.domain import Wish, change_look
from reports.domain import request
from reports.models import Report
from tests.browser.conftest import violations

SMALL_PHONE: ViewportSize = {"width": 360, "height": 740}


def addresses() -> list[str]:
    """A page of each kind."""
    revision, deleted, archived = Revision.objects.order_by("-pk")[:3]
    delete_proposal(deleted.proposal, by=deleted.author)
    member = Membership.objects.filter(role=Membership.Role.OBSERVER)[0]
    proposal = f"/proposals/{revision.proposal_id}"
    return [
        "/",
        *lists(archived),
        "/proposals/new/",
        "/proposals/new/shelf/",
        "/proposals/new/text/",
        "/proposals/inspire/nuba-mountains-2002/1/",
        "/proposals/upload/",
        "/proposals/export/",
        f"{proposal}/",
        *(f"{proposal}/draft/{step}/" for step in STEPS),
        f"{proposal}/draft/measures/{revision.document['measures'][0]['id']}/",
        f"{proposal}/revisions/",
        *compared(revision),
        f"{proposal}/upload/",
        f"{proposal}/delete/",
        f"/proposals/deleted/?undo={deleted.proposal_id}",
        f"{proposal}/confidential/",
        f"{proposal}/pictures/",
        *around(revision),
        f"{proposal}/precedents/{revision.document['measures'][0]['id']}/",
        "/workspace/",
        "/workspace/settings/",
        *of_reports(revision),
        "/news/",
        "/workspace/new/",
        "/workspace/leave/",
        f"/workspace/members/{member.pk}/remove/",
        f"/workspace/members/{member.pk}/transfer/",
        "/guidelines/",
        "/guidelines/G4/",
        *(f"/guidelines/{name}/" for name in (*PAGES, "glossary")),
        "/cases/",
        "/cases/?words=ceasefire&sector=security&verification=joint&from=1990&lesson=G99",
        "/cases/?view=map&sector=security",
        "/cases/?view=timeline&sector=security",
        "/cases/?view=matrix",
        "/cases/?view=matrix&phase=negotiation",
        "/cases/?words=ceasfire",
        "/cases/illustrating/G8/",
        "/cases/tagged/party_kind/",
        "/cases/nuba-mountains-2002/",
        *kept_of_the_library(revision.author, revision.workspace),
        "/cases/nuba-mountains-2002/correction/",
        "/workspace/audit/?check=1",
    ]


def lists(archived: Revision) -> list[str]:
    """The list of proposals, narrowed, in vain, with a proposal just archived, and its page."""
    _, moment = archive_proposals([archived.proposal], by=archived.author)
    return [
        "/proposals/",
        f"/proposals/?{urlencode({'undo': moment.isoformat()})}",
        "/proposals/?words=truce&sector=security&state=all&sort=title&phase=someday",
        "/proposals/?words=zebra&list=mine",
        f"/proposals/{archived.proposal_id}/",
    ]


def scorecard() -> str:
    """The page of the newest proposal."""
    return f"/proposals/{Revision.objects.order_by('-pk')[0].proposal_id}/"


def compared(revision: Revision) -> list[str]:
    """Comparison, variants and the form for one: of a proposal with a second revision and two variants."""
    document = {**revision.document, "measures": [*revision.document["measures"][1:], revision.document["measures"][0]]}
    document |= {"links": [], "notes": "A note", "summary": "Another summary"}
    save_revision(revision.proposal, Package.model_validate(document), by=revision.author)
    gone = document["measures"][0]["id"]
    variant = branch_variant(revision, note="What if we drop the first one", left_out=[gone], by=revision.author)
    branch_variant(revision, note="What if nothing changed", by=revision.author)
    proposal = f"/proposals/{revision.proposal_id}"
    return [
        f"{proposal}/compare/",
        f"{proposal}/compare/?with={variant.pk}",
        f"{proposal}/variants/",
        f"{proposal}/variants/new/",
        f"/proposals/{variant.pk}/",
        f"/proposals/{variant.pk}/variants/",
        f"/proposals/{variant.pk}/compare/",
    ]


def around(revision: Revision) -> list[str]:
    """Sharing, comments and transfer, with one of everything; and what a guest sees before and without the password."""
    by, proposal = revision.author, revision.proposal
    given, _ = share(proposal, "adviser@elsewhere.example", "observer", by=by)
    link, token = make_link(proposal, by=by, label="Adviser of the ministry", password="x" * 12)
    make_link(proposal, by=by, label="Somebody else", password="x" * 12, revision=1)
    measure = f"/measures/{revision.document['measures'][0]['id']}"
    answer(comment_as_guest(link, revision, name="Amal", text="Who pays?", address=measure), "The fund does.", by=by)
    own = comment_on(revision, "A comment that is long enough to need a second line on the page of a phone", by=by)
    settle(comment_on(revision, "Settled", by=by), by=by)
    create_workspace("Another team", by=by)
    choose_workspace(revision.workspace, by=by)
    below = f"/proposals/{proposal.pk}"
    return [
        f"{below}/sharing/",
        f"{below}/sharing/{given.pk}/end/",
        f"{below}/links/{link.pk}/revoke/",
        f"{below}/transfer/",
        f"{below}/comments/",
        f"{below}/comments/?about={measure}",
        f"{below}/comments/{own.pk}/remove/",
        f"/proposals/guest/{token}/",
    ]


def of_reports(revision: Revision) -> list[str]:
    """How reports look, of a workspace that has said so twice, with news for who looks; reports in every state."""
    for number, header in enumerate(
        ("Ministry of Peace", "A line that is long enough to need a second one on a phone")
    ):
        change_look(
            revision.workspace,
            Wish(accent="#7a1f5c", header=header, footer="Harbour Street", language="", paper="a4"),
            by=revision.author,
            seen=number,
        )
    for text in ("A report is ready", "A report could not be made"):
        notify(revision.author, text=text, address="/reports/")
    by, workspace = revision.author, revision.proposal.workspace
    waiting = request(Wanted(revision=revision), by=by)
    failed = request(Wanted(kind=Report.Kind.BRIEF, revision=revision), by=by)
    Report.objects.filter(pk=failed.pk).update(state=Report.State.FAILED, error="The report could not be set: a word")
    batch = request_batch([revision.proposal], Wanted(), by=by, workspace=workspace)
    of_revision = f"/reports/of-revision/{revision.pk}/"
    return [
        "/reports/",
        "/reports/look/",
        of_revision,
        f"{of_revision}make/?kind=annex",
        f"{of_revision}make/?kind=comparison",
        *(report.get_absolute_url() for report in (waiting, failed, batch)),
        f"{waiting.get_absolute_url()}delete/",
    ]


def kept_of_the_library(person: User, workspace: Workspace) -> list[str]:
    """Pages of comparison, saved searches and shelf: with something on it, and with a case that is gone."""
    slugs = sorted(case_files())[:5]
    kept = {"workspace": workspace, "person": person}
    for position, slug in enumerate((*slugs[:2], "gone")):
        ShelvedCase.objects.create(**kept, slug=slug, title="As it was", position=position, note="Kept")
    off = ShelvedCase.objects.create(**kept, slug="off", title="Off", position=9, taken_off_at=timezone.now())
    SavedSearch.objects.create(**kept, name="Truces", query="?words=truce", found=1)
    four = "&".join(f"case={slug}" for slug in slugs)
    return [
        "/cases/compare/",
        f"/cases/compare/?case=atlantis&case={slugs[0]}&words=ceasefire",
        f"/cases/compare/?{four}",
        "/cases/searches/",
        "/cases/searches/save/",
        "/cases/searches/save/?words=truce&sector=security",
        f"/cases/shelf/?off={off.slug}",
    ]


def editing_addresses() -> list[str]:
    """The editors' pages: the mediator of the demonstration is one. One draft changes a case, one is a new case."""
    editor = Editor.objects.get()
    document = case_files()["nuba-mountains-2002"].model_dump(mode="json")
    drafts.begin({"slug": "half-filled", "title": "Half filled", "lat": "north"}, by=editor.person)
    changed = {**document, "title": "Another title", "measures": document["measures"][1:]}
    now = drafts.standing("nuba-mountains-2002")
    drafts.save("nuba-mountains-2002", changed, by=editor.person, seen=drafts.stamp(now))
    case = Case.objects.get(slug="nuba-mountains-2002")
    correction = corrections.suggest(case, by=editor.person, part="facts", wrong="The year")
    below = "/cases/editing/cases/nuba-mountains-2002"
    return [
        "/cases/editing/",
        "/cases/editing/editors/",
        f"/cases/editing/editors/{editor.pk}/release/",
        "/cases/editing/new/",
        "/cases/editing/import/",
        f"/cases/editing/corrections/{correction.pk}/",
        f"{below}/",
        f"{below}/changes/",
        f"{below}/2/",
        f"{below}/history/?before=1&after=2",
        f"{below}/withdraw/",
        "/cases/editing/cases/half-filled/",
        "/cases/editing/cases/half-filled/changes/",
        "/cases/editing/cases/half-filled/1/",
    ]


def check(page: Page, address: str) -> list[str]:
    """What is wrong with a page, all of it opened. In the other theme only colours differ."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(box => { box.open = true })")
    wrong = violations(page)
    page.emulate_media(color_scheme="dark")
    wrong += [f"in the dark: {each}" for each in violations(page, of_colour_alone=True)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(SMALL_PHONE)
    if page.evaluate("document.documentElement.scrollWidth") > SMALL_PHONE["width"]:
        wrong.append("wider than a small phone")
    page.set_viewport_size({"width": 1360, "height": 1000})
    return [f"{address} {each}" for each in wrong]


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.usefixtures("library")
def test_pages_are_accessible_and_fit_a_phone(signed_in: Page, live_server: LiveServer, half: int) -> None:
    every = [*addresses(), *editing_addresses()]
    assert [each for address in every[half::2] for each in check(signed_in, live_server.url + address)] == []


@pytest.mark.usefixtures("transactional_db")
def test_sign_in_is_accessible_and_fits_a_phone(page: Page, live_server: LiveServer) -> None:
    assert check(page, f"{live_server.url}/account/login/") == []


def test_scorecard_in_a_right_to_left_language_fits_too(signed_in: Page, live_server: LiveServer) -> None:
    signed_in.goto(live_server.url + scorecard())
    signed_in.evaluate("document.documentElement.dir = 'rtl'")
    signed_in.set_viewport_size(SMALL_PHONE)
    assert signed_in.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE["width"]


def test_scorecard_at_twice_the_size_has_no_sideways_scroll(signed_in: Page, live_server: LiveServer) -> None:
    signed_in.goto(live_server.url + scorecard())
    signed_in.evaluate("document.documentElement.style.fontSize = '200%'")
    assert signed_in.evaluate("document.documentElement.scrollWidth") <= 1360


def test_page_not_found_is_accessible_too(browser: Browser, live_server: LiveServer, transactional_db: None) -> None:
    context = browser.new_context()
    for address in ("/no/such/page/", "/proposals/guest/no-such-token/"):
        assert check(context.new_page(), f"{live_server.url}{address}") == []
    context.close()
