from __future__ import annotations

import io
import struct
import zipfile

import pytest

from cbm_advisor.lib.documents import LARGEST
from proposals.exchange import archives
from proposals.exchange.archives import ArchiveError, is_archive, unpacked


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_packages_are_found_in_folders_and_what_systems_add_is_left_out() -> None:
    content = zipped(
        {
            "manifest.json": b"{}",
            "folder/": b"",
            "folder/a.json": b"{}",
            "__MACOSX/folder/._a.json": b"x",
            "folder/.DS_Store": b"x",
            "b.YAML": b"title: b",
        }
    )
    assert is_archive(content)
    assert [(each.name, each.content) for each in unpacked(content)] == [("a.json", b"{}"), ("b.YAML", b"title: b")]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.json", "/etc/cron.json", "C:\\windows\\evil.json", "a/../../b.json"]
)
def test_paths_of_an_archive_lead_nowhere(name: str) -> None:
    (packed,) = unpacked(zipped({name: b"{}"}))
    assert packed.content == b"{}"
    assert "/" not in packed.name
    assert "\\" not in packed.name


def test_what_is_no_package_is_told_and_the_rest_is_read() -> None:
    found = {each.name: each for each in unpacked(zipped({"a.docx": b"x", "b.zip": b"PK", "c.json": b"{}"}))}
    assert "neither JSON nor YAML" in found["a.docx"].refused
    assert "neither JSON nor YAML" in found["b.zip"].refused
    assert found["c.json"].content == b"{}"


def test_file_that_swells_is_refused_and_no_more_than_the_limit_is_unpacked() -> None:
    content = zipped({"bomb.json": b" " * (LARGEST * 5), "a.json": b"{}"})
    assert len(content) < 50_000
    bomb, small = unpacked(content)
    assert "larger than 2 MB" in bomb.refused
    assert bomb.content == b""
    assert small.content == b"{}"


def test_file_that_lies_about_its_size_is_not_believed() -> None:
    content = bytearray(zipped({"bomb.json": b" " * (LARGEST * 5)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.index(mark) + at, 10)
    assert unpacked(bytes(content))[0].refused


def test_all_of_an_archive_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1_000)
    with pytest.raises(ArchiveError, match="larger than 100 MB"):
        unpacked(zipped({f"{n}.json": b" " * 400 for n in range(3)}))


def test_number_of_files_is_limited() -> None:
    with pytest.raises(ArchiveError, match="501 files; the most at once is 500"):
        unpacked(zipped({f"{n}.json": b"{}" for n in range(501)}))
    with pytest.raises(ArchiveError, match="2000 files"):
        unpacked(zipped({f"{n}.json": b"{}" for n in range(2000)}))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(method: int) -> None:
    assert "ordinary ZIP" in unpacked(zipped({"a.json": b"{}"}, method))[0].refused


def test_locked_file_is_refused() -> None:
    content = bytearray(zipped({"a.json": b"{}"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    assert "password" in unpacked(bytes(content))[0].refused


def test_damaged_archives_are_told_and_never_raise_anything_else() -> None:
    whole = zipped({"a.json": b'{"title": "T"}' * 50, "b.json": b"{}"})
    for cut in range(4, len(whole), 7):
        with pytest.raises(ArchiveError, match="damaged"):
            unpacked(whole[:cut])
    for at in range(4, len(whole)):
        spoiled = bytearray(whole)
        spoiled[at] ^= 0x55
        try:
            unpacked(bytes(spoiled))
        except ArchiveError:
            continue
