from __future__ import annotations

from assessments.calibration import worked_example
from assessments.package import canonical_document, document_sha256
from assessments.package.drafts import with_keys
from proposals.exchange.documents import exported

WHOLE = canonical_document(worked_example().package)


def test_whole_package_leaves_in_canonical_form_with_its_identity() -> None:
    content = exported(with_keys(WHOLE), whole=True)
    assert content.document == WHOLE
    assert content.sha256 == document_sha256(worked_example().package)
    assert not content.incomplete


def test_draft_with_errors_leaves_as_it_stands_without_keys() -> None:
    draft = {"title": 3, "notes": "Kept", "verification": [{"_key": "k1", "method": "magic"}], "odd": [{"_key": "k"}]}
    content = exported(draft, whole=True)
    assert content.document["verification"] == [{"method": "magic"}]
    assert content.document["title"] == 3
    assert content.document["notes"] == "Kept"
    assert content.incomplete
    assert content.problems


def test_who_may_not_read_confidential_parts_gets_none_of_them_not_even_from_a_misspelt_field() -> None:
    draft = {
        "title": "T",
        "notes": "hidden-1",
        "diagnosis": {"evidence_note": "hidden-2"},
        "diagnosys": {"motives": "hidden-3"},
        "context": {"phase": "hidden-4?"},
    }
    content = exported(draft, whole=False)
    assert "hidden" not in str(content.document)
    assert content.incomplete
    assert content.problems == []
