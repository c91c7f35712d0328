"""Archives of several files: safe names, sums that can be checked, the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.formats.archive import LONGEST, MANIFEST, archive, safe_path
from tests.reports.material import MOMENT

NAMES = st.text(st.characters(codec="utf-8"), max_size=300)


def names_in(packed: bytes) -> list[str]:
    return opened(packed).namelist()


def opened(packed: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(packed))


def test_files_come_back_as_they_were_in_their_order() -> None:
    files = [("b/report.pdf", b"%PDF"), ("a.csv", "é".encode()), ("empty.json", b"")]

    members = opened(archive(files, MOMENT))

    assert [(name, members.read(name)) for name in members.namelist()[:-1]] == files
    assert members.testzip() is None


def test_sha256sum_checks_what_was_unpacked(tmp_path: Path) -> None:
    files = [
        ("Vorschlag für «Nord» – 협정.pdf", b"1"),
        ("a  b \\ c\nd.txt", b"2"),
        ("../../etc/passwd", b"3"),
        ("-rf.csv", b"4"),
        ("*star.csv", b"5"),
    ]
    opened(archive(files, MOMENT)).extractall(tmp_path)

    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", MANIFEST], cwd=tmp_path, capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.count(": OK") == len(files)
    (tmp_path / "-rf.csv").write_bytes(b"changed")
    assert subprocess.run(["sha256sum", "--check", MANIFEST], cwd=tmp_path, capture_output=True).returncode == 1


@pytest.mark.parametrize(
    ("wanted", "safe"),
    [
        ("Plan/Draft 1.pdf", "Plan/Draft 1.pdf"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\x.exe", "C__Windows_x.exe"),
        ("line\nbreak\ttab.pdf", "line break tab.pdf"),
        ("exe\u202efdp.pdf", "exefdp.pdf"),
        ("zero\u200bwidth.pdf", "zerowidth.pdf"),
        ("می\u200cشود.pdf", "می\u200cشود.pdf"),
        ("nul.csv", "_nul.csv"),
        ("COM1", "_COM1"),
        ("console.csv", "console.csv"),
        ("dots... ", "dots"),
        (".hidden", "hidden"),
        ('a<b>c:"d"|e?f*.csv', "a_b_c__d__e_f_.csv"),
        ("e\u0301.pdf", "é.pdf"),
        ("..", "_"),
        ("", "_"),
        ("\ud800lone.pdf", "lone.pdf"),
    ],
)
def test_names_are_made_safe(wanted: str, safe: str) -> None:
    assert safe_path(wanted) == safe
    assert names_in(archive([(wanted, b"")], MOMENT))[0] == safe


def test_long_names_keep_their_ending_and_whole_letters() -> None:
    [name, second, _] = names_in(archive([("협" * 100 + ".pdf", b""), ("협" * 100 + ".pdf", b"")], MOMENT))

    assert name.endswith("협.pdf")
    assert second.endswith("협 (2).pdf")
    assert all(len(each.encode()) <= LONGEST for each in (name, second))


def test_names_are_unique_whatever_their_case_and_the_manifest_is_ours() -> None:
    wanted = ["a.pdf", "A.PDF", "a (2).pdf", "a.pdf", "Manifest.sha256", "x/a.pdf"]

    names = names_in(archive([(name, name.encode()) for name in wanted], MOMENT))

    assert names == [
        *("a.pdf", "A (2).PDF", "a (2) (2).pdf", "a (3).pdf", "Manifest (2).sha256", "x/a.pdf"),
        MANIFEST,
    ]


@given(st.lists(NAMES, max_size=6))
def test_any_names_give_a_whole_archive(wanted: list[str]) -> None:
    packed = opened(archive([(name, name.encode()) for name in wanted], MOMENT))

    names = packed.namelist()
    assert len({name.casefold() for name in names}) == len(wanted) + 1
    assert all(part not in ("", ".", "..") for name in names for part in name.split("/"))
    assert [packed.read(name) for name in names[:-1]] == [name.encode() for name in wanted]
    sums = packed.read(MANIFEST).decode().splitlines()
    assert sums == [f"{hashlib.sha256(packed.read(name)).hexdigest()}  {name}" for name in names[:-1]]


def test_the_same_files_give_the_same_bytes_wherever_they_are_packed() -> None:
    files = [("a.pdf", b"%PDF" * 1000), ("b.docx", b"PK")]
    elsewhere = MOMENT.astimezone(timezone(timedelta(hours=9)))

    assert archive(files, MOMENT) == archive(iter(files), elsewhere)
    assert {member.date_time for member in opened(archive(files, MOMENT)).infolist()} == {(2025, 3, 1, 9, 30, 0)}


@pytest.mark.parametrize(("year", "told"), [(1970, 1980), (2200, 2107)])
def test_a_time_that_archives_cannot_tell_is_the_nearest_that_they_can(year: int, told: int) -> None:
    [member, _] = opened(archive([("a", b"")], datetime(year, 1, 1, tzinfo=UTC))).infolist()

    assert member.date_time[0] == told
