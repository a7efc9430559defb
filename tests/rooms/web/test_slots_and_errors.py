"""Places that rooms fill; and pages for when something went wrong."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.reading import Visitor
from voice.web.paging import leaf
from voice.web.slots import contributors, slot


def test_contributors_are_asked_in_their_order_and_can_be_named(furnished: Flask) -> None:
    with furnished.app_context():
        place = slot("home_open")
        place.contribute("telling", lambda who: [f"{who}: last"], order=90)
        place.contribute("listening", lambda who: [f"{who}: first", f"{who}: second"], order=10)
        assert slot("home_open").fill("Ada") == ["Ada: first", "Ada: second", "Ada: last"]
        assert slot("nobody").fill() == []
    assert contributors(furnished)["home_open"] == ("listening", "telling")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/no-such-page", 404, "Check the address"),
        ("/broken", 500, "It was us, not you"),
        ("/no-database", 503, "Your words were not sent"),
        ("/too-many", 429, "Wait a minute"),
    ],
)
def test_a_page_that_fails_says_what_became_of_your_words(furnished: Flask, path: str, status: int, words: str) -> None:
    page = Visitor(furnished.test_client()).open(path, status)
    assert words in page.words
    assert "0800 1111" in page.words
    assert ("Retry-After" in page.headers) == (status in (429, 503))


def test_a_wrong_method_says_which_are_right(furnished: Flask) -> None:
    reply = furnished.test_client().delete("/own")
    assert reply.status_code == 405
    assert "GET" in reply.headers["Allow"]


def test_a_page_too_far_is_the_nearest_there_is() -> None:
    assert leaf(list(range(25)), 99, 10).items == [20, 21, 22, 23, 24]
    assert leaf(list(range(25)), -3, 10).number == 1
    assert leaf([], 1, 10).last == 1
