"""A place’s page: its own voices and answers, what the plan does there most of all, and nothing of another place."""

from __future__ import annotations

from flask import Flask

from tests.making import a_plan, a_theme, an_answer, the
from tests.reading import Visitor
from voice import delivering, plans, storage
from voice.delivering.doing import actions as doing
from voice.delivering.measuring import actions as measuring


def test_a_place_gathers_its_voices_and_no_other_s(visitor: Visitor) -> None:
    a_plan("hertfordshire-2011")
    plans.make_current("hertfordshire-2011")
    storage.commit()
    an_answer(a_theme("Buses stop too early.", priority="7", place="stevenage", heard=True))
    an_answer(a_theme("The park is dark.", priority="7", place="watford", heard=True))
    a_theme("The pool is too dear.", priority="7", place="stevenage", heard=True)
    page = visitor.open("/places/stevenage")
    assert page.heading == "Stevenage"
    assert "“Buses stop too early.”" in page.words
    assert "“The pool is too dear.”" in page.words  # it waits
    assert "The park is dark." not in page.words
    assert "Achievement: bring results at ages 5, 11 and 16 up to the county’s level" in page.words


def test_what_is_done_and_counted_in_a_place_stands_on_its_page(visitor: Visitor) -> None:
    plan_id = a_plan("hertfordshire-2011")
    plans.make_current("hertfordshire-2011")
    action, *others = plans.all_actions(plan_id)
    measure = next(each.facts for each in delivering.all_measure_stories(plan_id) if each.unit == "percent")
    doing.put_in_places(action.id, ["stevenage"], the("officer"))
    measuring.enter(measure, measuring.Given("2024", 61.0, place="stevenage", out_of=400), the("officer"))
    measuring.enter(measure, measuring.Given("2024", 47.0, place="watford", out_of=400), the("officer"))
    storage.commit()
    page = visitor.open("/places/stevenage")
    listed = page.soup.select("[aria-labelledby=acts] a")
    assert [each.get_text() for each in listed] == [action.words]
    assert others
    here = page.soup.select_one("[aria-labelledby=stands]")
    assert here
    assert measure.words in here.get_text()
    assert "61" in here.get_text()
    assert "47" not in here.get_text()


def test_the_places_of_the_plan_are_one_tap_from_it(visitor: Visitor) -> None:
    a_plan("hertfordshire-2011")
    plans.make_current("hertfordshire-2011")
    storage.commit()
    an_answer(a_theme("Buses stop too early.", priority="7", place="stevenage", heard=True))
    assert "/places/stevenage" in {each["href"] for each in visitor.open("/plan").soup.select("main a")}
    listed = visitor.open("/places")
    assert "1 answer" in listed.words
    assert len(listed.soup.select("main li")) == 10


def test_a_plan_without_places_says_so(visitor: Visitor) -> None:
    a_plan()
    assert "This plan names no places." in visitor.open("/places").words


def test_a_place_that_is_not_there_is_not_found(app: Flask) -> None:
    a_plan()
    assert app.test_client().get("/places/atlantis").status_code == 404
