"""Reading packages: what is accepted, and what is refused with a message that helps."""

from __future__ import annotations

import gc
import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings

from assessments.calibration import calibration_packages
from assessments.engine.rubric import rubric
from assessments.package import (
    Package,
    PackageError,
    canonical,
    canonical_document,
    canonical_json,
    confidential_paths,
    document_sha256,
    load_package,
    versions,
)
from assessments.package.kinds import CHECKS_PER_GROUP
from tests.assessments.strategies import documents, packages

SMALL: dict[str, Any] = {
    "format": "cbm-package/1",
    "title": "a small package",
    "parties": [{"id": "gos", "name": "Government"}, {"id": "splm", "name": "SPLM"}],
    "measures": [{"id": "m1", "title": "hotline"}],
}


class WithoutAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def problems(document: Any, **changes: Any) -> list[str]:
    """What reading says is wrong."""
    with pytest.raises(PackageError) as refused:
        load_package({**document, **changes} if changes else document)
    return str(refused.value).splitlines()


def small(**measure: Any) -> dict[str, Any]:
    return {**SMALL, "measures": [{**SMALL["measures"][0], **measure}]}


# Round trips


@settings(max_examples=60, deadline=None)
@given(packages())
def test_canonical_json_reads_back_to_the_same_package_and_bytes(package: Package) -> None:
    written = canonical_json(package)
    again = load_package(written, draft=True)
    assert again == package
    assert canonical_json(again) == written


@settings(max_examples=60, deadline=None)
@given(packages())
def test_canonical_json_is_the_sorted_document_without_white_space(package: Package) -> None:
    document = canonical_document(package)
    plain = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    assert [canonical_json(package), canonical_json(package)] == [plain.encode()] * 2


def test_what_was_written_of_a_package_goes_with_it() -> None:
    before = len(canonical._known)
    package = load_package(SMALL)
    canonical_json(package)
    assert len(canonical._known) == before + 3
    del package
    gc.collect()
    assert len(canonical._known) <= before


@settings(max_examples=40, deadline=None)
@given(documents())
def test_json_and_yaml_of_the_same_document_are_the_same_package(document: dict[str, Any]) -> None:
    from_yaml = load_package(yaml.dump(document, Dumper=WithoutAliases, allow_unicode=True), draft=True)
    assert from_yaml == load_package(json.dumps(document), draft=True)


def test_unknown_and_none_stay_apart_through_every_form() -> None:
    document = {**SMALL, "verification": [], "violations": None}
    for source in (document, json.dumps(document), yaml.safe_dump(document)):
        package = load_package(source)
        assert package.verification == ()
        assert package.violations is None
        assert package.links is None
        assert "violations" not in canonical_document(package)
        assert canonical_document(package)["verification"] == []


def test_an_empty_statement_says_that_there_is_none() -> None:
    package = load_package({**SMALL, "context": {"purpose_statement": ""}})
    assert package.context is not None
    assert package.context.purpose_statement == ""


def test_an_empty_section_equals_an_absent_one() -> None:
    assert load_package({**SMALL, "context": {}, "process": {"buildup": None}}) == load_package(SMALL)


@pytest.mark.parametrize(("written", "read"), [("yes", "yes"), ("true", "yes"), ("no", "no"), ("partly", "partly")])
def test_tri_state_words_and_booleans_mean_the_same(written: str, read: str) -> None:
    source = yaml.safe_dump(SMALL).replace("title: hotline", f"title: hotline\n  funding: {written}")
    assert (load_package(source).measures or ())[0].funding == read


def test_norway_and_clock_times_stay_text() -> None:
    source = yaml.safe_dump(SMALL) + "conflict: {countries: [NO, SD]}\nprocess: {next_substantive_date: 3:20}\n"
    package = load_package(source)
    assert package.conflict is not None
    assert package.conflict.countries == ("NO", "SD")
    assert package.process is not None
    assert package.process.next_substantive_date == "3:20"


def test_a_bare_year_is_text_where_text_is_asked_for() -> None:
    clause = {"text": "Elections are held", "when": 2004}
    measures = load_package(small(commitments=[clause])).measures or ()
    assert (measures[0].commitments or ())[0].when == "2004"


def test_lists_without_order_are_sorted_and_others_keep_theirs() -> None:
    measure = (
        load_package(
            small(sectors=["security", "political", "security"], purposes=["consolidate", "initiate_deepen"])
        ).measures
        or ()
    )[0]
    assert measure.sectors == ("political", "security")
    assert measure.purposes == ("consolidate", "initiate_deepen")


def test_the_identity_does_not_depend_on_how_it_is_written() -> None:
    shuffled = dict(reversed(list(SMALL.items())))
    assert document_sha256(load_package(SMALL)) == document_sha256(load_package(json.dumps(shuffled, indent=3)))


def test_whole_numbers_are_written_without_a_fraction() -> None:
    assert b'"months_on_cbms":3}' in canonical_json(load_package({**SMALL, "process": {"months_on_cbms": 3.0}}))


# Refusals that name the path


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({**SMALL, "titel": "x"}, "titel: unknown field; did you mean title?"),
        (small(sektors=[]), "measures[0].sektors: unknown field; did you mean sectors?"),
        ({**SMALL, "context": {"phase": "now"}}, 'context.phase: "now" is not one of before_process, pre_negotiation'),
        ({**SMALL, "diagnosis": {"trust_deficit": 5}}, "diagnosis.trust_deficit: 5 is too large; the most is 4"),
        (small(steps=-1), "measures[0].steps: -1 is too small; the least is 0"),
        (small(steps=True), "measures[0].steps: yes is not a whole number"),
        (small(steps="3"), 'measures[0].steps: "3" is not a whole number'),
        (small(funding="maybe"), 'measures[0].funding: "maybe" is not one of yes, partly, no'),
        (small(impact={"gov": {"burden": 2}}), 'measures[0].impact.gov: no party "gov"; the parties are gos, splm'),
        (small(initiator="x"), 'measures[0].initiator: no party "x"; the parties are gos, splm'),
        (small(start="soon"), 'measures[0].start: "soon" is not a date; write it as 2002-01-19'),
        (
            {**SMALL, "verification": [{"covers": ["m9"]}]},
            'verification[0].covers[0]: no measure "m9"; the measures are m1',
        ),
        (
            {**SMALL, "verification": [{"covers": 3}]},
            "verification[0].covers: 3 is not right here; write all or a list of ids",
        ),
        (
            {**SMALL, "verification": [{"report_every_days": "often"}]},
            'verification[0].report_every_days: "often" is not right here; write never or a number',
        ),
        ({**SMALL, "links": [{"to": "measure", "target": "m2"}]}, 'links[0].target: no measure "m2"'),
        ({**SMALL, "links": [{"from": ["m2"]}]}, 'links[0].from[0]: no measure "m2"'),
        ({**SMALL, "parties": [{"id": "a", "name": "A"}] * 2}, 'parties[1].id: the id "a" is taken; choose another'),
        ({**SMALL, "third_parties": [{"id": "gos", "name": "X"}]}, 'third_parties[0].id: the id "gos" is taken'),
        ({**SMALL, "not_applicable": [{"check": "G9.9", "reason": "x"}]}, 'not_applicable[0].check: no check "G9.9"'),
        ({**SMALL, "conflict": {"countries": ["QQ"]}}, 'conflict.countries[0]: "QQ" is not a country code'),
        (small(description="x" * 20_001), "measures[0].description: is longer than 20,000 characters; shorten it"),
        ({**SMALL, "conflict": {"core_issues": ["x"] * 1001}}, "conflict.core_issues: has more than 1,000 entries"),
        (
            {**SMALL, "parties": [{"id": "a b", "name": "A"}]},
            'parties[0].id: "a b" is not in the right form; ids are letters',
        ),
        ({**SMALL, "title": " "}, 'title: " " is not in the right form; write a title'),
        ({**SMALL, "measures": []}, "measures: one or more are needed"),
        ({**SMALL, "parties": None}, "parties: two or more are needed"),
        ({"title": "x"}, "format: is required; write: cbm-package/1"),
        ({**SMALL, "format": "cbm-package/2"}, 'format: "cbm-package/2" is newer than what is read here'),
    ],
)
def test_an_error_names_the_path_and_says_what_to_do(document: dict[str, Any], said: str) -> None:
    assert any(line.startswith(said) for line in problems(document)), problems(document)


def test_all_problems_are_named_at_once_and_their_pointers_lead_there() -> None:
    with pytest.raises(PackageError) as refused:
        load_package(
            {**SMALL, "title": 3, "context": {"phase": "now"}, "measures": [{"id": "m1", "title": "t", "steps": "x"}]}
        )
    assert [p.pointer for p in refused.value.problems] == ["/title", "/context/phase", "/measures/0/steps"]


def test_very_many_problems_are_cut_short() -> None:
    measures = [{"id": f"m{n}", "title": "t", "steps": -1} for n in range(80)]
    found = problems({**SMALL, "measures": measures})
    assert len(found) == 51
    assert found[-1] == "30 more problems; mend these first"


def test_a_draft_may_lack_parties_and_measures() -> None:
    assert load_package({"format": "cbm-package/1", "title": "t"}, draft=True).measures is None


# Refusals of hostile or broken documents


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        ("x".encode("utf-16"), "UTF-16; save it as UTF-8"),
        (b"title: \xff", "not UTF-8 (at byte 7)"),
        (b"x" * (2 * 1024 * 1024 + 1), "the most is 2,097,152"),
        (b"[" * 10_000, "levels deep"),
        (b'{"a":' * 10_000, "levels deep"),
        (b"a:\n" + b"".join(b" " * n + b"- \n" for n in range(1, 400)), "levels deep"),
        (b"- " * 10_000, "levels deep"),
        (b"a: " + b"{a: " * 10_000, "levels deep"),
        (b'{"format": NaN}', "NaN is not a number"),
        (b'{"format": -Infinity}', "Infinity is not a number"),
        (b'{"a": 1, "a": 2}', 'The key "a" stands twice'),
        (b"a: 1\na: 2", 'The key "a" stands twice'),
        (b"a: &x [1]\nb: *x", "anchors or aliases (line 1)"),
        (b"a: *x", "anchors or aliases (line 1)"),
        (b"a: !!python/object/apply:os.system [ls]", "YAML tag (line 1)"),
        (b"a: !custom 1", "YAML tag (line 1)"),
        (b"a: 1\n---\nb: 2", "more than one document"),
        (b"{", "Not valid JSON"),
        (b"a: [1", "Not valid YAML"),
        (b"- 1\n- 2", "must be a mapping"),
        (b"just words", "must be a mapping"),
        (b'{"format": "cbm-package/1", "title": "a\\u0000b"}', "title: holds a control character"),
        (b'{"format": "cbm-package/1", "title": "\\ud800"}', "title: holds a control character or half"),
        (b'{"n": ' + b"9" * 5000 + b"}", "too many digits"),
        (b"? [a]\n: b", "A key is not a word"),
    ],
)
def test_a_document_that_is_no_package_is_refused_plainly(source: bytes, said: str) -> None:
    with pytest.raises(PackageError, match=r".") as refused:
        load_package(source)
    assert said in str(refused.value)


def test_a_byte_order_mark_of_utf8_is_fine() -> None:
    assert load_package(b"\xef\xbb\xbf" + json.dumps(SMALL).encode()) == load_package(SMALL)


def test_infinity_from_a_huge_exponent_is_refused() -> None:
    assert problems('{"format":"cbm-package/1","title":"t","process":{"months_on_cbms":1e999}}')


def test_an_older_format_is_migrated_on_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def from_zero(document: dict[str, Any]) -> dict[str, Any]:
        return {
            **{k: v for k, v in document.items() if k != "name"},
            "format": "cbm-package/1",
            "title": document["name"],
        }

    monkeypatch.setitem(versions.UPGRADES, "cbm-package/0", from_zero)
    old = {**{k: v for k, v in SMALL.items() if k != "title"}, "format": "cbm-package/0", "name": "an old one"}
    assert load_package(old).title == "an old one"


def test_a_thousand_measures_are_read() -> None:
    measure = canonical_document(calibration_packages()[0].package)["measures"][0]
    document = {
        **canonical_document(calibration_packages()[0].package),
        "links": [],
        "measures": [{**measure, "id": f"m{n}"} for n in range(1000)],
    }
    assert len(load_package(json.dumps(document)).measures or ()) == 1000


# What the rest of the system relies on


def test_diagnosis_and_notes_are_confidential() -> None:
    assert confidential_paths() == ("diagnosis", "notes")


def test_the_format_knows_the_checks_of_the_rubric() -> None:
    assert {group.id: len(group.checks) for group in rubric().groups} == CHECKS_PER_GROUP


def test_a_package_is_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_package(SMALL).title = "another"  # type: ignore[misc]
