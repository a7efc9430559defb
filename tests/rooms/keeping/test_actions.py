"""Every submission has words of its own, for good, on both databases."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.rooms.listening.making import an_open_activity
from voice import keeping, storage
from voice.keeping import Facts, Kept, actions, receipts
from voice.keeping.models import Submission

TAKEN = ("ant", "ant", "ant", "ant", "ant")
Words = Callable[..., tuple[str, ...]]


@pytest.fixture
def alike(monkeypatch: pytest.MonkeyPatch) -> Words:
    """All keys have the same first words; each has its own afterwards."""
    real = receipts.words_for

    def words_for(key: str, secret: bytes, again: int = 0) -> tuple[str, ...]:
        return real(key, secret, again) if again else TAKEN

    monkeypatch.setattr(receipts, "words_for", words_for)
    return real


def sent(key: str, activity_id: uuid.UUID, words: str = "The bus is late.", **facts: object) -> Kept:
    kept = keeping.keep(key, activity_id=activity_id, answers={}, words=[("change", words)], facts=Facts(**facts))  # type: ignore[arg-type]
    storage.commit()
    return kept


def a_key() -> str:
    return str(uuid.uuid4())


def test_two_children_with_the_same_five_words_are_both_kept(app: Flask, alike: Words) -> None:
    activity_id, one, other = an_open_activity(), a_key(), a_key()
    first, second = sent(one, activity_id), sent(other, activity_id)
    assert first.words == TAKEN
    assert second.words != TAKEN
    for _ in range(2):
        assert sent(one, activity_id).words == first.words
        assert sent(other, activity_id).words == second.words
    found = [keeping.find(kept.words) for kept in (first, second)]
    assert [each and each.id for each in found] == [first.submission_id, second.submission_id]


def test_words_of_one_that_was_taken_back_go_to_nobody_else(app: Flask, alike: Words) -> None:
    activity_id, one = an_open_activity(), a_key()
    keeping.erase(sent(one, activity_id).submission_id)
    storage.commit()
    assert sent(a_key(), activity_id).words != TAKEN
    with pytest.raises(keeping.AlreadyTakenBack):
        sent(one, activity_id)


def meanwhile(app: Flask, act: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """Begin this in a thread and a transaction of its own; what came of it, once that thread has ended."""
    came: list[object] = []

    def run() -> None:
        with app.app_context():
            try:
                came.append(act())
            except keeping.AlreadyTakenBack as refused:
                came.append(refused)
            finally:
                storage.session().rollback()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(0.3)  # on PostgreSQL it waits in its statement now, on SQLite for its turn
    return thread, came


def test_two_with_the_same_words_at_the_same_moment_are_both_kept(app: Flask, alike: Words) -> None:
    activity_id, one, other = an_open_activity(), a_key(), a_key()
    first = keeping.keep(one, activity_id=activity_id, answers={}, words=[("change", "One")])
    thread, came = meanwhile(app, lambda: sent(other, activity_id))
    storage.commit()
    thread.join(20)
    (second,) = came
    assert isinstance(second, Kept)
    assert (first.words == TAKEN, second.words == TAKEN) == (True, False)
    assert storage.session().scalar(select(func.count()).select_from(Submission)) == 2


def test_what_is_taken_back_while_it_is_sent_again_stays_away(app: Flask) -> None:
    activity_id, key = an_open_activity(), a_key()
    keeping.erase(sent(key, activity_id).submission_id)
    thread, came = meanwhile(app, lambda: sent(key, activity_id))
    storage.commit()
    thread.join(20)
    assert isinstance(came[0], keeping.AlreadyTakenBack)
    assert storage.session().scalar(select(func.count()).select_from(Submission)) == 0


def test_when_all_tries_are_taken_it_says_so_and_keeps_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    activity_id = an_open_activity()
    monkeypatch.setattr(receipts, "words_for", lambda *_: TAKEN)
    sent(a_key(), activity_id)
    with pytest.raises(RuntimeError, match="five words are too few"):
        sent(a_key(), activity_id)
    storage.session().rollback()
    assert storage.session().scalar(select(func.count()).select_from(Submission)) == 1


def test_a_slip_never_has_words_that_are_taken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    activity_id, real, calls = an_open_activity(), receipts.words_for, list[str]()
    kept, gone = sent(a_key(), activity_id), sent(a_key(), activity_id)
    keeping.erase(gone.submission_id)
    storage.commit()

    def words_for(key: str, secret: bytes, again: int = 0) -> tuple[str, ...]:
        calls.append(key)
        return {1: kept.words, 2: gone.words, 3: TAKEN, 4: TAKEN}.get(len(calls)) or real(key, secret, again)

    monkeypatch.setattr(receipts, "words_for", words_for)
    issued = keeping.issue(6)
    assert len({each.words for each in issued}) == len({each.key for each in issued}) == 6
    assert not {kept.words, gone.words} & {each.words for each in issued}


def test_a_slip_whose_words_went_to_somebody_meanwhile_gets_others_and_says_so(app: Flask, alike: Words) -> None:
    activity_id, issued = an_open_activity(), keeping.issue(1)[0]
    assert issued.words == TAKEN
    sent(a_key(), activity_id)
    kept = sent(issued.key, activity_id)
    assert kept.words != TAKEN
    assert sent(issued.key, activity_id).words == kept.words


def test_what_was_kept_before_there_were_wordings_and_groups_is_still_known() -> None:
    activity_id = uuid.UUID(int=7)
    before = b'["00000000-0000-0000-0000-000000000007",{"safe":["yes"]},[["change","words"]],"11_13",null,null,true]'
    facts = Facts(age_band="11_13", may_be_quoted=True, way_in="qr", language="cy")
    assert actions._canonical(activity_id, {"safe": ["yes"]}, (("change", "words"),), facts) == before


def test_another_wording_or_group_is_another_submission(app: Flask) -> None:
    activity_id, key = an_open_activity(), a_key()
    sent(key, activity_id, wording="younger")
    sent(key, activity_id, wording="younger", way_in="hand_over")
    for facts in ({}, {"wording": "middle"}, {"wording": "younger", "group_id": uuid.uuid4()}):
        with pytest.raises(keeping.DifferentWords):
            sent(key, activity_id, **facts)


def test_a_key_is_known_while_kept_and_after(app: Flask) -> None:
    activity_id, key = an_open_activity(), a_key()
    assert not keeping.is_known(key)
    kept = sent(key, activity_id)
    assert keeping.is_known(key.upper())
    keeping.erase(kept.submission_id)
    storage.commit()
    assert keeping.is_known(key)
