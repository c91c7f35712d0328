"""Whatever is brought as a logo becomes a plain PNG file, or is refused in words that help."""

from __future__ import annotations

import base64
import io
import time
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from reports.branding.logos import MOST_BYTES, LogoError, cleaned

TEAL = (11, 90, 97)


def written(image: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def seen(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    assert image.format == "PNG"
    return image


def svg(inner: str, **size: object) -> bytes:
    sizes = " ".join(f'{name}="{value}"' for name, value in (size or {"width": 40, "height": 20}).items())
    lead = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<?xml version="1.0"?><svg {lead} {sizes}>{inner}</svg>'.encode()


def in_mode(mode: str) -> Image.Image:
    return Image.new("RGB", (60, 30), TEAL).convert(mode)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA", "1"])
def test_png_of_any_kind_becomes_a_plain_one(mode: str) -> None:
    image = seen(cleaned(written(in_mode(mode))))
    assert image.size == (60, 30)
    assert image.mode == ("RGBA" if mode in ("RGBA", "LA") else "RGB")
    assert image.convert("RGB").getpixel((5, 5)) == in_mode(mode).convert("RGB").getpixel((5, 5))


@pytest.mark.parametrize("mode", ["RGB", "CMYK", "L"])
def test_jpeg_of_any_kind_keeps_its_colours(mode: str) -> None:
    image = seen(cleaned(written(in_mode(mode), "JPEG", quality=95)))
    expected = in_mode(mode).convert("RGB").getpixel((5, 5))
    got = image.getpixel((5, 5))
    assert isinstance(expected, tuple)
    assert isinstance(got, tuple)
    assert all(abs(a - b) <= 4 for a, b in zip(expected, got, strict=True))


def test_sixteen_bits_become_eight() -> None:
    image = Image.new("I;16", (4, 4), 0x8000)
    assert seen(cleaned(written(image))).getpixel((0, 0)) == (128, 128, 128)


def test_a_transparent_colour_of_a_palette_stays_transparent() -> None:
    image = Image.new("P", (10, 10), 0)
    image.putpalette([255, 0, 0, *TEAL])
    image.putpixel((5, 5), 1)
    made = seen(cleaned(written(image, transparency=0)))
    assert made.mode == "RGBA"
    assert made.getpixel((0, 0))[3] == 0  # type: ignore[index]
    assert made.getpixel((5, 5)) == (*TEAL, 255)


def test_what_a_camera_turned_is_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert seen(cleaned(written(in_mode("RGB"), "JPEG", exif=exif))).size == (30, 60)


def test_nothing_but_the_picture_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "unmistakable-secret"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "unmistakable-secret")
    for content in (
        written(in_mode("RGB"), "JPEG", exif=exif, icc_profile=profile, comment="unmistakable-secret"),
        written(in_mode("RGB"), pnginfo=text, exif=exif, icc_profile=profile) + b"unmistakable-secret",
    ):
        assert b"unmistakable-secret" in content
        made = cleaned(content)
        assert [made[at + 4 : at + 8] for at in chunks(made)] == [b"IHDR", b"IDAT", b"IEND"]


def chunks(png: bytes) -> list[int]:
    """Where the chunks of a PNG file begin."""
    found, at = [], 8
    while at < len(png):
        found.append(at)
        at += 12 + int.from_bytes(png[at : at + 4])
    return found


def test_a_colour_profile_is_worked_into_the_colours() -> None:
    lab_like = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = seen(cleaned(written(in_mode("RGB"), icc_profile=lab_like)))
    got = image.getpixel((5, 5))
    assert isinstance(got, tuple)
    assert all(abs(a - b) <= 1 for a, b in zip(TEAL, got, strict=True))


def test_a_profile_that_is_none_does_no_harm() -> None:
    assert seen(cleaned(written(in_mode("RGB"), icc_profile=b"no profile"))).getpixel((5, 5)) == TEAL


def test_of_an_animation_the_first_picture_is_taken() -> None:
    frames = [in_mode("RGB"), Image.new("RGB", (60, 30), "red")]
    made = seen(cleaned(written(frames[0], save_all=True, append_images=frames[1:], duration=100)))
    assert made.getpixel((5, 5)) == TEAL
    assert getattr(made, "n_frames", 1) == 1


def test_a_large_picture_is_made_smaller_in_proportion() -> None:
    assert seen(cleaned(written(Image.new("RGB", (4000, 1000))))).size == (1600, 400)


def test_a_drawing_is_drawn_as_large_as_print_needs_and_keeps_its_proportions() -> None:
    image = seen(cleaned(svg('<rect width="20" height="20" fill="#0b5a61"/>')))
    assert image.size == (1600, 800)
    assert image.getpixel((400, 400)) == (*TEAL, 255)
    assert image.getpixel((1200, 400))[3] == 0  # type: ignore[index]
    assert seen(cleaned(svg('<rect width="9" height="9"/>', viewBox="0 0 100 1000"))).size == (160, 1600)
    assert seen(cleaned(svg('<rect width="100%" height="50%"/>', width=200_000, height=100_000))).size == (1600, 800)


def test_scripts_and_links_of_a_drawing_are_not_in_its_picture() -> None:
    hostile = '<script>alert(1)</script><a xlink:href="https://elsewhere.example/"><rect width="9" height="9" onload="x()"/></a>'
    made = cleaned(svg(hostile))
    assert b"script" not in made
    assert b"elsewhere" not in made


def test_the_same_picture_gives_the_same_bytes() -> None:
    drawing = svg('<circle cx="10" cy="10" r="9"/>')
    assert cleaned(drawing) == cleaned(drawing)


def test_a_picture_inside_a_drawing_is_drawn() -> None:
    inner = base64.b64encode(written(Image.new("RGB", (4, 4), TEAL))).decode()
    drawing = svg(
        f'<image width="40" height="20" xlink:href="data:image/png;base64,{inner}" preserveAspectRatio="none"/>'
    )
    assert seen(cleaned(drawing)).getpixel((800, 400)) == (*TEAL, 255)


REFUSED = {
    "text": (svg('<text x="1" y="9">Ministry of Peace</text>'), "“Ministry of Peace”"),
    "a file of the machine": (svg('<image width="9" height="9" href="/etc/hostname"/>'), "“/etc/hostname”"),
    "a page elsewhere": (svg('<image width="9" height="9" xlink:href="https://a.example/b.png"/>'), "https://a.example/b.png"),
    "a drawing elsewhere": (svg('<use href="other.svg#logo"/>'), "“other.svg#logo”"),
    "a drawing inside": (svg('<image width="9" height="9" href="data:image/svg+xml;base64,PHN2Zy8+"/>'), "fetches something"),
    "entities": (
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
        "plain SVG",
    ),
    "a file as an entity": (
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        "plain SVG",
    ),
    "nothing at all": (svg(""), "Nothing is to be seen"),
    "a transparent picture": (written(Image.new("RGBA", (9, 9), (0, 0, 0, 0))), "Nothing is to be seen"),
    "another kind": (written(in_mode("RGB"), "GIF"), "no PNG, JPEG or SVG"),
    "another XML": (b"<html/>", "no PNG, JPEG or SVG"),
    "an empty file": (b"", "no PNG, JPEG or SVG"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><svg/>', "no PNG, JPEG or SVG"),
    "too many bytes": (bytes(MOST_BYTES + 1), "up to 2 MB"),
    "half a file": (written(in_mode("RGB"))[:60], "damaged"),
    "a broken JPEG": (b"\xff\xd8\xff" + bytes(300), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_a_logo_is_refused_with_advice(what: str) -> None:
    content, words = REFUSED[what]
    with pytest.raises(LogoError) as refused:
        cleaned(content)
    assert words in str(refused.value)


def a_bomb() -> bytes:
    """A PNG file of a few kilobytes that would take 10 GB."""
    png = written(Image.new("L", (1, 1)))
    header = b"IHDR" + (50_000).to_bytes(4) + (50_000).to_bytes(4) + bytes([8, 6, 0, 0, 0])
    return png[:8] + (13).to_bytes(4) + header + zlib.crc32(header).to_bytes(4) + png[33:]


def doubling(depth: int) -> bytes:
    """A drawing in which each group is the one before twice."""
    groups = "".join(f'<g id="g{n}"><use href="#g{n - 1}"/><use href="#g{n - 1}" x="1"/></g>' for n in range(1, depth))
    return svg(f'<defs><g id="g0"><rect width="9" height="9"/></g>{groups}</defs><use href="#g{depth - 1}"/>')


@pytest.mark.parametrize(
    "content",
    [
        a_bomb(),
        doubling(40),
        svg("<g>" * 100_000 + "</g>" * 100_000),
        svg(
            '<filter id="f"><feGaussianBlur stdDeviation="900000"/></filter>'
            + '<rect width="40" height="20" filter="url(#f)"/>' * 3000
        ),
    ],
    ids=["pixels", "doubling", "deep", "filters"],
)
def test_hostile_pictures_cost_little_and_end(content: bytes) -> None:
    began = time.monotonic()
    with pytest.raises(LogoError):
        cleaned(content)
    assert time.monotonic() - began < 40
