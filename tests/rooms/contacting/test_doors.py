"""A child picks what they want back: nothing, a reply, or someone who contacts them."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from flask import Flask

from tests.making import the
from tests.reading import Visitor
from tests.rooms.contacting.making import CONTACT, NUMBER, contact_of, sent, to_contact
from tests.rooms.listening.making import SHORT, an_open_activity, to_check
from voice import contacting, keeping, safeguarding, storage
from voice.contacting.models import ContactRequest, ContactTry, Wish
from voice.keeping.models import Submission
from voice.safeguarding.models import Screening

FILLED = {"c.name": "Sam", "c.how": "phone", "c.where": NUMBER, "c.when": "After school", "c.never_home": "yes"}


def the_submission() -> uuid.UUID:
    return storage.session().query(Submission).one().id


def test_three_doors_stand_side_by_side_and_none_is_picked(visitor: Visitor) -> None:
    an_open_activity()
    assert "ask us to contact you" in visitor.open("/take-part/way").words
    page = to_check(visitor, change="More buses")
    doors = page.soup.select("[name=door]")
    assert [each["value"] for each in doors] == ["tell", "reply", "contact"]
    assert not any(each.has_attr("checked") for each in doors)


@pytest.mark.parametrize("door", [{}, {"door": "tell"}, {"door": "reply"}])
def test_without_contact_it_is_sent_at_once(visitor: Visitor, door: dict[str, str]) -> None:
    an_open_activity()
    to_check(visitor, change="More buses")
    assert visitor.press("Send it", **door).heading == "Thank you. We have it."
    standing = contacting.standing(the_submission())
    assert (standing.door if standing else "tell") == door.get("door", "tell")
    assert not storage.session().query(Screening).one().is_concern
    assert storage.session().query(ContactRequest).count() == 0


def test_please_contact_me_asks_how_and_is_always_a_concern(visitor: Visitor) -> None:
    an_open_activity()
    page = to_contact(visitor)
    assert page.heading == "How can we reach you safely?"
    assert page.one("title").get_text().startswith("One more page")
    assert storage.session().query(Submission).count() == 0
    page = visitor.press("Send it", **FILLED)
    assert page.heading == "Thank you. We have it."
    assert NUMBER not in page.words
    row = storage.session().query(Screening).one()
    assert row.is_concern
    assert row.kinds == ["contact_asked"]
    found = contact_of(the_submission(), the("safeguarding_lead"))
    assert found
    assert (found.name, found.how, found.where, found.never_home) == ("Sam", "phone", NUMBER, True)


def test_without_a_way_to_reach_them_the_page_says_so_and_loses_nothing(visitor: Visitor) -> None:
    an_open_activity()
    to_contact(visitor)
    page = visitor.press("Send it", **{"c.name": "Sam", "c.when": "Mondays"})
    assert "Tell us how we can reach you." in page.one("#why").get_text()
    assert page.one("[name='c.name']")["value"] == "Sam"
    assert storage.session().query(Submission).count() == 0
    page = visitor.press("Send it", **{"c.where": "x" * 301})
    assert "too long" in page.one("#why").get_text()
    assert visitor.press("Send it", **{"c.where": "Ask for me at the youth club"}).heading == "Thank you. We have it."


def test_back_and_another_language_keep_what_was_typed_and_picked(visitor: Visitor) -> None:
    an_open_activity()
    to_contact(visitor)
    page = visitor.press("Back", **FILLED)
    assert page.heading == "Check what you said"
    assert page.one("[name=door][checked]")["value"] == "contact"
    assert len(page.soup.select("[name=door]")) == 3
    page = visitor.press("Send it", door="contact")
    assert page.one("[name='c.where']")["value"] == NUMBER
    assert page.one("[name='c.never_home']").has_attr("checked")
    assert len(page.soup.select("[name='c.where']")) == 1


def test_how_to_reach_someone_is_never_read_from_an_address(visitor: Visitor) -> None:
    an_open_activity()
    page = visitor.open("/take-part/way?door=contact&c.where=07700900123")
    assert not page.soup.select("[name=door], [name='c.where']")
    page = visitor.press("Start")
    assert not page.soup.select("[name=door], [name='c.where']")


def test_the_page_after_is_the_same_whichever_door_was_taken(app: Flask) -> None:
    """Bar G3: only the receipt words differ, and the door shows nowhere."""
    an_open_activity()
    pages = set()
    for door in ({}, {"door": "reply"}, {"door": "contact", "on": "contact", "c.where": NUMBER}):
        said = {"key": str(uuid.uuid4()), "on": "check", "go": "send", "a.change": "The bus", **door}
        reply = app.test_client().post("/take-part/way/sent", data=said)
        pages.add((reply.status, re.sub(r"<ol>.*?</ol>|<svg.*?</svg>|value=\"[a-z]+\"", "", reply.get_data(as_text=True), flags=re.S)))
    assert len(pages) == 1


def test_it_lies_sealed_and_goes_with_the_words(app: Flask) -> None:
    an_open_activity()
    submission_id = sent()
    sealed = storage.session().query(ContactRequest).one().sealed
    assert sealed
    for word in (NUMBER, "Sam", "After school"):
        assert word.encode() not in sealed
    assert contact_of(submission_id, the("safeguarding_lead")) == CONTACT
    keeping.erase(submission_id)
    storage.commit()
    assert storage.session().query(ContactRequest).count() == storage.session().query(Wish).count() == 0


def test_a_seal_opens_only_for_its_own_submission(app: Flask) -> None:
    an_open_activity()
    one, other = sent(), sent(words="Another")
    rows = {row.submission_id: row for row in storage.session().query(ContactRequest)}
    rows[other].sealed = rows[one].sealed
    storage.commit()
    with pytest.raises(contacting.Unreadable):
        contact_of(other, the("safeguarding_lead"))


def test_sent_again_with_a_wish_that_was_lost_on_the_way_reaches_the_lead(app: Flask) -> None:
    an_open_activity()
    key = str(uuid.uuid4())
    first = sent("tell", key=key)
    assert safeguarding.waiting() == 0
    assert sent("contact", key=key) == first
    assert safeguarding.waiting() == 1
    row = storage.session().query(Screening).one()
    row.alerted_at = storage.now()
    storage.commit()
    sent("contact", key=key)
    sent("tell", key=key)
    storage.session().expire_all()
    assert storage.session().query(Screening).one().alerted_at is not None, "the same again alerts nobody twice"
    standing = contacting.standing(first)
    assert standing
    assert standing.door == "contact"


def test_a_closed_concern_is_opened_again_by_a_wish_to_be_contacted(app: Flask) -> None:
    an_open_activity()
    key, lead = str(uuid.uuid4()), the("safeguarding_lead")
    sent("tell", key=key)
    row = storage.session().query(Screening).one()
    safeguarding.raise_concern(row.submission_id or uuid.uuid4(), lead, "Look")
    safeguarding.open_concern(row.id, lead)
    safeguarding.close(row.id, lead, "referred", "Done")
    storage.commit()
    sent("contact", key=key)
    storage.session().expire_all()
    assert safeguarding.waiting() == 1
    assert storage.session().query(Screening).one().opened_at is None


def test_it_is_wiped_thirty_days_after_the_last_contact_and_not_before_the_first(app: Flask) -> None:
    an_open_activity()
    submission_id, lead, today = sent(), the("safeguarding_lead"), storage.today()
    assert contacting.wipe_due(today + timedelta(days=400)) == 0
    contacting.note_try(submission_id, "not_reached", lead)
    contacting.note_try(submission_id, "reached", lead)
    first = storage.session().query(ContactTry).filter_by(outcome="not_reached").one()
    first.tried_on = today - timedelta(days=29)
    storage.commit()
    assert contacting.wipe_due(today + timedelta(days=29)) == 0
    assert contacting.wipe_due(today + timedelta(days=30), dry=True) == 1
    assert contacting.wipe_due(today + timedelta(days=30)) == 1
    storage.commit()
    assert contact_of(submission_id, lead) is None
    assert storage.session().query(ContactRequest).one().sealed is None
    standing = contacting.standing(submission_id)
    assert standing
    assert standing.wiped_on == today + timedelta(days=30)


def test_where_nobody_writes_no_door_is_offered(visitor: Visitor) -> None:
    an_open_activity("pick", document={**SHORT, "name": "pick", "questions": SHORT["questions"][:2]})
    visitor.open("/take-part/pick")
    visitor.press("Start")
    visitor.press("Continue", **{"a.safe": "very_safe"})
    page = visitor.press("Continue", **{"a.travel": "bus"})
    assert not page.soup.select("[name=door]")
