"""“There is news”: asked for at the receipt, confirmed, told once, stopped, forgotten; and never tied to what was said."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.making import a_submission, a_theme, a_view, an_answer, the
from tests.reading import Visitor
from tests.rooms.keeping.test_canary import table_hits
from tests.rooms.notifying.making import SAM, a_reader, answered, asked, days_pass, link_in, round_of_letters, said_yes
from tests.rooms.safeguarding.postbox import Postbox, a_post_server, free_port, letters_go_to
from voice import contacting, reading, safeguarding, storage
from voice.config import settings
from voice.keeping import retention_of
from voice.notifying import sealing, workers
from voice.notifying.contributions import what_we_hold
from voice.notifying.models import NewsWish

HERE = {"Origin": "http://localhost"}


@pytest.fixture
def box(app: Flask) -> Iterator[Postbox]:
    with a_post_server(app) as found:
        yield found


def rows() -> int:
    return storage.session().scalar(select(func.count()).select_from(NewsWish)) or 0


def test_from_the_receipt_to_the_last_letter(app: Flask, visitor: Visitor, box: Postbox, caplog: pytest.LogCaptureFixture) -> None:
    kept = a_reader()
    caplog.set_level(logging.DEBUG)
    visitor.open("/your-receipt")
    visitor.press("See what we did", word=list(kept.words))
    page = visitor.press("Tell me more")
    assert "Use it only if nobody else reads your letters." in page.words
    assert page.one("#email")["autocomplete"] == "off"
    again = visitor.press("Write to me", email="sam at home")
    assert "That is not an e-mail address." in again.words
    assert "sam at home" not in str(again.soup)
    assert "was it you?" in visitor.press("Write to me", email=SAM).words

    (first,) = round_of_letters(box)
    assert first[:2] == (SAM, "Was it you?")
    assert round_of_letters(box) == [], "once"
    answered(kept)
    assert round_of_letters(box) == [], "nothing before somebody said yes"
    visitor.open(link_in(first[2], "yes"))
    assert round_of_letters(box) == [], "a machine that opens links says no yes"
    assert "We write when there is news." in visitor.press("Yes, write to me").words

    (news,) = round_of_letters(box)
    assert news[:2] == (SAM, "There is news")
    assert f"{settings().public_url}/your-receipt" in news[2].splitlines()
    for word in ("child", "young", "council", "survey", "bus", "county", "answer"):
        assert word not in (news[1] + news[2]).lower()
    assert round_of_letters(box) == [], "told once"
    page = visitor.open(link_in(news[2], "stop"))
    assert rows() == 1
    assert "No more letters." in visitor.press("Stop these letters").words
    assert rows() == 0
    assert not [each for each in caplog.records if SAM in each.getMessage() and each.name != "mail.log"], "but by the post server of this test"


def test_every_change_is_the_same_letter_and_one_a_week(app: Flask, box: Postbox) -> None:
    kept = a_reader()
    said_yes(kept)
    theme_id = a_theme(views=[kept.view_ids[0], a_view(), a_view()], heard=True)
    letters = round_of_letters(box)
    an_answer(theme_id)
    assert round_of_letters(box) == [], "not twice in a week"
    days_pass(7)
    letters += round_of_letters(box)
    contacting.reply(kept.submission_id, contacting.replies()[0].code, the("officer"))
    storage.commit()
    days_pass(7)
    letters += round_of_letters(box)
    an_answer(theme_id, state="done")
    days_pass(7)
    letters += round_of_letters(box)
    assert len(letters) == 4
    assert len(set(letters)) == 1, "a theme, an answer, a reply, a second answer: byte for byte the same"


def test_words_held_back_are_as_words_in_no_theme(app: Flask, box: Postbox) -> None:
    plain, worried, withheld, apart = a_reader(), a_reader("my dad hits me every night"), a_reader(), a_reader()
    for number, each in enumerate((plain, worried, withheld, apart)):
        said_yes(each, f"{number}@x.example")
    answered(plain, worried, withheld)
    reading.withhold(withheld.view_ids, reading.REASONS[0], the("officer"))
    storage.commit()
    assert worried.submission_id in safeguarding.held_submissions()
    assert [letter[0] for letter in round_of_letters(box)] == ["0@x.example"]
    assert storage.session().scalar(select(func.count()).where(NewsWish.told_on.is_(None), NewsWish.tries == 0)) == 3


def test_a_flagged_sender_sees_the_same_bytes(app: Flask, visitor: Visitor) -> None:
    pages = []
    for words in ("The bus is late.", "my dad hits me every night"):
        kept = a_submission(words)
        data = {"word": list(kept.words), "email": SAM}
        seen = [visitor.client.post(path, data=data, headers=HERE) for path in ("/letters", "/letters/ask")]
        pages.append([(each.status_code, _without(each.text, kept.words)) for each in seen])
    assert pages[0] == pages[1]


def _without(page: str, words: tuple[str, ...]) -> str:
    for word in words:
        page = page.replace(f'value="{word}"', "")
    return page


def test_a_stolen_database_ties_no_address_to_anything(app: Flask) -> None:
    kept = a_reader()
    said_yes(kept)
    ids = [form for each in (kept.submission_id, *kept.view_ids) for form in (each.hex, str(each))]
    assert "news_wish" not in table_hits(*ids)
    assert table_hits("sam@", "home.example") == []
    row = storage.session().scalars(select(NewsWish)).one()
    longest = sealing.Wanted("x" * 200 + "@y.example", "ur", tuple("0123456789abcdef" for _ in range(5)))
    assert len(sealing.seal(longest, row.id)) == len(row.sealed), "its length says nothing"
    assert not NewsWish.__table__.foreign_keys
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(row.sealed, kept.submission_id)


def test_taken_back_is_forgotten_and_so_is_an_ended_receipt(app: Flask, visitor: Visitor) -> None:
    first, second = a_reader(), a_reader()
    said_yes(first)
    said_yes(second)
    visitor.client.post("/your-receipt/take-back", data={"word": list(first.words), "sure": "yes"}, headers=HERE)
    assert rows() == 1
    far = storage.today() + timedelta(days=400)
    assert retention_of().all()["receipts"].remove(far, 100) == 1
    assert rows() == 0


def test_last_days(app: Flask, box: Postbox) -> None:
    rule, today = retention_of().all()["news"], storage.today()
    unread, told, waiting = a_reader(), a_reader(), a_reader()
    said_yes(told, "told@x.example")
    said_yes(waiting, "waiting@x.example")
    asked(unread)
    answered(told)
    round_of_letters(box)
    assert [rule.due(today + timedelta(days=n)) for n in (0, 6, 7, 29, 30, 340, 366)] == [0, 0, 1, 1, 2, 2, 3]
    assert rule.remove(today + timedelta(days=30), 10) == 2
    assert rows() == 1


def test_another_address_takes_the_place_of_the_one_before(app: Flask, box: Postbox, visitor: Visitor) -> None:
    kept = a_reader()
    asked(kept)
    (first,) = round_of_letters(box)
    asked(kept, "new@x.example", "cy")
    assert rows() == 1
    (second,) = round_of_letters(box)
    assert second[0] == "new@x.example"
    assert "/cy/letters/yes/" in second[2]
    visitor.open(link_in(first[2], "yes"))
    assert visitor.press("Yes, write to me").heading == "This link has ended."
    visitor.open(link_in(first[2], "stop"))
    visitor.press("Stop these letters")
    assert rows() == 1, "the earlier address stops its own letters alone"


def test_nobody_is_buried_in_letters(app: Flask, box: Postbox, visitor: Visitor) -> None:
    for _ in range(5):
        asked(a_reader())
    came = round_of_letters(box)
    assert [letter[0] for letter in came] == [SAM] * 3
    assert round_of_letters(box) == []
    visitor.open(link_in(came[0][2], "stop"))
    visitor.press("Stop these letters")
    assert rows() == 0, "one press ends all that wait for a yes at that address"


def test_a_post_server_that_is_away_loses_nothing(app: Flask) -> None:
    kept = a_reader()
    said_yes(kept)
    answered(kept)
    with letters_go_to(app, free_port()):
        assert workers.write_news() == 0
        assert workers.write_news() == 0
    row = storage.session().scalars(select(NewsWish)).one()
    assert (row.tries, row.told_on) == (1, None), "tried once, and again in a while"
    storage.session().rollback()
    with a_post_server(app) as box:
        assert round_of_letters(box) == []
        days_pass(1)
        assert [each[1] for each in round_of_letters(box)] == ["There is news"]
        assert round_of_letters(box) == []


def test_one_address_that_is_refused_holds_up_nobody(app: Flask, box: Postbox) -> None:
    box.refused = {SAM}
    asked(a_reader())
    asked(a_reader(), "other@x.example")
    assert [each[0] for each in round_of_letters(box)] == ["other@x.example"]


def test_letters_speak_the_language_that_was_chosen(app: Flask, visitor: Visitor, box: Postbox) -> None:
    kept = a_reader()
    visitor.client.post("/pl/letters/ask", data={"word": list(kept.words), "email": SAM}, headers=HERE)
    (letter,) = round_of_letters(box)
    assert "/pl/letters/yes/" in letter[2]


def test_a_link_nobody_wrote_opens_nothing(app: Flask, visitor: Visitor) -> None:
    said_yes(a_reader())
    wish = storage.session().scalars(select(NewsWish.id)).one()
    for text in ("x", sealing.link("yes", wish), f"{sealing.link('stop', wish)[:-2]}AA", "é" * 10):
        reply = visitor.client.post(f"/letters/stop/{text}", headers=HERE)
        assert "No more letters." in reply.text
    assert rows() == 1
    assert visitor.client.post(f"/letters/stop/{sealing.link('stop', wish)}", headers={"Origin": "https://evil.example"}).status_code == 403
    assert rows() == 1


def test_words_that_are_nobodys_lead_to_the_receipt(app: Flask, visitor: Visitor) -> None:
    for path in ("/letters", "/letters/ask"):
        reply = visitor.client.post(path, data={"word": ["bus"] * 5, "email": SAM}, headers=HERE)
        assert reply.headers["Location"].endswith("/your-receipt")
        assert visitor.client.get(path).headers["Location"].endswith("/your-receipt")
    assert rows() == 0


def test_what_is_held_says_that_letters_were_asked_for_and_not_where(app: Flask) -> None:
    kept = a_reader()
    assert list(what_we_hold(kept.submission_id)) == []
    said_yes(kept)
    (held,) = what_we_hold(kept.submission_id)
    assert SAM not in held.says
