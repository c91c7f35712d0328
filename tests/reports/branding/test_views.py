"""The page of how reports look."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import Membership, Workspace
from reports.branding.domain import Wish, change_look
from reports.branding.sample import sample_page
from reports.formats.word_ours import ours
from reports.look import Look
from reports.models import Branding
from tests.personas import Person, person_in
from tests.reports.rows import user_of

PAGE = reverse("reports:look")
FORM = {"seen": "0", "accent": "#7A1F5C", "header": "Ministry\tof  Peace", "footer": "", "language": "", "paper": "a4"}

pytestmark = pytest.mark.usefixtures("files")


def picture(colour: str = "#7a1f5c") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(file, "JPEG")
    return SimpleUploadedFile("logo.jpg", file.getvalue())


def text(answer: Any) -> str:
    return str(answer.content.decode())


def save(client: Client, **form: Any) -> Any:
    return client.post(PAGE, {**FORM, **form})


def test_an_owner_saves_a_look_and_sees_it_in_force(owner: Person, workspace: Workspace) -> None:
    assert "Nothing was saved yet" in text(owner.client.get(PAGE))
    assert save(owner.client, logo=picture()).status_code == 302
    saved = Branding.objects.get()
    assert (saved.workspace, saved.number, saved.accent, saved.header) == (workspace, 1, "#7a1f5c", "Ministry of Peace")
    page = text(owner.client.get(PAGE))
    assert "Look 1" in page
    assert "Take the logo away" in page
    logo = owner.client.get(reverse("reports:look_logo", args=[1]))
    assert Image.open(io.BytesIO(logo.content)).format == "PNG"
    assert save(owner.client, seen="1", remove_logo="on").status_code == 302
    assert Branding.objects.get(number=2).logo.name == ""
    assert owner.client.get(reverse("reports:look_logo", args=[2])).status_code == 404


def test_a_wrong_form_says_what_to_do_and_keeps_what_was_typed(owner: Person) -> None:
    answer = save(owner.client, accent="#ffd", footer="Kept", logo=SimpleUploadedFile("logo.png", b"GIF89a"))
    page = text(answer)
    assert answer.status_code == 422
    assert not Branding.objects.exists()
    darker = re.search(r"just dark enough, is (#[0-9a-f]{6})", page)
    assert darker is not None
    assert "This is no PNG, JPEG or SVG file." in page
    assert "Choose the files again" in page
    assert 'value="#ffd"' in page
    assert 'value="Kept"' in page
    assert save(owner.client, accent=darker[1]).status_code == 302


@pytest.mark.parametrize("accent", ["", "teal", "#12345", "#12345g", "#0b5a61;"])
def test_what_is_no_colour_is_refused(accent: str, owner: Person) -> None:
    answer = save(owner.client, accent=accent)
    assert answer.status_code == 422
    assert "accent" in answer.context["form"].errors


def test_what_another_owner_saved_meanwhile_is_told_and_not_lost(owner: Person, workspace: Workspace) -> None:
    other = person_in(workspace, "other", Membership.Role.OWNER)
    save(other.client, header="Theirs")
    answer = save(owner.client, header="Mine")
    assert answer.status_code == 422
    assert "Other saved another look meanwhile" in text(answer)
    assert 'value="Mine"' in text(answer)
    assert save(owner.client, header="Mine", seen="1").status_code == 302
    assert [each.header for each in Branding.objects.all()] == ["Mine", "Theirs"]


def test_a_template_that_cannot_be_filled_in_is_refused_with_each_of_its_problems(owner: Person) -> None:
    answer = save(owner.client, template=SimpleUploadedFile("a.docx", b"no Word file"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["template"]
    large = save(owner.client, template=SimpleUploadedFile("a.docx", bytes(5_000_001)))
    assert "up to 5 MB" in text(large)
    assert not Branding.objects.exists()


def test_our_template_is_taken_changed_or_not_and_given_back(owner: Person) -> None:
    answer = owner.client.get(reverse("reports:our_template"))
    assert answer.content == ours("#0b5a61", "a4")
    assert answer["Content-Disposition"] == 'attachment; filename="template.docx"'
    brought = SimpleUploadedFile("a.docx", answer.content)
    assert save(owner.client, template=brought).status_code == 302
    again = owner.client.get(reverse("reports:look_template", args=[1]))
    assert again.content == answer.content
    assert "downloaded the Word template of look 1" in text(owner.client.get(reverse("accounts:audit_log")))
    assert save(owner.client, seen="1", remove_template="on").status_code == 302
    assert owner.client.get(reverse("reports:look_template", args=[2])).status_code == 404


def test_an_earlier_look_comes_back_by_a_button(owner: Person) -> None:
    save(owner.client, header="First")
    save(owner.client, header="Second", seen="1")
    owner.client.post(reverse("reports:restore_look", args=[1]))
    assert [each.header for each in Branding.objects.all()] == ["First", "Second", "First"]


def test_a_look_is_tried_and_not_saved(owner: Person, workspace: Workspace) -> None:
    other = person_in(workspace, "other", Membership.Role.OWNER)
    answer = owner.client.post(reverse("reports:try_look"), {**FORM, "logo": picture("#d00000")})
    address = re.search(r'src="([^"]+)"', text(answer))
    assert address is not None
    sample = Image.open(io.BytesIO(owner.client.get(address[1]).content)).convert("RGB")
    assert any(red > 180 and green < 40 and blue < 40 for _n, (red, green, blue) in colours(sample))
    assert other.client.get(address[1]).status_code == 404
    assert not Branding.objects.exists()


def colours(image: Image.Image) -> list[Any]:
    return image.getcolors(1 << 24) or []


def test_what_is_wrong_with_a_look_that_is_tried_is_told_beside_the_one_in_force(owner: Person) -> None:
    answer = text(owner.client.post(reverse("reports:try_look"), {**FORM, "accent": "#ffd"}))
    assert "too pale" in answer
    assert reverse("reports:look_sample", args=[0]) in answer


def test_sample_shows_logo_colour_and_lines_on_the_paper_that_was_chosen(workspace: Workspace, owner: Person) -> None:
    plain = Look()
    a4 = Image.open(io.BytesIO(sample_page(plain, workspace="Team", language="en", paper="a4")))
    letter = Image.open(io.BytesIO(sample_page(plain, workspace="Team", language="en", paper="us-letter")))
    assert a4.size == (1191, 1684)
    assert letter.size == (1224, 1584)
    change_look(workspace, Wish("#d00000", "", "", "", "a4"), by=user_of(owner), seen=0)
    shown = owner.client.get(reverse("reports:look_sample", args=[1]))
    image = Image.open(io.BytesIO(shown.content)).convert("RGB")
    assert (0xD0, 0, 0) in {colour for _n, colour in colours(image)}
    assert (0xD0, 0, 0) not in {colour for _n, colour in colours(a4.convert("RGB"))}
    looks = (plain, Look(header="A line"), Look(footer="A line"))
    assert len({sample_page(look, workspace="Team", language="en", paper="a4") for look in looks}) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_many_looks(
    count: int, workspace: Workspace, owner: Person, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        change_look(workspace, Wish("#7a1f5c", f"Line {number}", "", "", "a4"), by=user_of(owner), seen=number)
    with django_assert_num_queries(10):
        owner.client.get(PAGE)


def test_owners_are_led_to_the_page_from_settings_and_reports(owner: Person, mediator: Person) -> None:
    assert f'href="{PAGE}"' in text(owner.client.get(reverse("accounts:workspace_settings")))
    assert f'href="{PAGE}"' in text(owner.client.get(reverse("reports:list")))
    assert f'href="{PAGE}"' not in text(mediator.client.get(reverse("reports:list")))
