"""The officer's desk, as officers meet it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.reading import Visitor
from tests.rooms.understanding.said import a_view, an_activity, submission_of
from voice import audit, identity, keeping, plans, reading, safeguarding, storage, understanding
from voice.understanding.models import Sorting, Tone
from voice.understanding.opinions import tone_loading
from voice.understanding.shelving import count_words

BUS = "the bus by the garage never comes when it rains"
DARK = "the lights are broken and its horrible on the way to the bus"
WORRYING = "my step dad hits me when mum is at work"
PAGES = ("/work", "/work/many", "/work/sort", "/work/search", "/work/themes")


@pytest.fixture
def activity(app: Flask) -> uuid.UUID:
    return an_activity()


@pytest.fixture
def officer(signed_in: Callable[..., Visitor]) -> Visitor:
    return signed_in("officer")


def code_of_first_guess(officer: Visitor) -> str:
    assert officer.page
    return str(officer.page.soup.select("input[name=tag]")[0]["value"])


def wait() -> list[uuid.UUID]:
    storage.session().expire_all()
    return reading.next_to_read()


def test_an_officer_clears_and_tags_with_one_press_and_meets_the_next(activity: uuid.UUID, officer: Visitor) -> None:
    first, second = sorted([a_view(activity, DARK), a_view(activity, BUS)])
    page = officer.open("/work")
    assert page.heading == "Read this view"
    assert "1 of 2" in page.words
    code = code_of_first_guess(officer)
    page = officer.press("Confirm and next", decision="clear", tag=[code])
    assert wait() == [second]
    assert reading.decisions([first]) == {first: "cleared"}
    plan = plans.current_plan()
    assert plan
    priority = plans.priority(plan.id, code)
    assert priority
    assert understanding.tags_of([first]) == {first: [priority.id]}
    assert "Cleared." in page.words


def test_what_the_machine_suggested_is_kept_apart_and_without_words(activity: uuid.UUID, officer: Visitor) -> None:
    view = a_view(activity, DARK)
    officer.open("/work")
    officer.press("Confirm and next", tag=["none"])
    assert understanding.tags_of([view]) == {view: []}
    kept = storage.session().scalars(select(Sorting.suggested).where(Sorting.view_id == view)).one()
    assert len(kept) == 3
    assert {key for each in kept for key in each} == {"priority", "score", "method"}


def test_no_score_is_shown_and_no_guess_is_chosen_for_the_officer(activity: uuid.UUID, officer: Visitor) -> None:
    a_view(activity, DARK)
    page = officer.open("/work")
    assert not page.soup.select("input[name=tag][checked]")
    assert "score" not in page.words.lower()
    assert "said “" in page.words


def test_an_officer_takes_words_out_and_says_why(activity: uuid.UUID, officer: Visitor) -> None:
    view = a_view(activity, BUS)
    page = officer.open("/work")
    assert [mark.get_text() for mark in page.soup.select("mark")] == ["by the garage"]
    page = officer.press("See how it would read", status=400, decision="redact", mark=["by the garage"])
    assert "Choose a reason." in page.words
    page = officer.press("See how it would read", reason="could_be_known")
    assert "the bus […] never comes when it rains" in page.one("#left").get_text()
    assert wait() == [view]
    officer.press("Confirm and next")
    assert reading.shown([view])[view].words == "the bus […] never comes when it rains"


def test_words_that_are_not_there_cannot_be_taken_out(activity: uuid.UUID, officer: Visitor) -> None:
    view = a_view(activity, BUS)
    officer.open("/work")
    page = officer.press("Confirm and next", status=400, decision="redact", parts="Kayleigh", reason="names_someone")
    assert "We did not find words to take out" in page.words
    page = officer.press("Confirm and next", status=400, parts=BUS)
    assert "Nothing would be left to read" in page.words
    assert wait() == [view]


def test_withholding_needs_a_reason(activity: uuid.UUID, officer: Visitor) -> None:
    view = a_view(activity, BUS)
    officer.open("/work")
    officer.press("Confirm and next", status=400, decision="withhold")
    officer.press("Confirm and next", reason="unkind_to_someone")
    assert reading.decisions([view]) == {view: "withheld"}
    assert not reading.shown([view])


def test_raising_a_concern_needs_a_why_and_takes_the_view_away_at_once(activity: uuid.UUID, officer: Visitor) -> None:
    view = a_view(activity, BUS)
    officer.open("/work")
    page = officer.press("Confirm and next", status=400, decision="concern")
    assert "what worries you" in page.words
    page = officer.press("Confirm and next", why="They are out alone late at night.")
    assert "The safeguarding lead has it now." in page.words
    assert "Undo" not in page.words
    assert BUS not in page.raw.decode()
    assert [each.raised_why for each in safeguarding.concerns()] == ["They are out alone late at night."]
    officer.open(f"/work/view/{view}", status=404)


def test_what_a_lead_holds_is_on_no_page_of_the_desk(activity: uuid.UUID, officer: Visitor) -> None:
    held = a_view(activity, WORRYING)
    a_view(activity, "my step dad takes me to football")
    for path in PAGES:
        assert "hits me" not in officer.open(path).raw.decode()
    officer.open("/work/search")
    page = officer.press("Search", wanted="step dad")
    assert "football" in page.words
    assert "hits me" not in page.raw.decode()
    officer.open(f"/work/view/{held}", status=404)
    assert str(held) not in officer.open(f"/work?at={held}").raw.decode()


def test_twenty_at_once_clears_all_but_the_marked(activity: uuid.UUID, officer: Visitor) -> None:
    views = [a_view(activity, f"more swings please {n}") for n in range(5)]
    pointed = a_view(activity, BUS)
    page = officer.open("/work/many")
    assert [str(each["value"]) for each in page.soup.select("input[name=keep][checked]")] == [str(pointed)]
    page = officer.press("Clear all but the marked", keep=[str(pointed), str(views[2])])
    assert "Cleared: 4." in page.words
    assert set(wait()) == {pointed, views[2]}
    assert understanding.how_many_unsorted() == 4


def test_what_was_cleared_among_many_is_sorted_one_at_a_time(activity: uuid.UUID, officer: Visitor) -> None:
    view = a_view(activity, DARK)
    officer.open("/work/many")
    officer.press("Clear all but the marked")
    officer.open("/work/sort")
    code = code_of_first_guess(officer)
    page = officer.press("Confirm and next", status=400)
    assert "Choose what it is about" in page.words
    page = officer.press("Confirm and next", status=400, tag=[code, "none"])
    assert "Not both" in page.words
    page = officer.press("Confirm and next", tag=[code])
    assert "Everything that was read is sorted." in page.words
    assert len(understanding.tags_of([view])[view]) == 1


def test_the_tone_is_the_machines_guess_and_the_officer_puts_it_right(activity: uuid.UUID, officer: Visitor) -> None:
    assert tone_loading().wait(120)
    view = a_view(activity, DARK)
    page = officer.open("/work")
    assert page.one("input[name=tone][value=negative]").parent.get_text().endswith("The machine’s guess")
    assert not page.soup.select("input[name=tone][checked]"), "a guess that nobody chose is no tone"
    officer.press("Confirm and next", tone="mixed", tag=["none"])
    assert understanding.tone_of([view]) == {view: "mixed"}
    assert storage.session().scalars(select(Tone.guessed)).one() == "negative"


def test_a_guess_that_nobody_chose_is_not_kept(activity: uuid.UUID, officer: Visitor) -> None:
    assert tone_loading().wait(120)
    view = a_view(activity, DARK)
    officer.open("/work")
    officer.press("Confirm and next", tag=["none"])
    assert understanding.tone_of([view]) == {}


def test_no_tone_is_guessed_for_what_was_a_concern_or_is_not_english(activity: uuid.UUID, officer: Visitor) -> None:
    assert tone_loading().wait(120)
    worried = a_view(activity, WORRYING)
    concern = safeguarding.concerns()[0].id
    safeguarding.open_concern(concern, _me())
    safeguarding.close(concern, _me(), "referred", "Passed to the social worker.")
    storage.commit()
    page = officer.open(f"/work?at={worried}")
    assert "hits me" in page.words
    assert not page.soup.select("input[name=tone]")
    polish = a_view(activity, "In der Schule ist es laut", language="de")
    assert "The machine’s guess" not in officer.open(f"/work?at={polish}").words


def test_a_tone_goes_when_somebody_is_worried(activity: uuid.UUID, officer: Visitor) -> None:
    view = a_view(activity, DARK)
    officer.open("/work")
    officer.press("Confirm and next", tag=["none"], tone="negative")
    assert understanding.tone_of([view]) == {view: "negative"}
    officer.open(f"/work/view/{view}")
    officer.press("Raise this concern", why="They sound afraid.")
    storage.session().expire_all()
    assert not storage.session().scalars(select(Tone)).all()


def test_every_raw_view_on_a_page_is_on_record_before_it_is_shown(activity: uuid.UUID, officer: Visitor) -> None:
    view = a_view(activity, BUS)

    def reads() -> int:
        return len([each for each in audit.about("view", view) if each.what == "read raw"])

    for number, path in enumerate(("/work", "/work/many", f"/work?at={view}"), start=1):
        officer.open(path)
        assert reads() == number
    officer.open("/work/search")
    officer.press("Search", wanted="garage")
    assert reads() == 4
    officer.open("/work")
    officer.press("Confirm and next")
    before = reads()
    officer.open(f"/work/view/{view}")
    assert reads() == before + 1


def test_an_officer_puts_back_what_was_decided(activity: uuid.UUID, officer: Visitor) -> None:
    view = a_view(activity, BUS)
    officer.open("/work")
    officer.press("Confirm and next", tag=["none"])
    page = officer.press("Undo")
    assert "It waits to be read again." in page.words
    assert wait() == [view]
    assert understanding.tags_of([view]) == {}


def test_a_view_taken_back_while_an_officer_reads_it_changes_nothing(activity: uuid.UUID, officer: Visitor) -> None:
    view = a_view(activity, BUS)
    officer.open("/work")
    keeping.erase(submission_of(view))
    storage.commit()
    page = officer.press("Confirm and next", tag=["none"])
    assert "Nothing was changed." in page.words
    for path in PAGES:
        assert "garage" not in officer.open(path).raw.decode()
    officer.open("/work/search")
    assert "Nothing found" in officer.press("Search", wanted="garage").words


def test_what_another_officer_read_meanwhile_stays_as_they_left_it(activity: uuid.UUID, officer: Visitor) -> None:
    view = a_view(activity, BUS)
    officer.open("/work")
    reading.withhold(view, "names_someone", _me())
    storage.commit()
    officer.press("Confirm and next")
    assert reading.decisions([view]) == {view: "withheld"}


def test_what_is_searched_for_never_stands_in_an_address(activity: uuid.UUID, officer: Visitor) -> None:
    a_view(activity, BUS)
    officer.open("/work/search")
    page = officer.press("Search", wanted="garage")
    assert "garage" not in page.path
    assert page.headers["Cache-Control"] == "no-store"


def test_the_desk_shows_the_week_and_never_the_day_nor_who_said_two_things(activity: uuid.UUID, officer: Visitor) -> None:
    view = a_view(activity, BUS)
    page = officer.open("/work").raw.decode()
    assert str(submission_of(view)) not in page
    assert "he week of" in page


def test_an_officer_gathers_views_into_a_theme(activity: uuid.UUID, officer: Visitor) -> None:
    code = _tagged(activity, officer, BUS, DARK)
    officer.open("/work/themes")
    page = officer.open(f"/work/themes/new?priority={code}")
    chosen = [str(each["value"]) for each in page.soup.select("input[name=view]")]
    officer.press("Make this theme", status=400, view=[], you_said="Naughty children miss the bus")
    page = officer.press("Make this theme", status=400, view=chosen[:1], you_said="Naughty children miss the bus")
    assert "may label a child" in page.words
    page = officer.press("Make this theme", you_said="Waiting for the bus is hard")
    assert page.path.startswith("/work/themes/waiting-for-the-bus-is-hard")
    assert "fewer than 10 views" in page.words
    officer.press("Put them in", view=chosen[1:])
    page = officer.press("Take it out")
    found = understanding.theme_by_slug("waiting-for-the-bus-is-hard")
    assert found
    assert found.views == 1
    page = officer.press("Keep this sentence", you_said="The bus leaves us waiting")
    assert "The bus leaves us waiting" in page.words
    assert "The bus leaves us waiting" in officer.open("/work/themes").words


def test_only_readable_views_of_the_priority_go_into_a_theme(activity: uuid.UUID, officer: Visitor) -> None:
    code = _tagged(activity, officer, BUS)
    other = a_view(activity, "more swings please")
    officer.open(f"/work/themes/new?priority={code}")
    officer.press("Make this theme", status=400, view=[str(other)], you_said="More swings")
    assert understanding.themes(_plan()) == []


def test_a_view_opened_again_shows_what_was_decided_and_can_be_sorted_anew(activity: uuid.UUID, officer: Visitor) -> None:
    code = _tagged(activity, officer, BUS)
    view = reading.search("garage")[0]
    page = officer.open(f"/work/view/{view}")
    assert "Cleared" in page.words
    assert [str(each["value"]) for each in page.soup.select("input[name=tag][checked]")] == [code]
    officer.press("Confirm", tag=["none"])
    assert understanding.tags_of([view]) == {view: []}
    page = officer.press("Raise this concern", status=400)
    assert "Write in a few words what worries you" in page.words
    officer.press("Raise this concern", why="They wait alone in the dark.")
    assert safeguarding.waiting() == 1


def test_staff_with_no_work_yet_find_an_empty_desk(signed_in: Callable[..., Visitor]) -> None:
    page = signed_in("analyst").page
    assert page
    assert page.heading == "Where to begin"


@pytest.mark.parametrize(("views", "words"), [(0, "no views"), (1, "fewer than 10 views"), (9, "fewer than 10 views"), (10, "10 views")])
def test_few_views_are_not_counted(app: Flask, views: int, words: str) -> None:
    with app.test_request_context():
        assert count_words(views) == words


@pytest.mark.parametrize("role", ["board_member", "analyst", "safeguarding_lead", "administrator", "partner"])
def test_nobody_but_officers_may_sit_at_the_desk(app: Flask, signed_in: Callable[..., Visitor], role: str) -> None:
    someone = signed_in(role)
    for path in PAGES:
        someone.open(path, status=403)


def test_someone_who_is_not_signed_in_is_led_to_signing_in(visitor: Visitor) -> None:
    for path in PAGES:
        assert visitor.open(path).path.startswith("/sign-in")


def _me() -> uuid.UUID:
    return identity.members_with("officer")[0].id


def _plan() -> uuid.UUID:
    plan = plans.current_plan()
    assert plan
    return plan.id


def _tagged(activity: uuid.UUID, officer: Visitor, *texts: str) -> str:
    """Views read and tied to one priority, by hand; its code."""
    code = plans.priorities(_plan())[0].code
    for text in texts:
        a_view(activity, text)
    for _each in texts:
        officer.open("/work")
        officer.press("Confirm and next", tag=[code])
    return code
