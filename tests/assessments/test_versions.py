from __future__ import annotations

from typing import Any

import pytest

from assessments.package import PackageError, load_package, versions
from assessments.package.versions import CURRENT, VersionError, upgraded


def from_zero(document: dict[str, Any]) -> dict[str, Any]:
    """A version that called parties sides."""
    sides = document.pop("sides", None)
    return {**document, "format": "cbm-package/0b"} | ({"parties": sides} if sides is not None else {})


def from_zero_b(document: dict[str, Any]) -> dict[str, Any]:
    """A version that had no language."""
    return {**document, "format": CURRENT, "language": document.get("language", "en")}


@pytest.fixture
def chain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(versions.UPGRADES, "cbm-package/0", from_zero)
    monkeypatch.setitem(versions.UPGRADES, "cbm-package/0b", from_zero_b)


@pytest.mark.usefixtures("chain")
def test_older_document_goes_through_every_step_and_stays_as_it_was() -> None:
    old = {"format": "cbm-package/0", "title": "T", "sides": [{"id": "a", "name": "A"}]}
    assert upgraded(old) == {
        "format": CURRENT,
        "title": "T",
        "language": "en",
        "parties": [{"id": "a", "name": "A"}],
    }
    assert old["format"] == "cbm-package/0"
    assert "sides" in old


@pytest.mark.usefixtures("chain")
def test_older_document_is_loaded_as_a_package() -> None:
    package = load_package({"format": "cbm-package/0", "title": "T", "sides": [{"id": "a", "name": "A"}]}, draft=True)
    assert package.parties is not None
    assert package.parties[0].name == "A"


def test_document_without_a_version_is_a_draft_of_the_current_one() -> None:
    assert upgraded({"title": "T"}) == {"format": CURRENT, "title": "T"}


def test_newer_version_is_refused_with_what_to_do() -> None:
    with pytest.raises(VersionError, match=r'"cbm-package/2" is newer .* update CBM Advisor'):
        upgraded({"format": "cbm-package/2"})


@pytest.mark.parametrize("said", ["cbm-package", "other/1", 1, ["cbm-package/1"], {"a": 1}, "cbm-package/0"])
def test_what_is_no_version_is_refused_with_those_that_are_read(said: Any) -> None:
    with pytest.raises(VersionError, match="is not a format that is read; these are: cbm-package/1"):
        upgraded({"format": said})


def test_steps_that_lead_in_a_circle_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(versions.UPGRADES, "cbm-package/0", lambda document: document)
    with pytest.raises(VersionError):
        upgraded({"format": "cbm-package/0"})


def test_loading_refuses_a_newer_version_at_its_field() -> None:
    with pytest.raises(PackageError, match=r"^format: .* is newer"):
        load_package({"format": "cbm-package/9"})
