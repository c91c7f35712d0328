"""A case written as a file is the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.editing.layout import as_yaml
from cases.schema import DATA, CaseFile, case_files, read_case
from cbm_advisor.lib.documents import parse


@pytest.mark.parametrize("slug", list(case_files()))
def test_a_case_is_written_byte_by_byte_as_its_file_is(slug: str) -> None:
    assert as_yaml(case_files()[slug]) == (DATA / f"{slug}.yaml").read_text()


TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n \t:#-'\"|>&*?@%"), min_size=1, max_size=300
).filter(lambda text: text == text.strip())


@given(text=TEXTS, other=TEXTS)
def test_any_text_survives_being_written_and_read(
    text: str, other: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    nuba = case_files()["nuba-mountains-2002"]
    case = nuba.model_copy(update={"summary": text, "notes": (other,), "third_party": None})
    path = tmp_path_factory.mktemp("case") / "nuba-mountains-2002.yaml"
    Path(path).write_text(as_yaml(case), encoding="utf-8", newline="\n")
    assert read_case(path) == case
    assert CaseFile.model_validate(parse(as_yaml(case))) == case
