"""Every picture is looked at by a person before anyone else sees it, and a worrying one goes to the safeguarding lead alone. Bars G9, G2, S9."""

from __future__ import annotations

import dataclasses
import itertools
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from werkzeug.test import TestResponse

from tests.making import a_member, a_picture, a_submission, an_activity, clean_picture, the
from tests.reading import Visitor, ask
from voice import imaging, inviting, keeping, reading, safeguarding, storage
from voice.audit.models import AuditRow
from voice.config import settings
from voice.keeping.picture_models import Picture
from voice.keeping.workers import carry_out
from voice.reading.models import LockedPicture, PictureLook, PictureMark
from voice.reading.pictures_alike import join
from voice.reading.pictures_queries import alike_pictures, group_pictures, picture, waiting_pictures
from voice.reading.pictures_retention import leave_shown_drawings
from voice.reading.pictures_worrying import take_out_picture, worrying_picture
from voice.reading.workers import look_over_pictures
from voice.storage.files import NoSuchFile

SignedIn = Callable[..., Visitor]
on_sqlite = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
WEBP = b"WEBPVP8"
COLOURS = itertools.count(0x102030, 0x01F3A7)


@pytest.fixture
def as_it_is() -> None:
    """The gate stays the house’s own."""


@pytest.fixture(autouse=True)
def _the_desk_decides(app: Flask, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here it is the desk’s word alone that opens a picture; that only pledges’ are for everybody is held by a test of its own."""
    if "as_it_is" not in request.fixturenames:
        monkeypatch.setitem(app.extensions, "voice.picture gate", reading.may_everyone_see)


def one(words: str = "A bench by the river.", **more: str) -> uuid.UUID:
    """A picture of its own: what colour it has says what it is like."""
    colour = f"#{next(COLOURS):06x}"
    return a_picture(a_submission(words).submission_id, colour=colour, **more)


def kept(picture_id: uuid.UUID) -> keeping.KeptPicture:
    return keeping.pictures([picture_id])[picture_id]


def locked(picture_id: uuid.UUID, lead: uuid.UUID | None = None, why: str = "") -> safeguarding.Concern:
    """Locked by an officer; where a lead is named they have opened its concern."""
    reading.lock_picture(picture_id, the("officer"), why)
    concern_id = storage.session().scalars(select(LockedPicture.concern_id).where(LockedPicture.picture_id == picture_id)).one()
    if lead:
        safeguarding.open_concern(concern_id, lead)
    storage.commit()
    found = safeguarding.concern(concern_id)
    assert found
    return found


def acts(picture_id: uuid.UUID) -> list[str]:
    return list(storage.session().scalars(select(AuditRow.what).where(AuditRow.about_id == str(picture_id)).order_by(AuditRow.number)))


def fetch(visitor: Visitor, path: str) -> TestResponse:
    return ask(lambda: visitor.client.get(path))


def send(visitor: Visitor, path: str, **fields: str) -> TestResponse:
    assert visitor.page
    token = str(visitor.page.soup.select("[name=csrf_token]")[0]["value"])
    return ask(lambda: visitor.client.post(path, data={**fields, "csrf_token": token}))


def public(app: Flask, picture_id: uuid.UUID, mark: str = "") -> int:
    """What everybody gets who asks for it by its name; `mark`: of the copy they have already."""
    file = kept(picture_id).file
    return ask(lambda: app.test_client().get(f"/pictures/{file}/card.webp", headers={"If-None-Match": mark})).status_code


@on_sqlite
def test_nothing_of_a_picture_is_sent_before_somebody_opens_it(app: Flask, signed_in: SignedIn) -> None:
    picture_id, officer = one(alt="A bench"), signed_in("officer")
    file = kept(picture_id).file
    for path in ("/work/pictures", "/work", "/work/start", "/work/pictures/looked-at"):
        page = officer.open(path)
        assert file.encode() not in page.raw
        assert not page.soup.select("main img, main image, main picture, main [src]"), path
    assert "A bench" in officer.open("/work/pictures").words
    assert acts(picture_id) == []
    opened = officer.open(f"/work/pictures/{picture_id}/open")
    address = str(opened.soup.select("image")[0]["href"])
    assert acts(picture_id) == [], "the page holds no pixel yet"
    reply = fetch(officer, address)
    assert WEBP in reply.data
    assert acts(picture_id) == ["picture opened"]
    assert (reply.headers["Content-Type"], reply.headers["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert reply.headers["Cache-Control"] == "no-store"
    assert "sandbox" in reply.headers["Content-Security-Policy"]
    assert public(app, picture_id) == 404


@on_sqlite
@pytest.mark.usefixtures("as_it_is")
def test_what_came_with_a_survey_is_for_the_room_alone_whatever_is_decided(app: Flask) -> None:
    picture_id = one()
    reading.show_picture(picture_id, "A bench", the("officer"))
    storage.commit()
    assert reading.may_everyone_see([picture_id]) == {picture_id}
    assert public(app, picture_id) == 404


@on_sqlite
def test_an_officer_shows_withholds_and_thinks_again(app: Flask, signed_in: SignedIn) -> None:
    picture_id, officer = one("A bench by the weir.", question="would_change"), signed_in("officer")
    page = officer.open(f"/work/pictures/{picture_id}/open")
    assert "A bench by the weir." in page.words
    page = officer.press("Confirm and next", 400)
    assert "Someone who cannot see it reads these words." in page.words
    page = officer.press("Confirm and next", alt="A drawing  of a bench")
    assert "It may be shown now." in page.words
    assert public(app, picture_id) == 200
    assert kept(picture_id).alt == "A drawing of a bench"
    page = officer.press("Undo")
    assert "Nobody else sees it." in page.words
    assert public(app, picture_id) == 404
    officer.open(f"/work/pictures/{picture_id}/open")
    officer.press("Confirm and next", 400, decision="withhold")
    officer.press("Confirm and next", decision="withhold", reason="not_about_this")
    assert public(app, picture_id) == 404
    assert officer.open(f"/work/pictures/{picture_id}").words.count("Withheld") >= 1
    assert [each for each in acts(picture_id) if each != "picture opened"] == ["picture shown", "put back to look at", "picture withheld"]


@on_sqlite
def test_words_that_may_label_a_child_stay_only_with_a_reason(app: Flask, signed_in: SignedIn) -> None:
    picture_id, officer = one(), signed_in("officer")
    officer.open(f"/work/pictures/{picture_id}/open")
    page = officer.press("Confirm and next", 400, alt="A troubled child from a broken home")
    assert "may label a child" in page.words
    assert public(app, picture_id) == 404


@on_sqlite
def test_faces_are_covered_for_good(app: Flask, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    submission = a_submission("Me and my friends.").submission_id
    picture_id = keeping.keep_picture(submission, "picture", clean_picture(), kind="selfie", alt="Us", cover_faces=True)
    join(picture_id, [[0.3, 0.4, 0.1, 0.2], [0.7, 0.4, 0.1, 0.2]])
    storage.commit()
    asked: list[list[imaging.Cover]] = []
    monkeypatch.setattr(imaging, "cover", lambda data, covers: (asked.append(list(covers)), clean_picture("gold"))[1])
    before, officer = kept(picture_id), signed_in("officer")
    page = officer.open(f"/work/pictures/{picture_id}/open")
    assert "The machine found 2 faces." in page.words
    boxes = [str(each["value"]) for each in page.soup.select("[name=cover][checked]")]
    assert len(boxes) == len(page.soup.select("[name=decision][value=cover][checked]")) * 2 == 2, "they asked for it, so it is ticked"
    officer.press("Add it", 400, cover=boxes[:1], from_left="50", from_top="120", how_wide="20")
    page = officer.press("Add it", cover=boxes[:1], from_left="50", from_top="80", how_wide="20")
    assert [str(each["value"]) for each in page.soup.select("[name=cover][checked]")] == [boxes[0], "0.5000,0.8000,0.2000"]
    officer.press("Confirm and next")
    assert [(each.x, each.y) for each in asked[0]] == [(0.3, 0.4), (0.5, 0.8)]
    after = kept(picture_id)
    assert after.file != before.file
    with pytest.raises(NoSuchFile):
        keeping.picture_bytes(before.file, "full")
    assert public(app, picture_id) == 200


@on_sqlite
def test_two_officers_never_decide_at_once(app: Flask, signed_in: SignedIn) -> None:
    picture_id, officer = one(), signed_in("officer")
    officer.open(f"/work/pictures/{picture_id}/open")
    reading.withhold_picture(picture_id, "unkind_to_someone", the("officer"))
    storage.commit()
    page = officer.press("Confirm and next", alt="A bench")
    assert "Nothing was changed." in page.words
    assert storage.session().get_one(PictureLook, picture_id).decision == "withheld"


def test_what_is_shown_is_described_and_what_is_withheld_says_why(app: Flask) -> None:
    """The database holds it, whatever the application does."""
    for fields in ({"decision": "shown", "alt": ""}, {"decision": "shown"}, {"decision": "withheld"}, {"decision": "seen", "alt": "A bench"}):
        storage.session().add(PictureLook(picture_id=one(), looked_by=the("officer"), **fields))
        with pytest.raises(IntegrityError):
            storage.session().flush()
        storage.session().rollback()


# Lock without viewing -------------------------------------------------------------------------------------------------------------------------


@on_sqlite
def test_a_worrying_picture_is_locked_without_being_opened(app: Flask, signed_in: SignedIn) -> None:
    picture_id, officer = one("A bench by the mill.", alt="Him", question="would_change"), signed_in("officer")
    officer.open("/work/pictures")
    page = officer.press("Lock it now", why="The words beside it.")
    assert "The safeguarding lead alone may open it" in page.words
    assert acts(picture_id) == ["picture locked, concern raised"], "nobody opened it"
    for path in ("", "/open", "/full.webp", "/card.webp"):
        assert fetch(officer, f"/work/pictures/{picture_id}{path}").status_code == 404
    assert waiting_pictures(by=the("officer")) == []
    assert public(app, picture_id) == 404
    (concern,) = safeguarding.concerns()
    assert concern.raised_why == "The words beside it."
    assert reading.queue(by=the("officer")) == [], "all it was sent with leaves the reading room"


@on_sqlite
def test_the_lead_alone_opens_it_and_nobody_else_whoever_they_are(app: Flask, signed_in: SignedIn) -> None:
    picture_id = one("Look at this.")
    reading.show_picture(picture_id, "A bench", the("officer"))
    storage.commit()
    assert public(app, picture_id) == 200
    mark = f'"{kept(picture_id).file}-card"'
    assert public(app, picture_id, mark) == 304
    concern = locked(picture_id)
    assert public(app, picture_id, mark) == 404, "nobody is told that the copy they have is still good"
    assert public(app, picture_id) == 404, "also one that was shown before"
    lead = signed_in("safeguarding_lead")
    assert fetch(lead, f"/safeguarding/pictures/{picture_id}").status_code == 404, "the concern comes first"
    lead.open("/safeguarding")
    page = lead.press("Open")
    assert "Pictures that came with it" in page.words
    assert not page.soup.select("main img, main image")
    page = lead.open(f"/safeguarding/pictures/{picture_id}")
    assert not page.soup.select("main img, main image")
    assert "do not open it, copy it, print it, send it" in page.words
    page = lead.follow("Open it, grey and blurred")
    assert page.soup.select("#soft[checked]")
    assert WEBP in fetch(lead, str(page.soup.select("image")[0]["href"])).data
    wanted = select(AuditRow.is_long).where(AuditRow.about_id == str(picture_id), AuditRow.what == "picture of concern opened")
    assert storage.session().scalars(wanted).all() == [True]
    for role in ("officer", "board_member", "board_worker", "administrator", "answer_owner", "publisher"):
        somebody = signed_in(role, email=f"{role}@elsewhere.example")
        assert fetch(somebody, f"/safeguarding/pictures/{picture_id}/full.webp").status_code in (403, 404)
        assert fetch(somebody, f"/work/pictures/{picture_id}/full.webp").status_code in (403, 404)
    assert concern.id == safeguarding.concerns()[0].id


@on_sqlite
def test_a_lead_it_is_about_never_meets_it(app: Flask, signed_in: SignedIn) -> None:
    picture_id = one("Look at this.")
    about, other = signed_in("safeguarding_lead", email="pat_hollow@demo.example"), a_member("safeguarding_lead", email="other@demo.example")
    concern = locked(picture_id, other)
    safeguarding.raise_concern(concern.submission_id or uuid.UUID(int=0), other, "It is him.", about=["Pat Hollow"])
    storage.commit()
    assert fetch(about, f"/safeguarding/pictures/{picture_id}").status_code == 404
    assert fetch(about, f"/safeguarding/pictures/{picture_id}/full.webp").status_code == 404


def test_a_lock_keeps_it_whatever_is_taken_back_or_let_go(app: Flask) -> None:
    """On both databases: the lock outlives its submission, and neither the picture nor the lock can be deleted while the concern is open."""
    lead, picture_id, beside = the("safeguarding_lead"), one("Look at this."), one("Nothing to do with it.")
    concern = locked(picture_id, lead)
    for gone in (delete(LockedPicture), delete(Picture).where(Picture.id == picture_id)):
        with pytest.raises(DBAPIError, match=r"(?i)locked picture stays|foreign key"):
            storage.session().execute(gone)
        storage.session().rollback()
    assert concern.submission_id
    keeping.erase(concern.submission_id)
    storage.commit()
    found = worrying_picture(picture_id, lead)
    assert found
    assert found.is_left
    assert found.kept.alt == ""
    assert keeping.picture_bytes(found.kept.file, "full")
    carry_out(storage.today() + timedelta(days=4000))
    storage.session().expire_all()
    assert picture_id in keeping.pictures([picture_id, beside]), "its concern is open"


@on_sqlite
def test_once_its_concern_is_closed_a_lead_hands_it_back_or_takes_it_out(app: Flask, signed_in: SignedIn) -> None:
    lead, harmless, done_with = signed_in("safeguarding_lead"), one("A shadow."), one("It is with the police.")
    me = the("safeguarding_lead")
    for picture_id in (harmless, done_with):
        concern = locked(picture_id, me)
        assert fetch(lead, f"/safeguarding/pictures/{picture_id}/take-out").status_code == 303
        assert "Take it out for good" not in lead.open(f"/safeguarding/pictures/{picture_id}").words
        found = worrying_picture(picture_id, me)
        assert found
        with pytest.raises(reading.pictures_worrying.StillOpen):
            take_out_picture(found, me, "too early")
        safeguarding.close(concern.id, me, "referred", "Told the front door.")
        storage.commit()
    lead.open(f"/safeguarding/pictures/{harmless}")
    lead.press("Nothing to worry about: hand it back", 400)
    lead.press("Nothing to worry about: hand it back", why="A shadow.")
    assert [each.id for each in waiting_pictures(by=the("officer"))] == [harmless]
    file = kept(done_with).file
    lead.open(f"/safeguarding/pictures/{done_with}")
    lead.press("Take it out for good", why="The police have it.")
    assert done_with not in keeping.pictures([done_with])
    with pytest.raises(NoSuchFile):
        keeping.picture_bytes(file, "full")


@on_sqlite
def test_a_lead_keeps_one_that_came_with_worrying_words(app: Flask, signed_in: SignedIn) -> None:
    lead = signed_in("safeguarding_lead")
    submission = a_submission("My uncle hits me every night.").submission_id
    picture_id = a_picture(submission)
    (concern,) = safeguarding.concerns()
    assert picture(picture_id, the("officer")) is None
    safeguarding.open_concern(concern.id, the("safeguarding_lead"))
    storage.commit()
    lead.open(f"/safeguarding/pictures/{picture_id}")
    lead.press("Lock it")
    keeping.erase(submission)
    storage.commit()
    assert picture_id in keeping.pictures([picture_id])


@on_sqlite
def test_the_picture_goes_with_the_words_that_worried_us(app: Flask) -> None:
    lead, picture_id = the("safeguarding_lead"), one("Look at this.")
    concern = locked(picture_id, lead)
    safeguarding.close(concern.id, lead, "referred", "Told the front door.")
    storage.commit()
    days = settings().keep.concern_words_days
    carry_out(storage.today() + timedelta(days=days - 1))
    assert picture_id in keeping.pictures([picture_id])
    carry_out(storage.today() + timedelta(days=days + 1))
    storage.session().expire_all()
    assert picture_id not in keeping.pictures([picture_id])


# What leaves the house -----------------------------------------------------------------------------------------------------------------------


@on_sqlite
def test_no_letter_file_or_receipt_carries_a_picture_or_tells_of_a_lock(app: Flask, signed_in: SignedIn) -> None:
    made_ready = a_member("safeguarding_lead", email="told@demo.example")
    kept_ones = [a_submission("The same words.") for _ in range(2)]
    plain, worrying = (a_picture(each.submission_id, alt="A bench") for each in kept_ones)
    locked(worrying, why="What I saw.")
    safeguarding.alert_leads()
    storage.commit()
    letters = [file.read_bytes() for file in (settings().data / "outbox").glob("*.eml")]
    assert letters
    for each in letters:
        assert b"image/" not in each
        assert b"picture" not in each.lower()
        assert kept(worrying).file.encode() not in each
    officer = signed_in("officer")
    files = []
    for sent in kept_ones:
        officer.open("/work/what-we-hold")
        files.append(send(officer, "/work/what-we-hold", words=" ".join(sent.words)).data)
    assert files[0] == files[1], "a lock shows nowhere that its sender can ask"
    assert b"A picture they sent: drawing" in files[0]
    assert all(kept(each).file.encode() not in file for each in (plain, worrying) for file in files)
    receipts = []
    for sent in kept_ones:
        typed = list(sent.words)
        receipts.append(ask(lambda: app.test_client().post("/your-receipt", data={"word": typed}, headers={"Origin": "http://localhost"})).data)  # noqa: B023  # called at once
        for word in sent.words:
            receipts[-1] = receipts[-1].replace(word.encode(), b"")
    assert made_ready
    assert b"A bench" not in receipts[0]


@on_sqlite
def test_what_is_shown_is_seen_only_where_all_it_came_with_may_be(app: Flask) -> None:
    """Shown, and then: a concern, set aside, a group asked on purpose."""
    officer, shown = the("officer"), one("More benches.")
    reading.show_picture(shown, "A bench", officer)
    storage.commit()
    assert reading.may_everyone_see([shown, uuid.uuid4()]) == {shown}
    submission = kept(shown).submission_id
    assert submission
    storage.session().add(reading.models.SetAside(submission_id=submission, group_id=uuid.uuid4()))
    storage.session().flush()
    assert reading.may_everyone_see([shown]) == set()
    storage.session().rollback()
    safeguarding.raise_concern(submission, officer, "The words.")
    assert reading.may_everyone_see([shown]) == set()
    assert picture(shown, officer) is None
    storage.session().rollback()


@on_sqlite
def test_pictures_of_a_group_asked_on_purpose_are_there_for_its_readers_alone(app: Flask) -> None:
    named, other = a_member("officer", email="named@demo.example"), a_member("officer", email="other@demo.example")
    activity = an_activity()
    wanted = inviting.Invitation(
        name="Young carers", kind="targeted", audience="young_carers", readers=(named,), expires_on=storage.today() + timedelta(days=9)
    )
    group = inviting.invite(activity, wanted, named)
    picture_id = a_picture(a_submission("Quiet rooms.", facts=keeping.Facts(group_id=group)).submission_id)
    assert picture(picture_id, named)
    assert picture(picture_id, other) is None
    assert waiting_pictures(by=other) == []
    reading.show_picture(picture_id, "A room", named)
    assert reading.may_everyone_see([picture_id]) == set()


# How long --------------------------------------------------------------------------------------------------------------------------------------


@on_sqlite
def test_withheld_ones_go_after_a_week_and_nobody_goes_unseen(app: Flask) -> None:
    withheld, shown, unseen = one("One."), one("Two."), one("Three.")
    reading.withhold_picture(withheld, "not_to_be_seen", the("officer"))
    reading.show_picture(shown, "A bench", the("officer"))
    storage.commit()
    carry_out(storage.today() + timedelta(days=6))
    assert withheld in keeping.pictures([withheld])
    carry_out(storage.today() + timedelta(days=8))
    storage.session().expire_all()
    assert set(keeping.pictures([withheld, shown, unseen])) == {shown, unseen}
    submission = kept(unseen).submission_id
    assert submission in set(storage.session().scalars(keeping.lifetimes_of().locks()["nobody having looked at its picture"]()))


@on_sqlite
def test_when_a_receipt_ends_no_picture_stays_that_may_show_a_person(app: Flask) -> None:
    officer = the("officer")
    for kind, shown, stays in (("drawing", True, True), ("drawing", False, False), ("photo", True, False)):
        submission = a_submission(f"A {kind}.").submission_id
        picture_id = a_picture(submission, kind=kind)
        if shown:
            reading.show_picture(picture_id, "A bench", officer)
        else:
            reading.withhold_picture(picture_id, "not_about_this", officer)
        leave_shown_drawings(submission, ())
        assert (picture_id in keeping.pictures([picture_id])) is stays


# The scanner (bar S9) --------------------------------------------------------------------------------------------------------------------------


@on_sqlite
def test_while_the_scanner_is_down_nothing_is_opened_or_shown_and_locking_works(
    app: Flask, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, stuck, found, shown = one("One."), one("Two."), one("Three."), one("Four.")
    reading.show_picture(shown, "A bench", the("officer"))
    for picture_id, said in ((stuck, "error"), (found, "found")):
        storage.session().get_one(Picture, picture_id).scanned = said
    storage.commit()
    assert public(app, shown) == 200
    with_scanner = dataclasses.replace(app.extensions["voice.settings"], scanner="unix:///run/nowhere.sock")
    monkeypatch.setitem(app.extensions, "voice.settings", with_scanner)
    officer = signed_in("officer")
    assert public(app, shown) == 404
    for picture_id, says in ((waits, "Not scanned yet."), (stuck, "The scanner does not answer."), (found, "The scanner found a harmful file.")):
        page = officer.open(f"/work/pictures?at={picture_id}")
        assert says in page.words
        assert "Open it grey and blurred" not in page.words
        assert fetch(officer, f"/work/pictures/{picture_id}/open").status_code == 303
        assert fetch(officer, f"/work/pictures/{picture_id}/full.webp").status_code == 404
        assert acts(picture_id) == []
        send(officer, f"/work/pictures/{picture_id}/decide", decision="show", alt="A bench")
        assert storage.session().get(PictureLook, picture_id) is None
    assert look_over_pictures() == 0, "the machine does not open them either"
    officer.open(f"/work/pictures?at={stuck}")
    officer.press("Lock it now")
    assert storage.session().get(LockedPicture, stuck)


# Alike -----------------------------------------------------------------------------------------------------------------------------------------


def same(words: str, likeness: int, **more: bool) -> uuid.UUID:
    clean = dataclasses.replace(clean_picture(), likeness=likeness)
    picture_id = keeping.keep_picture(a_submission(words).submission_id, "picture", clean, kind="photo", **more)
    join(picture_id, [])
    storage.commit()
    return picture_id


BUSY = 0xDA3C_96E1_0F77_B248


def test_pictures_that_look_alike_come_together_and_are_decided_about_once(app: Flask) -> None:
    officer = the("officer")
    first, second, third = same("One", BUSY), same("Two", BUSY ^ 0b1001), same("Three", BUSY ^ (1 << 60))
    apart = same("Four", ~BUSY & (2**64 - 1))
    groups = {storage.session().get_one(PictureMark, each).group_id for each in (first, second, third)}
    assert len(groups) == 1
    (group,) = groups
    assert group
    assert storage.session().get_one(PictureMark, apart).group_id is None
    assert alike_pictures(waiting_pictures(by=officer), officer) == {first: 2, second: 2, third: 2}
    assert {each.id for each in group_pictures(group, officer)} == {first, second, third}


@on_sqlite
def test_one_press_decides_for_all_but_the_marked(app: Flask, signed_in: SignedIn) -> None:
    first, marked, wishes = same("One", BUSY), same("Two", BUSY), same("Three", BUSY, cover_faces=True)
    group, officer = storage.session().get_one(PictureMark, first).group_id, signed_in("officer")
    page = officer.open(f"/work/pictures/alike/{group}")
    assert not page.soup.select("main image")
    page = officer.follow("Open them")
    assert len(page.soup.select("main image")) == 3
    officer.press("Show all but the marked", 400, keep=[str(marked)])
    officer.press("Show all but the marked", keep=[str(marked)], alt="A bench")
    assert reading.may_everyone_see([first, marked, wishes]) == {first}, "one whose sender asks for faces to be covered is looked at by itself"
    officer.open(f"/work/pictures/alike/{group}?open=1")
    officer.press("Withhold all but the marked", keep=[], reason="not_about_this")
    assert {row.decision for row in storage.session().scalars(select(PictureLook).where(PictureLook.picture_id.in_([marked, wishes])))} == {
        "withheld"
    }


@on_sqlite
def test_one_much_like_a_locked_one_is_not_opened_here(app: Flask, signed_in: SignedIn) -> None:
    first, again = same("One", BUSY), same("Two", BUSY ^ 0b11)
    locked(first)
    officer = signed_in("officer")
    page = officer.open("/work/pictures")
    assert "Much like one the safeguarding lead has locked." in page.words
    assert fetch(officer, f"/work/pictures/{again}/full.webp").status_code == 404
    keeping.erase(kept(first).submission_id or uuid.UUID(int=0))
    storage.commit()
    found = picture(again, the("officer"))
    assert found
    assert found.like_locked, "also when the first was taken back"
    assert acts(again) == []


@on_sqlite
def test_the_worker_looks_for_faces_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    monkeypatch.setattr(imaging, "faces", lambda data: asked.append(data) or [imaging.Box(0.5, 0.5, 0.2, 0.3, 0.9)])
    picture_id, shut = one("One."), one("Two.")
    locked(shut)
    assert look_over_pictures() == 1, "what is locked is opened by nobody, the machine neither"
    storage.commit()
    assert look_over_pictures() == 0
    assert len(asked) == 1
    found = picture(picture_id, the("officer"))
    assert found
    assert found.faces
    assert (found.faces[0].x, found.faces[0].y) == (0.5, 0.5)


# Beside words ----------------------------------------------------------------------------------------------------------------------------------


@on_sqlite
def test_a_picture_stands_beside_the_words_it_belongs_to_and_no_others(app: Flask, signed_in: SignedIn) -> None:
    sent = keeping.keep(str(uuid.uuid4()), activity_id=an_activity(), answers={}, words=[("would_change", "Benches."), ("draw", "My bench.")])
    safeguarding.screen_submission(sent.submission_id, ["Benches.", "My bench."])
    picture_id = a_picture(sent.submission_id, question="draw")
    found = {each.question: each.id for each in keeping.raw_views(sent.view_ids)}
    beside = reading.pictures_beside(sent.view_ids, the("officer"))
    assert {view_id: [each.id for each in those] for view_id, those in beside.items()} == {found["draw"]: [picture_id]}
    officer = signed_in("officer")
    assert "A picture came with it." not in officer.open(f"/work?at={found['would_change']}").words
    page = officer.open(f"/work?at={found['draw']}")
    assert "A picture came with it. Nobody has looked at it." in page.words
    assert not page.soup.select("main img, main image")
