"""A pledge with a picture: kept clean, agreed to apart from the words, refused kindly, taken back alone. Bars S6 to S9, P14, R3."""

from __future__ import annotations

import base64
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.making import a_plan, people_to_read, the
from tests.reading import Visitor, ask
from tests.rooms.listening.sealing import seal
from tests.rooms.pledging.walking import WORDS, jpeg, photo, pledge, receipt_of, slip_of, the_pledge, the_view, type_words, walk
from voice import imaging, keeping, reading, sealing, storage
from voice.config import settings
from voice.keeping.picture_models import Picture
from voice.pledging.models import Pledge
from voice.retention import retention_of
from voice.storage.files import StoreAway

pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
KEY = "6f9d2a52-7b1c-4c40-9d0e-3d6a0c0b7e11"


@pytest.fixture
def ready(app: Flask, visitor: Visitor) -> Visitor:
    a_plan()
    people_to_read()
    return visitor


def the_picture() -> Picture:
    return storage.session().query(Picture).one()


def let_through(picture_too: bool = True) -> None:
    """A person reads the words and looks at the picture, and both may be seen."""
    reading.clear([the_view().id], the("officer"))
    if picture_too:
        reading.show_picture(the_picture().id, "A drawing of a bicycle", the("officer"))
    storage.commit()


@pytest.mark.parametrize("kind", ["drawing", "card", "selfie"])
def test_every_kind_of_picture_comes_to_the_wall_once_words_and_picture_are_let_through(ready: Visitor, kind: str) -> None:
    pledge(ready, kind=kind, picture=photo(), picture_ok="yes", **({} if kind == "drawing" else {"picture_cover": "yes"}), picture_alt="My bike")
    kept = the_picture()
    assert (kept.kind, kept.question, kept.alt, kept.cover_faces) == (kind, "picture", "My bike", kind != "drawing")
    assert kept.received_on == storage.week_of(storage.today())
    address = f"/pictures/{kept.file}/card.webp"
    let_through(picture_too=False)
    assert not ready.open("/pledges").soup.select(".pledge img")  # the words are there, with a picture of ours
    assert ready.client.get(address).status_code == 404
    let_through()
    assert kept.file in str(ready.open("/pledges").one(".pledge img"))
    assert ready.client.get(address).data[8:12] == b"WEBP"


def test_saying_no_to_the_picture_sends_the_words_and_keeps_no_picture(ready: Visitor) -> None:
    pledge(ready, kind="selfie", picture=photo(), picture_ok="no")
    assert storage.session().query(Picture).count() == 0
    assert the_pledge().kind == "words"


def test_the_picture_needs_a_yes_or_a_no_and_nothing_is_ticked_before(ready: Visitor) -> None:
    page = walk(ready, kind="card")
    assert not page.soup.select("[name=words_ok][checked], [name=picture_ok][checked]")
    assert "Pick one of these." in ready.press("Send it", words_ok="yes", picture=photo(), status=400).words


@pytest.mark.parametrize(("sent", "sentence"), [(b"", "We got no picture."), (b"<svg onload=alert(1)>", "We could not open that.")])
def test_a_picture_we_cannot_take_is_refused_with_a_sentence_and_nothing_else_is_lost(ready: Visitor, sent: bytes, sentence: str) -> None:
    walk(ready, kind="card", age="under_13", priority="1")
    page = ready.press("Send it", words_ok="yes", picture_ok="yes", picture=(io.BytesIO(sent), "a.jpg"), picture_alt="My bus", status=422)
    assert sentence in page.words
    assert page.one("[name=picture_alt]")["value"] == "My bus"
    assert page.one("[name=pledge]")["value"] == WORDS
    assert storage.session().query(Pledge).count() == 0
    assert ready.press("Send it", picture=photo()).heading == "Thank you. We have it."
    assert the_pledge().is_under_13


def test_the_same_again_is_the_same_receipt_and_another_picture_is_told_apart(ready: Visitor) -> None:
    last = walk(ready, kind="drawing")
    first = ready.press("Send it", words_ok="yes", picture_ok="yes", picture=photo())
    ready.page = last
    assert ready.press("Send it", words_ok="yes", picture_ok="yes", picture=photo()).raw == first.raw
    ready.page = last
    assert ready.press("Send it", words_ok="yes", picture_ok="yes", picture=photo("red"), status=409).heading == "You sent this before"
    assert storage.session().query(Picture).count() == 1


def test_without_a_script_somebody_who_wants_to_draw_is_offered_other_ways(ready: Visitor) -> None:
    page = walk(ready, kind="drawing")
    assert "can’t draw on the page" in page.words
    assert ready.press("Take a photo of paper").heading == "Take a photo of your paper"
    walk(ready, kind="drawing")
    assert ready.press("Make a person").heading == "Make a person"
    assert receipt_of(ready.press("Send it", words_ok="yes"))
    assert the_pledge().kind == "avatar"


def test_the_receipt_says_where_it_stands_takes_kept_and_takes_the_picture_back_alone(ready: Visitor) -> None:
    words = pledge(ready, kind="selfie", picture=photo(), picture_ok="yes", months="3")
    file = the_picture().file
    page = type_words(ready, "/your-receipt", "See what we did", words)
    assert page.heading == "Your pledge is on its way."
    assert WORDS not in page.raw.decode()
    let_through()
    assert type_words(ready, "/your-receipt", "See what we did", words).heading == "Your pledge is on the wall."
    assert ready.press("I kept it").heading == "You kept your pledge."
    assert the_pledge().kept_on == storage.today()
    assert "did not keep" in ready.page.words if ready.page else ""
    ready.press("I did not keep it after all")
    assert the_pledge().kept_on is None
    ready.press("Take the picture away")
    assert "picture is gone" in ready.press("Yes, take it away").words
    assert storage.session().query(Picture).count() == 0
    assert ready.client.get(f"/pictures/{file}/card.webp").status_code == 404
    assert WORDS in ready.open("/pledges").words
    type_words(ready, "/your-receipt", "See what we did", words)
    ready.press("Take it all back")
    assert ready.press("Yes, take it back").heading == "It is gone."
    assert WORDS not in ready.open("/pledges").words


def test_when_its_own_last_day_is_over_it_leaves_the_wall_and_then_goes_whole(ready: Visitor) -> None:
    pledge(ready, kind="drawing", picture=photo(), picture_ok="yes", months="3")
    let_through()
    row = the_pledge()
    rule = retention_of().all()["ended_pledges"]
    assert row.ends_on
    assert rule.due(row.ends_on) == 0
    day_after = row.ends_on + timedelta(days=1)
    assert rule.due(day_after) == 1
    rule.remove(day_after, 10)
    storage.commit()
    assert storage.session().query(Pledge).count() == storage.session().query(Picture).count() == 0


# --- under 13


def test_under_13_nothing_is_public_until_a_parent_agrees_to_the_words_and_apart_to_the_picture(ready: Visitor) -> None:
    walk(ready, kind="selfie", age="under_13", priority="1")
    thanks = ready.press("Send it", words_ok="yes", picture_ok="yes", picture=photo())
    receipt, slip = receipt_of(thanks), slip_of(thanks)
    file = the_picture().file
    assert len(slip) == 5
    assert slip != receipt
    assert type_words(ready, "/pledges/grown-up", "See the pledge", slip).heading == "Not yet"
    let_through()
    assert not ready.open("/pledges").soup.select(".pledge")
    assert ready.client.get(f"/pictures/{file}/card.webp").status_code == 404
    page = type_words(ready, "/pledges/grown-up", "See the pledge", slip)
    assert WORDS in page.words
    assert str(page.one("article img")["src"]).startswith("data:image/webp;base64,")
    assert "no-store" in page.headers["Cache-Control"]
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]
    assert "Tick this first." in ready.press("That is what I say", words="yes", picture="yes", status=400).words
    assert ready.press("That is what I say", carer="yes", words="yes", picture="no").heading == "Thank you. You said yes."
    assert WORDS in ready.open("/pledges").words
    assert not ready.page or not ready.page.soup.select(".pledge img")
    type_words(ready, "/pledges/grown-up", "See the pledge", slip)
    ready.press("That is what I say", carer="yes", words="yes", picture="yes")
    assert file in str(ready.open("/pledges").one(".pledge img"))
    type_words(ready, "/pledges/grown-up", "See the pledge", slip)
    assert ready.press("That is what I say", carer="yes", words="no", picture="yes").heading == "Thank you. You said no."
    assert not ready.open("/pledges").soup.select(".pledge")
    assert ready.client.get(f"/pictures/{file}/card.webp").status_code == 404


def test_the_receipt_has_the_words_for_a_parent_again_and_the_slip_does_not_open_the_receipt(ready: Visitor) -> None:
    walk(ready, age="under_13")
    thanks = ready.press("Send it", words_ok="yes")
    receipt, slip = receipt_of(thanks), slip_of(thanks)
    assert slip_of(type_words(ready, "/your-receipt", "See what we did", receipt)) == slip
    assert "We found nothing" in type_words(ready, "/your-receipt", "See what we did", slip).words
    assert "We found nothing" in type_words(ready, "/pledges/grown-up", "See the pledge", receipt).words
    assert "There are five words" in type_words(ready, "/pledges/grown-up", "See the pledge", ["dog"]).words
    assert "We do not know" in type_words(ready, "/pledges/grown-up", "See the pledge", [*slip[:4], "zzzz"]).words


def test_a_parent_sees_nothing_of_what_worries_us_and_cannot_say_yes_to_it(ready: Visitor) -> None:
    walk(ready, "I will kill myself tonight.", age="under_13")
    slip = slip_of(ready.press("Send it", words_ok="yes"))
    worrying = type_words(ready, "/pledges/grown-up", "See the pledge", slip)
    walk(ready, "I will plant a tree.", age="under_13")
    plain = type_words(ready, "/pledges/grown-up", "See the pledge", slip_of(ready.press("Send it", words_ok="yes")))
    hidden = [each["value"] for each in plain.soup.select("[name=word]")]
    assert plain.raw.decode().split("<main")[1].split("</main>")[0] == worrying.raw.decode().split("<main")[1].split("</main>")[0]
    assert len(hidden) == 5  # the way to another language alone carries the words
    data = {"word": slip, "carer": "yes", "words": "yes"}
    assert ask(lambda: ready.client.post("/pledges/grown-up/decided", data=data)).status_code == 400
    assert all(each.words_agreed_on is None for each in storage.session().query(Pledge))


# --- from a phone


def message(**more: str) -> dict[str, str]:
    picture = base64.b64encode(jpeg()).decode()
    said = {
        "pledge": WORDS,
        "kind": "drawing",
        "age": "under_13",
        "words_ok": "yes",
        "picture_ok": "yes",
        "picture": picture,
        "key": KEY,
        "language": "en",
    }
    return {**said, **more}


def hand_in(visitor: Visitor, said: dict[str, str], **headers: str) -> Any:
    sealed = seal(json.dumps(said).encode(), sealing.keys_from(settings().phone_keys).public)
    return ask(lambda: visitor.client.post("/pledges/sealed", json={"sealed": sealed}, headers=headers))


def test_a_sealed_pledge_is_kept_once_and_gives_its_words(ready: Visitor) -> None:
    first = hand_in(ready, message())
    assert first.status_code == 201
    assert len(first.json["receipt"]) == len(first.json["grown_up"]) == 5
    again = hand_in(ready, message())
    assert (again.status_code, again.json) == (200, first.json)
    assert storage.session().query(Picture).count() == 1
    assert hand_in(ready, message(pledge="I will do something else.")).json["reason"] == "different"
    other = base64.b64encode(jpeg("red")).decode()
    assert hand_in(ready, message(picture=other)).status_code == 409
    sent = keeping.find(first.json["receipt"])
    assert sent
    keeping.erase(sent.id)
    storage.commit()
    assert hand_in(ready, message()).status_code == 410
    grown = hand_in(ready, message(age="13_or_over", key=KEY.replace("6f", "7f"))).json["grown_up"]
    assert grown is None


def test_what_a_phone_sends_wrongly_is_refused_and_nothing_is_kept(ready: Visitor) -> None:
    not_one = base64.b64encode(b"GIF89a?").decode()
    refused = hand_in(ready, message(picture=not_one))
    assert refused.status_code == 422
    assert refused.json["errors"][0]["question"] == "picture"
    wrong = ({"picture": "no base64!"}, {"kind": "horns"}, {"key": "x"}, {"words_ok": ""}, {"extra": "y"}, {"picture_ok": ""})
    assert [hand_in(ready, message(**more)).json["reason"] for more in wrong] == ["wrong"] * len(wrong)
    reply = ask(lambda: ready.client.post("/pledges/sealed", json={"sealed": {"v": 1}}))
    assert reply.json
    assert reply.json["reason"] == "cannot_open"
    assert hand_in(ready, message(), Origin="https://elsewhere.example").status_code == 403
    assert storage.session().query(Pledge).count() == 0


def test_what_cannot_be_done_now_is_said_to_be_for_later_and_kept_then(ready: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A phone throws away what is refused for good, and keeps what may go later."""

    def slow(*_args: object, **_more: object) -> None:
        raise imaging.Refused("too_slow")

    def away(*_args: object, **_more: object) -> None:
        raise StoreAway("no space left")

    for where, name, breaks in ((imaging, "clean", slow), (keeping, "keep_picture", away)):
        with monkeypatch.context() as patch:
            patch.setattr(where, name, breaks)
            assert hand_in(ready, message()).status_code == 503
        assert storage.session().query(Pledge).count() == 0
    assert hand_in(ready, message()).status_code == 201
