"""A case of the library as a plain record, in the shape of its file (``cases.schema.CaseFile``)."""

from __future__ import annotations

from typing import Any

from cases.models import Case, CaseMeasure


def record_of(case: Case) -> dict[str, Any]:
    """Everything that the library says of a case; no query if measures and lessons were fetched with it."""
    return {
        "slug": case.slug,
        "title": case.title,
        "region": case.region,
        "countries": list(case.countries),
        "lat": case.latitude,
        "lon": case.longitude,
        "years": case.years,
        "conflict_type": case.conflict_type,
        "parties": case.parties,
        "third_party": case.third_party or None,
        "process_phases": list(case.phases),
        "summary": case.summary,
        "measures": [_measure(measure) for measure in case.measures.all()],
        "outcome": {"worked": case.worked, "did_not": case.did_not},
        "lessons": [
            {
                "key": lesson.topic,
                "direction": "illustrates_strength" if lesson.is_strength else "illustrates_problem",
                "why": lesson.why,
            }
            for lesson in case.lessons.all()
        ],
        "sources": case.sources,
        "links": list(case.links),
        "notes": list(case.notes),
        "confidence": case.confidence,
    }


def _measure(measure: CaseMeasure) -> dict[str, Any]:
    return {
        "title": measure.title,
        "description": measure.description,
        "sectors": list(measure.sectors),
        "actor_levels": list(measure.actor_levels),
        "tracks": list(measure.tracks),
        "phases": list(measure.phases),
        "purposes": list(measure.purposes),
        "binding": measure.binding,
        "reciprocity": measure.reciprocity,
        "verification": {"method": measure.verification, "note": measure.verification_note or None},
        "year": measure.year,
    }
