"""Inviting a group, printing its slips, letting each in once; on both databases."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.making import a_member, the
from tests.rooms.inviting.making import a_group, some_slips
from tests.rooms.listening.making import an_open_activity
from voice import asking, audit, identity, inviting, keeping, storage
from voice.asking import Answer
from voice.inviting import BadCode
from voice.inviting.models import GroupCode, InvitedGroup
from voice.keeping import AlreadyTakenBack, DifferentWords
from voice.keeping.models import Submission
from voice.listening import asked, made_ready, take_in


def send(code: str, words: str = "More buses.") -> keeping.Kept:
    found = asked("way")
    assert found
    used = inviting.use_code(code, found.activity.id)
    key = used.key or str(uuid.uuid4())
    kept = take_in(made_ready(found, {"change": Answer(words=words)}, language="en"), key, way_in="group_code", group_id=used.group_id)
    storage.commit()
    return kept


def reason(code: str) -> str:
    with pytest.raises(BadCode) as bad:
        inviting.check_code(code)
    return bad.value.reason


def test_a_slip_gives_the_receipt_that_is_printed_on_it(app: Flask) -> None:
    slips = some_slips(a_group())
    assert len({slip.code for slip in slips}) == len({slip.words for slip in slips}) == 3
    assert inviting.check_code(slips[0].code.lower()) == "way"
    kept = send(slips[0].code)
    assert kept.words == slips[0].words
    assert keeping.find(slips[0].words)
    assert not keeping.find(slips[1].words)
    row = storage.session().get_one(Submission, kept.submission_id)
    assert (row.way_in, row.group_id) == ("group_code", inviting.groups(row.activity_id)[0].id)


def test_a_slip_works_once_and_a_second_send_of_the_same_changes_nothing(app: Flask) -> None:
    first, second, _third = some_slips(a_group())
    kept = send(first.code)
    assert reason(first.code) == "used"
    assert inviting.check_code(second.code) == "way"
    again = send(first.code)
    assert (again.is_new, again.words) == (False, kept.words)
    with pytest.raises(DifferentWords):
        send(first.code, "Something else.")
    storage.session().rollback()
    keeping.erase(kept.submission_id)
    storage.commit()
    with pytest.raises(AlreadyTakenBack):
        send(first.code)


def test_a_code_is_spent_only_with_what_was_said(app: Flask) -> None:
    slip = some_slips(a_group())[0]
    activity = asking.activity("way")
    assert activity
    inviting.use_code(slip.code, activity.id)
    storage.session().rollback()
    assert inviting.check_code(slip.code) == "way"


def test_one_code_for_all_lets_a_class_in_and_carries_no_receipt(app: Flask) -> None:
    slips = some_slips(a_group(one_use=False), 30)
    assert len({slip.code for slip in slips}) == 1
    assert {slip.words for slip in slips} == {()}
    receipts = {send(slips[0].code).words for _ in range(3)}
    assert len(receipts) == 3
    assert inviting.check_code(slips[0].code) == "way"


def test_an_expired_slip_lets_nobody_begin_but_what_waited_on_a_phone_still_comes_in(app: Flask) -> None:
    group = a_group(expires_on=storage.today())
    slip, late, later = some_slips(group)
    row = storage.session().get_one(InvitedGroup, group)
    row.made_on = row.expires_on = storage.today() - timedelta(days=1)
    storage.commit()
    assert reason(slip.code) == "expired"
    assert send(late.code).words == late.words
    row.made_on = row.expires_on = storage.today() - timedelta(days=31)
    storage.commit()
    with pytest.raises(BadCode):
        send(later.code)


def test_codes_that_were_ended_let_nobody_begin(app: Flask) -> None:
    each, shared = a_group(), a_group(one_use=False, name="Oak")
    slip, code = some_slips(each)[0].code, some_slips(shared)[0].code
    for group in (each, shared):
        inviting.end_codes(group, the("officer"))
    storage.commit()
    assert (reason(slip), reason(code)) == ("used", "expired")
    assert send(code).is_new


def test_a_code_opens_its_own_activity_alone(app: Flask) -> None:
    slip = some_slips(a_group())[0]
    other = an_open_activity("other", readers=False)
    with pytest.raises(BadCode):
        inviting.use_code(slip.code, other)
    assert reason("K7PM-2XWD") == reason("") == "unknown"


def test_nothing_of_a_printed_slip_is_kept(app: Flask) -> None:
    """Codes and receipts are in no table; the audit row names the group alone."""
    group = a_group()
    slips = some_slips(group, 5)
    tables = storage.Model.metadata.sorted_tables
    kept = " ".join(str(row) for table in tables for row in storage.session().execute(select(table)))
    for slip in slips:
        assert slip.code not in kept
        assert inviting.written(slip.code) not in kept
        assert " ".join(slip.words) not in kept
    assert [row.what for row in audit.about("group", group)] == ["group invited", "codes made"]
    assert len(list(storage.session().scalars(select(GroupCode)))) == 5


def test_slips_come_in_an_order_that_tells_nothing(app: Flask) -> None:
    group = a_group()
    slips = some_slips(group, 60)
    assert [slip.code for slip in slips] != sorted(slip.code for slip in slips)
    assert len({slip.code for slip in some_slips(group, 60)} | {slip.code for slip in slips}) == 120


def test_nobody_makes_slips_without_end(app: Flask) -> None:
    group = a_group()
    for wrong in (0, 501):
        with pytest.raises(ValueError, match=str(wrong)):
            inviting.make_slips(group, wrong, the("officer"))


def test_a_targeted_group_names_who_may_see_it(app: Flask) -> None:
    named, other = a_member("officer", email="named@demo.example"), a_member("officer", email="other@demo.example")
    with pytest.raises(inviting.NobodyToRead):
        a_group("targeted")
    storage.session().rollback()
    group = a_group("targeted", readers=[named], audience="care leavers")
    assert inviting.may_read(group, named)
    assert not inviting.may_read(group, other)
    with pytest.raises(inviting.NotYours):
        inviting.name_readers(group, [other], other)
    inviting.name_readers(group, [named, other], named)
    assert inviting.may_read(group, other)
    with pytest.raises(inviting.NobodyToRead):
        inviting.name_readers(group, [], named)


def test_a_group_whose_readers_have_all_left_is_named_anew_by_any_officer(app: Flask) -> None:
    named, other = a_member("officer", email="named@demo.example"), a_member("officer", email="other@demo.example")
    group = a_group("targeted", readers=[named], audience="Care leavers")
    with pytest.raises(inviting.NotYours):
        inviting.name_readers(group, [other], other)
    identity.close_member(named, None)
    storage.commit()
    inviting.name_readers(group, [other], other)
    assert inviting.may_read(group, other)
    with pytest.raises(inviting.NotYours):
        inviting.name_readers(group, [other], a_member("publisher"))


def test_a_class_is_everyones_to_read(app: Flask) -> None:
    group = a_group(readers=[the("publisher")])
    assert inviting.may_read(group, the("officer"))
    facts = inviting.group(group)
    assert facts
    assert (facts.readers, facts.audience) == (frozenset(), None)
