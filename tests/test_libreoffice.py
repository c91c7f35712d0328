"""Finding the LibreOffice of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import libreoffice


def test_a_named_program_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIBREOFFICE", "/bin/sh")
    assert libreoffice.find() == "/bin/sh"


def test_a_named_program_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIBREOFFICE", "/nowhere/soffice")
    assert libreoffice.main() == 1
    assert "LIBREOFFICE is /nowhere/soffice, and there is no such program." in capsys.readouterr().err


def test_without_one_and_without_apt_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("LIBREOFFICE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert libreoffice.main() == 1
    assert "sudo apt install libreoffice-writer-nogui" in capsys.readouterr().err


def test_a_file_that_cannot_be_opened_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\necho no such filter\n")
    program.chmod(0o755)
    monkeypatch.setenv("LIBREOFFICE", str(program))
    with pytest.raises(RuntimeError, match="no such filter"):
        libreoffice.converted(tmp_path / "report.docx", "pdf", tmp_path)
