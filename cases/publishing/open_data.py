"""The library as open data: every published case as JSON, as CSV with a row a measure, and as JSON-LD.

Each function yields the text of a file piece by piece, so that a large library is never in memory as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cases.models import CaseVersion
from cbm_advisor.lib.csv_text import as_csv

FORMAT: Final = "cbm-library/1"
LICENCE: Final = "CC BY 4.0"
LICENCE_ADDRESS: Final = "https://creativecommons.org/licenses/by/4.0/"
AT_A_TIME: Final = 200

Document = Mapping[str, Any]
"""What a case file holds, by the names of ``cases.schema.CaseFile``."""

OF_CASE: Final = (
    *("slug", "title", "region", "countries", "lat", "lon", "years", "conflict_type", "parties", "third_party"),
    *("process_phases", "summary", "worked", "did_not", "lessons", "confidence", "checked", "checked_on"),
    *("sources", "links", "notes", "address"),
)
OF_MEASURE: Final = (
    *("title", "description", "year", "sectors", "actor_levels", "tracks", "phases", "purposes", "binding"),
    *("reciprocity", "verification", "verification_note", "result", "result_note"),
)


@dataclass(frozen=True)
class Publication:
    """What stands around the cases: when the library last changed, and where things are.

    ``address_of`` gives the full address of a case by its slug; ``terms_at`` that of the page that describes a kind of the
    taxonomy.
    """

    home: str
    modified: datetime
    address_of: Callable[[str], str]
    terms_at: Callable[[str], str]

    @property
    def citation(self) -> str:
        """How to cite the library as it is now."""
        return f"CBM Advisor, case library, {self.modified:%Y-%m-%d}. {self.home} ({LICENCE})"

    def head(self) -> dict[str, Any]:
        """What a file says before its cases."""
        return {
            "format": FORMAT,
            "title": "CBM Advisor, case library",
            "licence": {"name": LICENCE, "address": LICENCE_ADDRESS},
            "citation": self.citation,
            "address": self.home,
            "modified": self.modified.isoformat(),
        }


def documents() -> Iterator[dict[str, Any]]:
    """The published cases by slug, read a few at a time."""
    published = CaseVersion.objects.published().order_by("slug").values_list("document", flat=True)
    yield from published.iterator(chunk_size=AT_A_TIME)


def with_address(document: Document, publication: Publication) -> dict[str, Any]:
    """A case as it stands in the file, and where its page is."""
    return {**document, "address": publication.address_of(document["slug"])}


def as_json(publication: Publication, cases: Iterable[Document]) -> Iterator[str]:
    """One JSON object: the head, and ``cases``."""
    return _object(publication.head(), "cases", (with_address(case, publication) for case in cases))


def as_csv_of_measures(publication: Publication, cases: Iterable[Document]) -> Iterator[str]:
    """A row for each measure with the facts of its case; lists are separated by semicolons."""
    heading = [
        *(f"case_{name}" for name in OF_CASE),
        *(f"measure_{name}" for name in OF_MEASURE),
        "licence",
        "citation",
    ]
    return as_csv(heading, _rows(publication, cases))


def _rows(publication: Publication, cases: Iterable[Document]) -> Iterator[list[object]]:
    for case in cases:
        said = {**with_address(case, publication), **case["outcome"]}
        facts = [_cell(said.get(name)) for name in OF_CASE]
        for measure in case["measures"]:
            verification = measure["verification"]
            flat = {**measure, "verification": verification["method"], "verification_note": verification.get("note")}
            yield [*facts, *(_cell(flat.get(name)) for name in OF_MEASURE), LICENCE, publication.citation]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_cell(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(_cell(each) for each in value.values() if each is not None)
    return "" if value is None else str(value)


def as_json_ld(publication: Publication, cases: Iterable[Document]) -> Iterator[str]:
    """The library as a ``Dataset`` of schema.org, each case and measure a ``CreativeWork`` with its tags as terms."""
    head = {
        "@context": {"@vocab": "https://schema.org/"},
        "@id": publication.home,
        "@type": "Dataset",
        "name": "CBM Advisor, case library",
        "description": "Confidence-building measures in peace processes: what they were, what worked and what did not.",
        "license": {"@id": LICENCE_ADDRESS},
        "creditText": publication.citation,
        "dateModified": publication.modified.date().isoformat(),
    }
    return _object(head, "hasPart", (case_as_json_ld(case, publication) for case in cases))


def case_as_json_ld(case: Document, publication: Publication) -> dict[str, Any]:
    """A case in the words of schema.org."""
    begins, _, ends = case["years"].partition("-")
    address = publication.address_of(case["slug"])
    event = {
        "@type": "Event",
        "name": case["title"],
        "startDate": begins,
        **({"endDate": ends} if ends and ends != "ongoing" else {}),
        "location": {
            "@type": "Place",
            "name": case["region"],
            "address": [{"@type": "PostalAddress", "addressCountry": code} for code in case["countries"]],
            "geo": {"@type": "GeoCoordinates", "latitude": case["lat"], "longitude": case["lon"]},
        },
        "organizer": [{"@type": "Organization", "name": party["name"]} for party in case["parties"]],
    }
    return {
        "@id": address,
        "@type": "CreativeWork",
        "name": case["title"],
        "abstract": case["summary"],
        "about": event,
        "positiveNotes": case["outcome"]["worked"],
        "negativeNotes": case["outcome"]["did_not"],
        "citation": [_source(source) for source in case["sources"]],
        "hasPart": [
            _measure(measure, f"{address}#measure-{n}", publication) for n, measure in enumerate(case["measures"], 1)
        ],
    }


def _source(source: Document) -> dict[str, Any]:
    year = {"datePublished": str(source["year"])} if source.get("year") else {}
    return {"@type": "CreativeWork", "name": source["title"], "author": source["who"], **year}


def _measure(measure: Document, address: str, publication: Publication) -> dict[str, Any]:
    tags = [
        *(("sector", code) for code in measure["sectors"]),
        *(("actor_level", code) for code in measure["actor_levels"]),
        *(("track", code) for code in measure["tracks"]),
        *(("phase", code) for code in measure["phases"]),
        *(("purpose", code) for code in measure["purposes"]),
        ("binding", measure["binding"]),
        ("reciprocity", measure["reciprocity"]),
        ("verification", measure["verification"]["method"]),
    ]
    year = {"temporal": str(measure["year"])} if measure.get("year") else {}
    return {
        "@id": address,
        "@type": "CreativeWork",
        "name": measure["title"],
        "abstract": measure["description"],
        **year,
        "keywords": [_term(kind, code, publication) for kind, code in tags],
    }


def _term(kind: str, code: str, publication: Publication) -> dict[str, Any]:
    return {"@type": "DefinedTerm", "termCode": code, "inDefinedTermSet": {"@id": publication.terms_at(kind)}}


def _object(head: Document, name: str, several: Iterable[Any]) -> Iterator[str]:
    """A JSON object of ``head`` and, under ``name``, a list that is written one by one."""
    yield f"{_text(head)[:-1]}, {json.dumps(name)}: ["
    for n, each in enumerate(several):
        yield f"{',' if n else ''}\n{_text(each)}"
    yield "\n]}\n"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
