"""A PNG, JPEG or SVG file as a plain PNG file of today's 8 bits, without whatever else stood in it.

It reads what strangers made, so ``logos`` runs it as a program of its own: from stdin to stdout, with little memory and time.
What it refuses it names on stderr, by a code and a detail, and ends with ``REFUSED``.
"""

from __future__ import annotations

import io
import resource
import sys
from typing import Final
from xml.etree import ElementTree

import defusedxml.ElementTree
import resvg_py
from PIL import Image, ImageCms, ImageOps

LONGEST_SIDE: Final = 1600
MOST_PIXELS: Final = 20_000_000
MOST_MEMORY: Final = 1 << 30
MOST_SECONDS: Final = 5
REFUSED: Final = 3

SVG: Final = "{http://www.w3.org/2000/svg}"
EMBEDDED: Final = tuple(f"data:image/{kind};" for kind in ("png", "jpeg", "jpg"))
TYPESET: Final = {f"{SVG}{name}" for name in ("text", "flowRoot")}


class RefusedError(Exception):
    """``code``: why; ``detail``: which part."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def drawn(content: bytes) -> bytes:
    """The picture as PNG, no side longer than ``LONGEST_SIDE``. Raises ``RefusedError``."""
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        image = _opened(content, ("PNG", "JPEG"))
    else:
        image = _opened(_rasterised(content), ("PNG",))
    image = _in_rgb(image)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if image.mode == "RGBA" and not image.getchannel("A").getbbox():
        raise RefusedError("empty")
    image.info = {}  # or the colour profile would be written again
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _opened(content: bytes, formats: tuple[str, ...]) -> Image.Image:
    """The picture upright; of an animation the first."""
    image: Image.Image = Image.open(io.BytesIO(content), formats=formats)
    if image.width * image.height > MOST_PIXELS:
        raise RefusedError("pixels", f"{image.width} × {image.height}")
    image.load()
    return ImageOps.exif_transpose(image)


def _in_rgb(image: Image.Image) -> Image.Image:
    """In the colours of screens: what a profile says of them is worked in."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    is_transparent = "A" in image.getbands() or "transparency" in image.info
    profile = image.info.get("icc_profile")
    if image.mode not in ("RGB", "CMYK"):
        image = image.convert("RGBA" if is_transparent else "RGB")
    if profile:
        image = _without_profile(image, profile)
    return image.convert("RGBA" if is_transparent else "RGB")


def _without_profile(image: Image.Image, profile: bytes) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return image  # a profile for other colours, or none that can be read
    return made or image


def _rasterised(content: bytes) -> bytes:
    """An SVG drawing as PNG, by itself alone: without other files and without typefaces."""
    try:
        root = defusedxml.ElementTree.fromstring(content)
    except defusedxml.DefusedXmlException:
        raise RefusedError("entities") from None
    except (ElementTree.ParseError, ValueError, LookupError):
        raise RefusedError("unknown") from None
    if root.tag != f"{SVG}svg":
        raise RefusedError("unknown")
    for element in root.iter():
        if element.tag in TYPESET and "".join(element.itertext()).strip():
            raise RefusedError("text", " ".join("".join(element.itertext()).split())[:40])
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] == "href" and element.tag != f"{SVG}a" and _leads_outside(value.strip()):
                raise RefusedError("refers", value.strip()[:60])
    written = ElementTree.tostring(root, encoding="unicode")
    return bytes(
        resvg_py.svg_to_bytes(svg_string=written, skip_system_fonts=True, width=LONGEST_SIDE, height=LONGEST_SIDE)
    )


def _leads_outside(reference: str) -> bool:
    return not reference.startswith("#") and not reference.lower().startswith(EMBEDDED)


def main() -> None:
    """Reads, draws, writes."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        made = drawn(sys.stdin.buffer.read())
    except RefusedError as refused:
        sys.stderr.buffer.write(f"{refused.code}\n{refused.detail}".encode(errors="replace"))
        sys.exit(REFUSED)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
