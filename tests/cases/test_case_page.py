"""The page of a case: its course, its measures side by side, what its facts rest on."""

from __future__ import annotations

import html

import pytest

from cases.models import Case
from cases.schema import case_files
from cases.timeline import Stretch, timeline_of
from tests.personas import Person

pytestmark = pytest.mark.usefixtures("library")


def page_of(person: Person, slug: str) -> str:
    response = person.client.get(f"/cases/{slug}/")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def course_of(slug: str, **changes: object) -> Case:
    Case.objects.filter(slug=slug).update(**changes)
    return Case.objects.prefetch_related("measures").get(slug=slug)


def test_every_measure_is_on_the_line_once_in_the_order_of_years() -> None:
    for case in Case.objects.prefetch_related("measures"):
        timeline = timeline_of(case, case.measures.all())
        steps = [(year, step.measure) for year, _stretch, steps in timeline.steps for step in steps]
        assert [year for year, _measure in steps] == sorted(year for year, _measure in steps)
        assert all(measure.year == year for year, measure in steps)
        everything = [*(measure for _year, measure in steps), *(step.measure for step in timeline.undated)]
        assert sorted(each.position for each in everything) == [each.position for each in case.measures.all()]
        for stretch in (timeline.case, *(stretch for _year, stretch, _steps in timeline.steps)):
            assert stretch.begin >= 0
            assert stretch.width > 0
            assert stretch.begin + stretch.width <= 100.05


def test_a_mark_lies_where_its_year_is() -> None:
    case = course_of("aceh-mou-2005", begins=2001, ends=2010, years="2001-2010")
    timeline = timeline_of(case, case.measures.all())
    assert (timeline.first, timeline.last, timeline.case) == (2001, 2010, Stretch(0, 100))
    assert [(year, stretch) for year, stretch, _steps in timeline.steps] == [(2005, Stretch(40, 10))]


def test_a_measure_before_the_case_widens_the_line_and_one_without_a_year_stands_apart() -> None:
    case = course_of("aceh-mou-2005")
    case.measures.filter(position=0).update(year=2003)
    case.measures.filter(position=1).update(year=None)
    case = course_of("aceh-mou-2005")
    timeline = timeline_of(case, case.measures.all())
    assert (timeline.first, timeline.last) == (2003, 2006)
    assert timeline.case == Stretch(50, 50)
    assert [step.measure.position for step in timeline.undated] == [1]


def test_the_page_says_of_each_measure_what_came_of_it_in_a_word_and_a_sentence(mediator: Person) -> None:
    page = page_of(mediator, "korea-basic-agreement-sunshine")
    for measure in case_files()["korea-basic-agreement-sunshine"].measures:
        assert measure.result_note
        assert measure.result_note in page
    assert 'data-mark="!">It failed</span>' in page
    assert 'data-mark="~">In part</span>' in page


def test_every_link_within_the_page_has_its_place(mediator: Person) -> None:
    page = page_of(mediator, "nuba-mountains-2002")
    for position in range(1, 5):
        assert page.count(f'href="#measure-{position}"') == 2
        assert page.count(f'id="measure-{position}"') == 1


def test_it_says_when_the_facts_were_checked_and_whether_a_public_page_was_seen(mediator: Person) -> None:
    page = page_of(mediator, "nuba-mountains-2002")
    assert "were last checked on 25 November 2026" in page
    assert "At least one public page" in page
    assert "They were not checked against a public page." in page_of(mediator, "sudan-naivasha-negotiators")
    course_of("nuba-mountains-2002", checked_on=None)
    assert "It is not noted when" in page_of(mediator, "nuba-mountains-2002")


def test_sources_say_where_they_are_to_be_found(mediator: Person) -> None:
    assert "PA-X Peace Agreements Database, University of Edinburgh, web page" in page_of(
        mediator, "nuba-mountains-2002"
    )


def test_a_file_says_of_every_measure_what_came_of_it_and_why() -> None:
    for case in case_files().values():
        assert case.checked_on
        for measure in case.measures:
            assert measure.result_note
            assert measure.result_note.endswith(".")
            assert len(measure.result_note.split()) <= 25
