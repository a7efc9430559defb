"""A place’s page: its own voices and answers, what the plan does there most of all, and nothing of another place."""

from __future__ import annotations

from flask import Flask

from tests.making import a_plan, a_theme, an_answer
from tests.reading import Visitor
from voice import plans, storage


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
