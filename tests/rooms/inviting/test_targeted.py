"""What a group asked on purpose says is seen by the people named for it, and by nobody else in the office; on both databases."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pytest
from flask import Flask

from tests.making import a_member, a_priority, a_theme, a_view, an_activity, sign_in
from tests.rooms.inviting.making import a_group
from voice import inviting, keeping, reading, safeguarding, storage, understanding
from voice.keeping import Facts
from voice.reviewing.queries import cards

SAID = "Our social worker changed four times."


@dataclass
class County:
    """A targeted group that has spoken once, an officer named for it, one who is not."""

    named: uuid.UUID
    other: uuid.UUID
    group: uuid.UUID
    view: uuid.UUID


@pytest.fixture
def county(app: Flask) -> County:
    named, other = a_member("officer", email="named@demo.example"), a_member("officer", email="other@demo.example")
    an_activity()
    group = a_group("targeted", activity="my-week", readers=[named], audience="Care leavers", name="Thursday circle")
    view = a_view(SAID, cleared=False, facts=Facts(age_band="14_16", way_in="group_code", group_id=group))
    return County(named, other, group, view)


def test_doors_open_to_those_named_alone(county: County) -> None:
    view, named = county.view, county.named
    for by in (county.other, None):
        assert reading.next_to_read(by=by) == []
        assert reading.how_many_wait(by) == 0
        assert reading.search("social worker", by=by) == []
        assert reading.standing(view, by) is None
        assert reading.waiting_again([view], by) == []
        assert reading.take_up([view], by) == []
        assert reading.open_to([view], by) == set()
    assert reading.open_raw([view], county.other) == []
    assert reading.next_to_read(by=named) == [view]
    assert reading.how_many_wait(named) == 1
    assert reading.search("social worker", by=named) == [view]
    assert [raw.words for raw in reading.open_raw([view], named)] == [SAID]
    assert reading.take_up([view], named) == [view]


def test_cleared_words_stay_with_those_named(county: County) -> None:
    reading.clear([county.view], county.named)
    priority = a_priority("1")
    assert understanding.unsorted_views(by=county.other) == []
    assert understanding.how_many_unsorted(by=county.other) == 0
    assert understanding.unsorted_views(by=county.named) == [county.view]
    understanding.confirm(county.view, [priority.id], county.named)
    assert understanding.tagged_views(priority.id, by=county.other) == []
    assert understanding.tagged_views(priority.id, by=county.named) == [county.view]
    assert reading.shown([county.view]) == reading.shown([county.view], county.other) == {}
    assert list(reading.shown([county.view], county.named)) == [county.view]


def test_an_officer_who_is_not_named_meets_nothing_of_it_anywhere(county: County, app: Flask) -> None:
    other = sign_in(app, "other@demo.example")
    view = county.view
    for path in ("/work", "/work/many", "/work/sort", "/work/themes", "/work/search", f"/work?at={view}", f"/work?after={view}"):
        page = other.open(path)
        assert "social worker" not in page.words
        assert "1" not in [each.get_text() for each in page.soup.select(".deskbar .num")]
    other.open("/work/search")
    assert "social worker changed" not in other.press("Search", wanted="worker").words
    other.open(f"/work/view/{view}", status=404)
    token = other.open("/work/search").one("form[action*=search] [name=csrf_token]")["value"]
    for path, data in {
        f"/work/view/{view}/decide": {"decision": "clear"},
        "/work/many": {"view": str(view)},
        f"/work/sort/{view}": {"tag": "1"},
        f"/work/view/{view}/put-back": {},
    }.items():
        other.client.post(path, data={"csrf_token": token, **data})
    storage.session().rollback()
    assert reading.decisions([view]) == {}
    assert understanding.tags_of([view]) == {}


def test_a_named_officer_reads_it_as_any_other_view(county: County, app: Flask) -> None:
    page = sign_in(app, "named@demo.example").open("/work")
    assert SAID in page.words
    assert "Thursday circle" not in page.words
    assert "Care leavers" not in page.words


def test_the_themes_of_others_do_not_count_it(county: County, app: Flask) -> None:
    reading.clear([county.view], county.named)
    understanding.confirm(county.view, [a_priority("1").id], county.named)
    a_theme(views=[a_view(), county.view])
    other, named = sign_in(app, "other@demo.example"), sign_in(app, "named@demo.example")
    slug = understanding.themes(a_priority("1").plan_id)[0].slug
    assert SAID not in other.open(f"/work/themes/{slug}").words
    assert SAID in named.open(f"/work/themes/{slug}").words
    theme_id = understanding.themes(a_priority("1").plan_id)[0].id
    assert understanding.pick_quotes(theme_id, [county.view], county.named) == 0
    assert understanding.public_quotes(theme_id) == []


def test_the_board_weighs_what_a_named_reader_put_into_a_theme(county: County) -> None:
    reading.clear([county.view], county.named)
    theme = a_theme(views=[county.view])
    assert [each.words for each in cards(theme)] == [SAID]


def test_a_worry_always_reaches_the_leads(county: County) -> None:
    kept = keeping.keep(
        str(uuid.uuid4()),
        activity_id=an_activity(),
        answers={},
        words=[("would_change", "My step dad hits me")],
        facts=Facts(group_id=county.group),
    )
    assert safeguarding.screen_submission(kept.submission_id, ["My step dad hits me"], language="en")
    storage.commit()
    assert [each.submission_id for each in safeguarding.concerns()] == [kept.submission_id]


def test_whoever_is_named_later_sees_what_was_said_before(county: County) -> None:
    inviting.name_readers(county.group, [county.named, county.other], county.named)
    storage.commit()
    assert reading.next_to_read(by=county.other) == [county.view]


def test_the_words_of_a_class_are_everyones_to_read(county: County) -> None:
    group = a_group(activity="my-week")
    view = a_view("Longer lunch.", cleared=False, facts=Facts(group_id=group))
    assert reading.next_to_read(by=county.other) == [view]
    assert reading.next_to_read() == [view]
