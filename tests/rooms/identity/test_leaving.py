"""Who has left: the name and all they signed in with go when the record that could name them has had its time; the number stays."""

from __future__ import annotations

import uuid
from datetime import datetime, time

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.making import a_member
from voice import audit, identity, storage
from voice.config import settings
from voice.identity import invitations, people
from voice.identity.models import Authenticator, Member, Passkey
from voice.identity.people_models import Belonging
from voice.identity.queries import NAMELESS
from voice.retention import Rule, months_before, retention_of

pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


def rule() -> Rule:
    return retention_of().all()["names"]


def leave(email: str, months_ago: int) -> uuid.UUID:
    member_id = a_member("officer", email=email)
    identity.close_member(member_id, None)
    day = months_before(storage.today(), months_ago)
    storage.session().get_one(Member, member_id).closed_at = datetime.combine(day, time(), storage.now().tzinfo)
    storage.commit()
    return member_id


def test_the_name_goes_when_the_record_has_had_its_time(app: Flask) -> None:
    a_member("administrator", email="stays@demo.example")
    keep = settings().keep
    lately, long_ago = leave("lately@demo.example", keep.record_months - 1), leave("long.ago@demo.example", keep.record_months)
    lead = leave("a.lead@demo.example", keep.record_months)
    audit.record(lead, "opened", "concern", uuid.uuid4())
    first_lead = leave("first.lead@demo.example", keep.reads_months)
    audit.record(first_lead, "opened", "concern", uuid.uuid4())
    identity.belong(identity.make_organisation("Holme Lacy School", "school", None), None, member_id=long_ago)
    storage.commit()
    assert rule().due(storage.today()) == 2
    assert rule().remove(storage.today(), 40) == 2
    storage.commit()
    assert rule().due(storage.today()) == 0
    kept = {each.id: each for each in storage.session().scalars(select(Member))}
    assert [kept[each].name == NAMELESS for each in (lately, lead, long_ago, first_lead)] == [False, False, True, True]
    assert kept[long_ago].email == f"#{long_ago.hex}"
    for kind in (Authenticator, Passkey, Belonging):
        assert storage.session().scalar(select(func.count()).select_from(kind).where(kind.member_id.in_([long_ago, first_lead]))) == 0
    assert {each.id for each in people.everyone()} >= {lately, lead}
    assert long_ago not in {each.id for each in people.everyone()}
    assert identity.person(long_ago), "the record still says that one person did it"
    assert identity.check_passphrase(f"#{long_ago.hex}", "") is None


def test_where_somebody_comes_from_outlives_their_invitation(app: Flask) -> None:
    """The invitation goes after some weeks. What it said of a school still keeps that school’s words from them."""
    school = identity.make_organisation("Holme Lacy School", "school", None)
    invited = identity.invite("new@demo.example", "New", ["board_worker"], None)
    identity.belong(school, None, invitation_id=invited.id)
    member_id = invitations.take_up(invited.id, "New", "purple kettle orbit marsh").id
    storage.commit()
    far = months_before(storage.today(), -6)
    assert retention_of().all()["invitations"].remove(far, 40) == 1
    storage.commit()
    place = identity.organisation_of(member_id)
    assert place
    assert place.name == "Holme Lacy School"
