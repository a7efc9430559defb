"""Replies: approved words, one way, behind the receipt; and who waits for one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from tests.house.readability import grade, sentences, words
from tests.making import the
from tests.reading import BANNED, Visitor
from tests.rooms.contacting.making import NUMBER, sent
from tests.rooms.listening.making import an_open_activity
from voice import contacting, keeping, safeguarding, storage
from voice.audit.models import AuditRow
from voice.config import OFFERED, settings
from voice.contacting.models import Wish
from voice.keeping.receipts import words_for
from voice.safeguarding.models import Screening

SignIn = Callable[..., Visitor]
CODES = [each.code for each in contacting.replies(lead=True)]
MORE_BANNED = ("promise", "we will keep you safe", "report", "abuse")


def receipt(key: str) -> list[str]:
    return list(words_for(key, settings().receipt_key))


def a_key() -> str:
    return str(uuid.uuid4())


# --- the words


@pytest.mark.parametrize("code", CODES)
def test_each_reply_is_approved_by_name_and_stands_in_every_language(code: str) -> None:
    reply = contacting.reply_of_code(code)
    assert reply.approved_by.strip()
    assert isinstance(reply.approved_on, date)
    assert set(reply.text) == set(OFFERED.split(","))
    for language, text in reply.text.items():
        assert text.strip() == text
        assert not set("\"'") & set(text), f"{code} {language}: a straight quote"
        for number in ("999", "0800 1111"):
            assert (number in text) == (number in reply.text["en"]), f"{code} {language}: {number}"


@pytest.mark.parametrize("code", CODES)
def test_each_reply_is_in_words_a_nine_year_old_reads(code: str) -> None:
    for language in ("en", "easy"):
        text = contacting.reply_of_code(code).text[language]
        plain = text.replace("0800 1111", "them").replace("999", "them")
        assert grade([plain]) <= 4, f"{code} {language}: {grade([plain]):.1f}"
        assert max(len(words(each)) for each in sentences(plain)) <= (20 if language == "en" else 15)
        assert not [each for each in (*BANNED, *MORE_BANNED) if each in text.lower()]


def test_what_only_leads_may_say_is_not_offered_to_others() -> None:
    offered = contacting.replies()
    assert 6 <= len(offered) < len(CODES) <= 16
    assert not any(each.tells for each in offered)


def test_words_nobody_checked_stand_beside_english(app: Flask) -> None:
    reply = contacting.replies()[0]
    assert reply.beside("ur") == reply.text["en"]
    assert reply.beside("en") is None
    assert reply.beside("easy") is None


# --- the receipt


def test_the_receipts_of_all_who_have_no_reply_are_the_same_bytes(app: Flask) -> None:
    """Bar G3: what was asked for, and whether it worries us, shows nowhere until a person acts."""
    an_open_activity()
    keys = [a_key() for _ in range(4)]
    sent("tell", key=keys[0])
    sent("reply", key=keys[1])
    sent("contact", key=keys[2])
    sent("tell", key=keys[3], words="My dad hits me every night.")
    assert safeguarding.waiting() == 2
    pages = set()
    for key in keys:
        page = app.test_client().post("/your-receipt", data={"word": receipt(key)}).get_data(as_text=True)
        for word in receipt(key):
            page = page.replace(f'value="{word}"', "")
        pages.add(page)
    assert len(pages) == 1


def test_a_reply_comes_up_under_the_stages_alike_for_both(app: Flask, visitor: Visitor) -> None:
    an_open_activity()
    calm, worried = a_key(), a_key()
    ids = sent("reply", key=calm), sent("reply", key=worried, words="My dad hits me every night.")
    for submission_id in ids:
        contacting.reply(submission_id, "read_it", the("officer"))
    storage.commit()
    text = contacting.reply_of_code("read_it").text
    for key in (calm, worried):
        visitor.open("/your-receipt")
        page = visitor.press("See what we did", word=receipt(key))
        assert text["en"] in page.words
        assert "hits" not in page.words
    raw = app.test_client().post("/ur/your-receipt", data={"word": receipt(calm)}).get_data(as_text=True)
    assert text["ur"] in raw
    assert text["en"] in raw


# --- the officer


def test_an_officer_reads_and_leaves_approved_words(signed_in: SignIn) -> None:
    an_open_activity()
    submission_id = sent("reply", words="More buses please.")
    row = storage.session().query(Wish).one()
    row.asked_on = storage.today() - timedelta(days=3)
    storage.commit()
    officer = signed_in("officer")
    page = officer.open("/work/replies")
    assert "Waits 3 days" in page.words
    assert "More buses" not in page.words
    before = storage.session().query(AuditRow).filter_by(what="read raw").count()
    page = officer.follow("Read and reply")
    assert "More buses please." in page.words
    assert storage.session().query(AuditRow).filter_by(what="read raw").count() == before + 1
    assert "Pick the words to leave." in officer.press("Leave this reply", status=400).words
    officer.press("Leave this reply", code="told_someone", status=400)
    page = officer.press("Leave this reply", code="passed_on")
    assert "Nobody waits for a reply." in page.words
    assert [each.code for each, _day in contacting.replies_to(submission_id)] == ["passed_on"]
    officer.open(f"/work/replies/{submission_id}", status=404)


def test_what_a_lead_must_see_first_is_not_the_officers_to_answer(signed_in: SignIn) -> None:
    an_open_activity()
    worried = sent("reply", words="My dad hits me every night.")
    quiet = sent("tell", words="More buses please.")
    officer = signed_in("officer")
    assert "Nobody waits for a reply." in officer.open("/work/replies").words
    officer.open(f"/work/replies/{worried}", status=404)
    officer.open(f"/work/replies/{quiet}", status=404)
    lead = signed_in("safeguarding_lead", email="another@demo.example")
    assert "1 more waits with a worry." in lead.open("/work/replies").words
    lead.open(f"/work/replies/{worried}", status=403)


# --- the lead


def test_a_lead_sees_how_to_reach_them_and_notes_what_came_of_it(signed_in: SignIn) -> None:
    an_open_activity()
    submission_id = sent("contact")
    lead = signed_in("safeguarding_lead", email="another@demo.example")
    page = lead.open("/safeguarding")
    assert "wants us to contact them" in page.words
    assert NUMBER not in page.words
    page = lead.press("Open")
    for said in ("They ask us to contact them", NUMBER, "Sam", "Never ring them at home."):
        assert said in page.words
    assert storage.session().query(AuditRow).filter_by(what="read how to reach someone").count() == 1
    assert "could not reach them" in lead.press("I could not reach them").words
    assert "reached them" in lead.press("I reached them today").words
    assert [each.outcome for each in contacting.tries(submission_id)] in (["not_reached", "reached"], ["reached", "not_reached"])
    page = lead.press("Leave this reply", code="tried_to_reach")
    assert [each.code for each, _day in contacting.replies_to(submission_id)] == ["tried_to_reach"]
    assert "tried to reach you" in page.words


@pytest.mark.parametrize("role", ["officer", "administrator", "board_member"])
def test_nobody_but_leads_can_reach_or_answer_them(signed_in: SignIn, role: str) -> None:
    an_open_activity()
    sent("contact")
    concern_id = storage.session().query(Screening).one().id
    someone = signed_in(role)
    for path in (f"/safeguarding/{concern_id}/contacted", f"/safeguarding/{concern_id}/reply"):
        assert someone.client.post(path).status_code in (400, 403)
    assert contacting.tries(storage.session().query(Wish).one().submission_id) == []


def test_a_reply_nobody_approved_is_left_to_nobody(app: Flask) -> None:
    an_open_activity()
    with pytest.raises(KeyError):
        contacting.reply(sent("reply"), "whatever", the("officer"))
    assert keeping.sent(storage.session().query(Wish).one().submission_id)


def test_what_we_hold_under_a_receipt_tells_of_it_without_a_number(signed_in: SignIn) -> None:
    an_open_activity()
    key = a_key()
    contacting.reply(sent("contact", key=key), "read_it", the("officer"))
    storage.commit()
    officer = signed_in("officer")
    token = officer.open("/work/what-we-hold").one("main [name=csrf_token]")["value"]
    reply = officer.client.post("/work/what-we-hold", data={"csrf_token": token, "words": " ".join(receipt(key)), "kind": "json"})
    words = reply.get_data(as_text=True)
    assert "To be contacted." in words
    assert contacting.reply_of_code("read_it").text["en"] in words
    assert NUMBER not in words
