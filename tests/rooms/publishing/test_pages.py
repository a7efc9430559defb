"""What everyone can read: only what is public, in three voices, without a cookie."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from tests.making import a_plan, a_theme, a_view, an_answer, the
from tests.reading import Visitor
from voice import answering, keeping, plans, reviewing, storage, understanding
from voice.answering.models import Answer
from voice.web import slot

EVERY_PAGE = ("/", "/you-said-we-did", "/plan", "/help-now", "/privacy", "/accessibility")
SAID = "Buses stop too early for us."


def address(theme_id: object) -> str:
    found = understanding.theme(theme_id)  # type: ignore[arg-type]
    assert found
    return f"/you-said-we-did/{found.slug}"


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_page_opens_before_anything_is_there(visitor: Visitor, path: str) -> None:
    assert visitor.open(path).heading


@pytest.mark.parametrize("path", [*EVERY_PAGE, "/plan/1", "/you-said-we-did/buses-stop-too-early-for-us"])
def test_a_page_is_the_same_for_everyone_and_kept_by_its_mark(app: Flask, path: str) -> None:
    a_plan()
    an_answer()
    client = app.test_client()
    for encoding in ("identity", "gzip", "br"):
        first = client.get(path, headers={"Accept-Encoding": encoding})
        assert first.headers["Cache-Control"] == "public, max-age=60"
        assert "Set-Cookie" not in first.headers
        again = client.get(path, headers={"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        assert not again.data


@pytest.mark.parametrize("path", [*EVERY_PAGE, "/plan/2", "/you-said-we-did/buses-stop-too-early-for-us"])
def test_every_page_turns_round_for_languages_read_from_the_right(visitor: Visitor, path: str) -> None:
    a_plan()
    an_answer()
    page = visitor.open(f"/qps{path}")
    assert page.soup.html
    assert page.soup.html["dir"] == "rtl"
    assert page.heading.startswith("[") or page.soup.select_one("h1[data-said]") or path == "/plan/2"


def test_members_get_the_same_page_as_everyone(signed_in: Callable[..., Visitor], visitor: Visitor) -> None:
    an_answer()
    assert signed_in("officer").open("/").raw == visitor.open("/").raw


# --- home


def test_home_shows_the_four_newest_answers_and_what_comes_first(visitor: Visitor) -> None:
    a_plan()
    for number in range(5):
        answer_id = an_answer(a_theme(f"Thing {number} is hard."))
        storage.session().get_one(Answer, answer_id).published_on = date(2026, 1, 1) + timedelta(days=number)
    storage.commit()
    page = visitor.open("/")
    assert [each.get_text() for each in page.soup.select("article.theme h3")] == [f"“Thing {number} is hard.”" for number in (4, 3, 2, 1)]
    assert visitor.follow("Be safe").heading == "Be safe"


# --- you said, we did


def test_a_draft_is_never_shown(visitor: Visitor) -> None:
    theme_id = a_theme(SAID)
    an_answer(theme_id, published=False)
    assert SAID not in visitor.open("/you-said-we-did").words
    assert SAID not in visitor.open("/").words
    assert SAID not in visitor.open("/plan/1").words
    assert visitor.open(address(theme_id), 404).soup.select_one("a[href='tel:08001111']")


def test_an_address_that_is_not_there_still_leads_to_help(visitor: Visitor) -> None:
    a_plan()
    for path in ("/you-said-we-did/nothing-like-it", "/plan/99"):
        page = visitor.open(path, 404)
        assert page.soup.select_one("main a[href='tel:999']")


def test_what_the_board_objects_to_goes_back_inside_until_it_is_settled(visitor: Visitor) -> None:
    theme_id = a_theme(SAID, heard=True)
    an_answer(theme_id)
    assert SAID in visitor.open("/you-said-we-did").words
    reviewing.object_to(theme_id, "They said late buses, not early ones.", the("board_member"))
    storage.commit()
    assert SAID not in visitor.open("/you-said-we-did").words
    visitor.open(address(theme_id), 404)
    reviewing.settle(reviewing.objections(theme_id)[0].id, "We put it right.", the("officer"))
    storage.commit()
    assert SAID in visitor.open(address(theme_id)).words


def test_what_waits_for_an_answer_is_named_with_its_day(visitor: Visitor) -> None:
    a_theme("The park is dark.", heard=True)
    a_theme("Lunch is cold.", heard=False)
    a_theme("Only I said this.", views=[a_view()], heard=True)
    reviewing.object_to(a_theme("Nobody said this.", heard=True), "No.", the("board_member"))
    an_answer(a_theme("Answered now.", heard=True))
    storage.commit()
    page = visitor.open("/you-said-we-did")
    assert [each.get_text() for each in page.soup.select(".facts b[data-said]")] == ["“The park is dark.”"]
    assert "The board heard it on" in page.words


def test_answers_can_be_picked_by_part_place_year_and_state(visitor: Visitor) -> None:
    a_plan("herefordshire-2015")
    place = plans.places(a_plan("herefordshire-2015"))[0]
    an_answer(a_theme("One.", priority="2", place=place.code), state="done")
    older = an_answer(a_theme("Two.", priority="4"), state="cant")
    storage.session().get_one(Answer, older).published_on = date(2024, 5, 1)
    storage.commit()
    visitor.open("/you-said-we-did")
    for field, value, left in [
        ("priority", "4", "Two"),
        ("place", place.code, "One"),
        ("year", "2024", "Two"),
        ("state", "done", "One"),
    ]:
        page = visitor.press("Show these", **{"priority": "", "place": "", "year": "", "state": "", field: value})
        assert [each.get_text() for each in page.soup.select("article.theme h3")] == [f"“{left}.”"]
        assert page.one(f"select[name={field}] option[selected]")["value"] == value
    assert "No answer fits that" in visitor.press("Show these", state="will").words
    assert len(visitor.follow("See all the answers").soup.select("article.theme")) == 2


@pytest.mark.parametrize("rubbish", ["year=soon", "priority=%00", "place=<b>", "state=maybe", "page=-3", "page=many", "page=99999999999"])
def test_rubbish_in_the_address_breaks_nothing(visitor: Visitor, rubbish: str) -> None:
    an_answer()
    visitor.open(f"/you-said-we-did?{rubbish}")


def test_a_long_list_has_pages_that_keep_what_was_picked(visitor: Visitor) -> None:
    views = [a_view() for _ in range(3)]
    for number in range(13):
        an_answer(a_theme(f"Thing {number}.", views=views), state="done")
    page = visitor.open("/you-said-we-did?state=done")
    assert len(page.soup.select("article.theme")) == 12
    assert "13 themes" in page.words
    assert len(visitor.follow("Next page").soup.select("article.theme")) == 1
    assert "state=done" in visitor.follow("Page before").path


# --- one story


def test_a_story_is_told_in_three_voices(visitor: Visitor) -> None:
    theme_id = a_theme(SAID, heard=True)
    reviewing.write_words(theme_id, "We miss every club because of it.", the("board_member"))
    day = storage.today() + timedelta(days=90)
    an_answer(theme_id, state="cant", words="We can’t run a bus at ten.", because="It costs too much.", instead="A taxi card.", follow_up_on=day)
    page = visitor.open("/you-said-we-did")
    assert "Board says: fair" in page.words
    page = visitor.follow(SAID)
    for words in (
        f"“{SAID}”",
        "Some of you said this",
        "“We miss every club because of it.”",
        "We can’t, because…",
        "Why: It costs too much.",
        "What we do instead: A taxi card.",
        "From Head of Transport, Herefordshire Council",
        "Board says: fair",
        f"We look at this again on {day.day} ",
    ):
        assert words in page.words, words
    assert page.link("Be safe") == "/plan/1"
    assert page.link("See what we look at") == "/plan/1#know"


def test_silence_of_the_board_is_said(visitor: Visitor) -> None:
    theme_id = a_theme(SAID)
    an_answer(theme_id, verdict=None)
    page = visitor.open(address(theme_id))
    assert "Board: not judged yet" in page.words
    assert "The board said" not in page.words


def test_own_words_are_shown_only_where_their_sender_said_yes_and_a_person_cleared_them(visitor: Visitor) -> None:
    yes = keeping.Facts(may_be_quoted=True)
    views = [
        a_view("the 4.40 never comes", facts=yes),
        a_view("ask Sam at number 9", shown_words="ask […]", facts=yes),
        a_view("not read by anyone", facts=yes, cleared=False),
        a_view("I said no to showing"),
        a_view("far too long. " * 40, facts=yes),
    ]
    theme_id = a_theme(SAID, views=views)
    understanding.pick_quotes(theme_id, views, the("officer"))
    an_answer(theme_id)
    page = visitor.open("/you-said-we-did/buses-stop-too-early-for-us")
    assert {each.get_text() for each in page.soup.select("blockquote p")} == {"“the 4.40 never comes”", "“ask […]”"}


def test_no_more_than_three_are_quoted(app: Flask) -> None:
    views = [a_view(f"Mwy o fysiau i dref {number}", facts=keeping.Facts(may_be_quoted=True, language="cy")) for number in range(5)]
    theme_id = a_theme(views=views)
    understanding.pick_quotes(theme_id, views, the("officer"))
    found = understanding.public_quotes(theme_id)
    assert len(found) == 3
    assert {each.language for each in found} == {"cy"}


def test_words_taken_back_leave_the_story(visitor: Visitor) -> None:
    quoted = a_view("only in my words", facts=keeping.Facts(may_be_quoted=True))
    theme_id = a_theme(SAID, views=[quoted, a_view(), a_view()])
    understanding.pick_quotes(theme_id, [quoted], the("officer"))
    an_answer(theme_id)
    assert "only in my words" in visitor.open(address(theme_id)).words
    keeping.erase(keeping.raw_views([quoted])[0].submission_id)
    storage.commit()
    assert "only in my words" not in visitor.open(address(theme_id)).words


def test_a_story_of_an_earlier_plan_stays_and_leads_to_no_other_plan(visitor: Visitor) -> None:
    theme_id = a_theme(SAID)
    an_answer(theme_id)
    a_plan("calderdale")
    plans.make_current("calderdale")
    storage.commit()
    page = visitor.open(address(theme_id))
    assert not page.soup.select("main a[href^='/plan']")
    assert SAID not in visitor.open("/you-said-we-did").words


# --- the plan


@pytest.mark.parametrize("slug", plans.library_slugs())
def test_every_plan_of_the_library_can_be_read(visitor: Visitor, slug: str) -> None:
    plan_id = a_plan(slug)
    page = visitor.open("/plan")
    for each in plans.priorities(plan_id):
        assert page.link(each.child_title)
        inside = visitor.open(f"/plan/{each.code}")
        assert inside.heading == each.child_title
        assert each.child_sentence in inside.words
        assert len(inside.soup.select(".looked > li")) == len(plans.measures_of(plan_id, each.id))
        assert len(inside.soup.select(".acts > details, .acts > .act")) >= len(plans.actions_of(plan_id, each.id))


def test_a_plan_shows_its_strands_partners_places_boards_and_open_asks(visitor: Visitor) -> None:
    a_plan("hertfordshire-2011")
    page = visitor.open("/plan")
    headings = [each.get_text() for each in page.soup.select("main h2")]
    assert headings[:3] == ["Safeguarding", "Narrowing the gap", "How we work"]
    for words in ("Broxbourne Dacorum", "Youth Board", "Herts Young Homeless group"):
        assert words in page.words
    a_plan("herefordshire-2011")
    plans.make_current("herefordshire-2011")
    storage.commit()
    assert "What will you do?" in visitor.open("/plan").words


def test_a_part_of_the_plan_that_ended_says_so(visitor: Visitor) -> None:
    a_plan()
    document = plans.document_of(a_plan())
    plans.import_plan({**document, "priorities": document["priorities"][:3]})
    storage.commit()
    assert "This part of the plan has ended." in visitor.open("/plan/4").words
    assert not [each for each in visitor.open("/plan").soup.select("main a") if each.get("href") == "/plan/4"]


def test_other_rooms_may_add_to_a_part_of_the_plan(app: Flask, visitor: Visitor) -> None:
    a_plan()
    place = slot("priority_sections", app)
    before = place._contributors
    place.contribute("test", lambda priority: [f"Here is more on {priority.child_title}."])
    try:
        assert "Here is more on Be safe." in visitor.open("/plan/1").words
    finally:
        place._contributors = before


# --- help


def test_help_can_be_called_with_one_tap_and_the_way_out_is_there(visitor: Visitor) -> None:
    page = visitor.open("/help-now")
    assert {str(each["href"]) for each in page.soup.select("main a[href^='tel:']")} == {"tel:999", "tel:08001111", "tel:111", "tel:101"}
    assert page.soup.select_one("header a.leave")
    assert "It does not clear your history." in page.words


def test_years_to_pick_from_are_those_of_this_plan(app: Flask, visitor: Visitor) -> None:
    an_answer()
    assert answering.years() == [storage.today().year]
    options = [each.get_text() for each in visitor.open("/you-said-we-did").soup.select("select[name=year] option")]
    assert options == ["Any year", str(storage.today().year)]
