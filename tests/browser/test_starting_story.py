"""A mediator starts packages from a pasted agreement, from files and from a case, and takes them along."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.package.drafts import read_draft
from cases.domain import load_library
from cases.schema import case_files
from proposals.models import Revision
from tests.assessments.test_splitting import AGREEMENT
from tests.browser.conftest import violations

SMALL_PHONE = 360


def is_in_order(page: Page) -> None:
    """Accessible in both themes, and no wider than a small phone, with everything opened."""
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(box => { box.open = true })")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, of_colour_alone=True) == []
    page.emulate_media(color_scheme="light")
    before = page.viewport_size or {"width": 1360, "height": 1000}
    page.set_viewport_size({"width": SMALL_PHONE, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE
    page.set_viewport_size(before)


def tag_an_agreement(page: Page) -> None:
    """From home to a draft, with changes of mind on the way."""
    page.get_by_role("link", name="Start a package").click()
    page.get_by_role("link", name="Paste a text").click()
    page.get_by_label("Text of the agreement").fill(AGREEMENT)
    page.get_by_role("button", name="Cut it into clauses").click()
    expect(page.locator("mark", has_text="endeavour")).to_be_visible()
    roads = page.get_by_label("Measure: 3. Humanitarian access")
    expect(roads).to_have_value("Humanitarian access")
    roads.fill("Open roads")
    page.get_by_label("Leave this part out: Preamble").check()

    page.get_by_role("button", name="Change text or parties").click()
    expect(page.get_by_label("Text of the agreement")).to_have_value(AGREEMENT)
    page.get_by_label("The parties, one on each line").fill("Government\nMovement")
    page.get_by_role("button", name="Cut it into clauses").click()
    expect(roads).to_have_value("Open roads")
    expect(page.get_by_label("Leave this part out: Preamble")).to_be_checked()
    part = page.get_by_role("region", name="3. Humanitarian access")
    part.get_by_role("group", name=re.compile("^Who commits.*3. Humanitarian access")).get_by_label("Movement").check()
    page.get_by_role("button", name="Look at it again").click()
    expect(page.get_by_role("button", name="Make a draft of these clauses (10)")).to_be_visible()


def test_agreement_becomes_a_draft_word_by_word(signed_in: Page) -> None:
    tag_an_agreement(signed_in)
    is_in_order(signed_in)
    signed_in.get_by_role("button", name="Make the draft").click()
    expect(signed_in.get_by_text("The clauses are in the draft, word by word.")).to_be_visible()
    package = read_draft(Revision.objects.latest("pk").document).package
    measures = package.measures or ()
    assert measures[-1].title == "Open roads"
    assert [(each.text, each.who) for each in measures[-1].commitments or ()] == [
        ("Roads will be opened", ("movement",)),
        ("Convoys will be escorted by both sides", ("movement",)),
    ]
    assert "hereinafter the Parties" in (package.notes or "")


def test_agreement_becomes_a_draft_without_javascript(browser: Browser, link: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    tag_an_agreement(page)
    page.get_by_role("button", name="Make the draft").click()
    expect(page.get_by_text("The clauses are in the draft, word by word.")).to_be_visible()
    context.close()


def test_files_come_in_and_leave_again(signed_in: Page, live_server: LiveServer, tmp_path: Path) -> None:
    signed_in.goto(f"{live_server.url}/proposals/upload/")
    sent: list[FilePayload] = [
        {"name": "flawed.yaml", "mimeType": "application/yaml", "buffer": b"title: Flawed\ntitel: slip\n"},
        {"name": "broken.json", "mimeType": "application/json", "buffer": b'{"title": "T",\n"parties": [}'},
    ]
    signed_in.get_by_label("Files").set_input_files(sent)
    signed_in.get_by_role("button", name="Upload").click()
    expect(signed_in.get_by_text("line 2")).to_be_visible()
    is_in_order(signed_in)
    text = signed_in.get_by_label("What stands in the file")
    text.fill('{"title": "Mended"}')
    signed_in.get_by_role("button", name="Import it").click()
    expect(signed_in.get_by_text("The draft is in.")).to_be_visible()

    signed_in.goto(f"{live_server.url}/proposals/export/")
    with signed_in.expect_download() as download:
        signed_in.get_by_role("button", name=re.compile("^Take all")).click()
    download.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert len(archive.namelist()) == len(manifest["packages"]) + 1 > 10
        assert json.loads(archive.read("flawed-1.json"))["titel"] == "slip"
    assert [each["title"] for each in manifest["packages"] if each["incomplete"]] == ["Flawed"]


@pytest.mark.usefixtures("demonstration")
def test_measure_of_a_case_is_taken_into_a_draft(signed_in: Page, live_server: LiveServer) -> None:
    load_library({"nuba-mountains-2002": case_files()["nuba-mountains-2002"]})
    signed_in.goto(f"{live_server.url}/cases/nuba-mountains-2002/")
    signed_in.get_by_role("link", name=re.compile("Use as inspiration.*Joint Military Commission")).click()
    signed_in.get_by_label("Into which draft").select_option(label="A new package")
    signed_in.get_by_label("Title, if it is a new package").fill("Inspired")
    signed_in.get_by_role("button", name="Take it into the draft").click()
    expect(signed_in.get_by_text("Rewrite each in the words of these parties.")).to_be_visible()
    (measure,) = Revision.objects.latest("pk").document["measures"]
    assert measure["adapted_from"] == "nuba-mountains-2002"
