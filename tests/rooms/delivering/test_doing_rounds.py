"""The monitoring round by a real mail server: one letter an owner, one reminder, whatever stops in between. On both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from tests.making import a_member
from tests.reading import Visitor
from tests.rooms.delivering.making_doing import OWNER, ago, own, own_measure, owner, said
from tests.rooms.safeguarding.postbox import Postbox, a_post_server
from voice import identity, storage
from voice.delivering.doing.models import ActionOwner, ActionUpdate, MonitoringItem, MonitoringRound
from voice.delivering.doing.workers import keep_asking


@pytest.fixture
def post(app: Flask) -> Iterator[Postbox]:
    with a_post_server(app) as box:
        yield box


def _run() -> int:
    sent = keep_asking()
    storage.commit()
    return sent


def _back(days: int) -> None:
    """So many days go by, for what was asked."""
    for row in storage.session().scalars(select(MonitoringRound)):
        row.asked_on, row.letter_on = ago((storage.today() - row.asked_on).days + days), row.letter_on
    storage.commit()


def test_one_letter_for_all_that_is_due_and_no_word_of_it(app: Flask, post: Postbox) -> None:
    own(since=200)
    said(days_ago=190, words="We saw Bethany twice.")
    own("dental-health", since=175)  # falls due soon
    own("healthy-start", since=20)
    own_measure(since=100)
    assert _run() == 1
    assert _run() == 0
    (to, subject, words) = post.letters[0]
    assert (to, subject) == (OWNER, "How does your part of the plan go?")
    assert "/work/mine" in words
    assert "Bethany" not in words
    assert storage.session().query(MonitoringItem).count() == 3


def test_who_has_not_said_anything_is_reminded_once_after_fourteen_days(app: Flask, post: Postbox) -> None:
    own(since=200)
    _run()
    _back(13)
    assert _run() == 0
    _back(1)
    assert _run() == 1
    assert post.letters[1][1] == "Still to say: how your part of the plan goes"
    _back(20)
    assert _run() == 0
    assert len(post.letters) == 2


def test_who_said_it_is_not_reminded_and_asked_anew_half_a_year_later(app: Flask, post: Postbox) -> None:
    action = own(since=200)
    _run()
    said(days_ago=0)
    _back(30)
    assert _run() == 0
    fields = {"status": "on_the_way", "role": "Head", "organisation": "Council", "said_by": owner()}
    storage.session().add(ActionUpdate(action_id=action.id, said_on=ago(190), **fields))  # as if that word were half a year old by now
    storage.commit()
    assert _run() == 1


def test_each_owner_has_a_letter_of_their_own_and_a_new_owner_is_asked(app: Flask, post: Postbox) -> None:
    own(since=200)
    other = a_member("partner", email="other@demo.example")
    own("dental-health", since=200, member_id=other)
    assert _run() == 2
    own(since=200, member_id=other)
    assert _run() == 0  # one a day at most; it stands on their page
    _back(1)
    own("healthy-start", since=200, member_id=other)
    assert _run() == 1
    assert sorted(post.to()) == sorted([OWNER, "other@demo.example", "other@demo.example"])


def test_nobody_is_asked_about_what_is_over_or_nobodys_nor_who_has_left(app: Flask, post: Postbox) -> None:
    own(since=300)
    said(status="done", days_ago=250)
    own("dental-health", since=300, nobody=True)
    gone = a_member("partner", email="gone@demo.example")
    own("healthy-start", since=300, member_id=gone)
    identity.close_member(gone, None)
    storage.commit()
    assert _run() == 0


def test_a_letter_that_could_not_go_is_tried_again_and_goes_once(app: Flask, post: Postbox) -> None:
    own(since=200)
    post.how = "refuse"
    assert _run() == 0
    assert _run() == 0
    post.how = "take"
    assert _run() == 1
    assert _run() == 0
    assert post.to() == [OWNER]
    assert storage.session().query(MonitoringRound).count() == 1


def test_what_stops_between_asking_and_sending_asks_nobody_twice(app: Flask, post: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    own(since=200)

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("voice.delivering.doing.letters.word_is_due", stop)
        with pytest.raises(KeyboardInterrupt):
            keep_asking()
    storage.session().rollback()
    _run()
    assert storage.session().query(MonitoringRound).count() == 1
    assert len(post.letters) <= 1


def test_while_an_owner_is_away_whoever_stands_in_is_asked(app: Flask, post: Postbox) -> None:
    deputy = a_member("answer_owner", email="deputy-owner@demo.example")
    own(since=200)
    identity.hand_over(owner(), deputy, storage.today(), storage.today(), None)
    storage.commit()
    _run()
    assert post.to() == ["deputy-owner@demo.example"]


def test_the_letter_leads_to_the_page_and_two_taps_are_enough(app: Flask, post: Postbox, signed_in: Callable[..., Visitor]) -> None:
    action = own(since=200)
    _run()
    desk = signed_in("partner", email="somebody@demo.example")
    own(since=200, member_id=next(each.id for each in identity.members_with("partner")))
    page = desk.open("/work/mine")
    assert "One thing of yours in the plan waits for your word." in page.words
    desk.press("Save", **{f"{action.key}-status": "on_the_way"})
    assert "Nothing of yours waits for your word now." in desk.page.words
    assert storage.session().query(ActionUpdate).count() == 1
    assert storage.session().get_one(ActionOwner, action.id).given_on == ago(200)
