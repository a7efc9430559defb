"""Joining: a letter through a real mail server, a printed card, and what makes them good once. On both databases."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from tests.making import APP, PASSPHRASE, a_member, sign_in
from tests.peers import mail_server
from tests.reading import Visitor
from tests.rooms.identity.conftest import Clock
from voice import identity, post, storage
from voice.command import voice
from voice.identity import cards, invitations
from voice.identity.models import Invitation
from voice.identity.rules import code_of, read_code, step_of, written
from voice.web import paper

NEW = "kettle lantern moss pigeon"
WHO = "ada@hereford.example"


def an_invitation(email: str = WHO, *roles: str) -> identity.Invited:
    made = identity.invite(email, "Ada Weaver", roles or ("officer",), None)
    storage.commit()
    return made


def a_card(name: str = "Sam") -> identity.Invited:
    made = identity.invite_with_card(name, None)
    storage.commit()
    return made


def opened(app: Flask, code: str) -> Visitor:
    visitor = Visitor(app.test_client())
    visitor.open("/invitation")
    visitor.press("Begin", code=code)
    return visitor


def set_up_app(visitor: Visitor) -> str:
    assert visitor.page
    secret = visitor.page.one(".letters").get_text().replace(" ", "")
    visitor.press("Set up the app", code=code_of(secret, step_of(storage.now())))
    return secret


def test_the_first_day_of_an_officer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Invited by letter through a real mail server; a passphrase, a second factor, the first page."""
    admin = a_member("administrator")
    with mail_server() as (url, box):
        monkeypatch.setitem(app.extensions, "voice.settings", replace(app.extensions["voice.settings"], smtp_url=url))
        invited = identity.invite(WHO, "Ada Weaver", ["officer"], admin)
        storage.commit()
        identity.write_to(invited)
    letter = box.letters[0]
    assert letter["To"] == letter["X-Handed-To"] == WHO
    said = letter.get_content()
    link = re.search(r"http\S+/invitation#([0-9A-Z]{12})\s", said)
    assert link
    assert written(link[1]) in said
    visitor = opened(app, link[1])
    assert visitor.page
    assert visitor.page.heading == "Welcome to Voice"
    assert "Participation officer" in visitor.page.words
    visitor.press("Go on", passphrase="ada weaver hereford", again="ada weaver hereford", status=400)
    assert "easy to guess" in visitor.page.words
    assert visitor.press("Go on", name="Ada W.", passphrase=NEW, again=NEW).heading == "Set up a second step"
    assert visitor.open("/work").path.startswith("/sign-in")
    visitor.open("/sign-in/set-up")
    set_up_app(visitor)
    assert visitor.follow("I have kept them").path == "/work"
    member = next(each for each in identity.members_with("officer") if each.email == WHO)
    assert member.name == "Ada W."


def test_a_letter_is_good_once_for_seven_days(app: Flask, clock: Clock) -> None:
    invited = an_invitation()
    clock.on(days=6, hours=23)
    assert invitations.find(invited.code)
    clock.on(hours=1, seconds=1)
    assert invitations.find(invited.code) is None
    clock.on(days=-7)
    first, second = opened(app, invited.code), opened(app, invited.code)
    first.press("Go on", passphrase=NEW, again=NEW)
    assert second.press("Go on", passphrase=NEW + " two", again=NEW + " two").heading == "You are invited"
    visitor = Visitor(app.test_client())
    visitor.open("/invitation")
    visitor.press("Begin", code=invited.code, status=400)
    assert identity.check_passphrase(WHO, NEW)


def test_only_a_mark_of_the_code_is_kept_and_a_later_letter_ends_an_earlier(app: Flask) -> None:
    first = an_invitation()
    row = storage.session().get_one(Invitation, first.id)
    assert first.code not in repr(dict(vars(row).items()))
    second = an_invitation()
    assert invitations.find(first.code) is None
    assert invitations.find(second.code)
    assert [each.id for each in identity.invitations_waiting()] == [second.id]
    identity.withdraw(second.id, None)
    assert invitations.find(second.code) is None
    assert identity.invitations_waiting() == []


def test_whoever_is_a_member_is_invited_again_instead(app: Flask) -> None:
    member = a_member("officer", "publisher", email=WHO)
    with pytest.raises(identity.AlreadyMember):
        identity.invite(WHO, "Ada", ["officer"], None)
    visitor = sign_in(app, WHO)
    again = identity.invite_again(member, None)
    storage.commit()
    assert visitor.open("/work").path == "/work", "until it is taken up, all stays as it was"
    other = opened(app, again.code)
    other.press("Go on", passphrase=NEW, again=NEW)
    secret = set_up_app(other)
    assert secret != APP
    assert visitor.open("/work").path.startswith("/sign-in"), "what there was before is no good any more"
    assert not identity.check_passphrase(WHO, PASSPHRASE)
    found = identity.person(member)
    assert found
    assert found.roles == {"officer", "publisher"}


def test_guesses_at_codes_are_slowed_for_all_together(app: Flask) -> None:
    visitor = Visitor(app.test_client())
    visitor.open("/invitation")
    for turn in range(32):
        visitor.press("Begin", code="2222-3333-4444", status=400 if turn < 30 else 429)
    assert visitor.page
    assert "Wait 1 minute" in visitor.page.words


# --- a young person of the board


def test_a_young_person_joins_with_a_card_and_signs_in_with_it_again(app: Flask) -> None:
    invited = a_card()
    visitor = opened(app, written(invited.code).lower())
    assert visitor.page
    assert visitor.page.heading == "Welcome to the board"
    for name, pin, said in (
        ("sam@home.example", "482915", "3 to 30 letters"),
        ("river-fox", "123456", "easy to guess"),
        ("river-fox", "4829", "6 to 12"),
    ):
        assert said in visitor.press("Go on", name=name, pin=pin, again=pin, status=400).words
    visitor.press("Go on", name="river-fox", pin="482915", again="482916", status=400)
    page = visitor.press("Go on", name="River-Fox", pin="482915", again="482915")
    assert page.heading == "You are in. Keep your card"
    assert "river-fox" in page.words
    assert visitor.open("/board").path == "/board"

    again = Visitor(app.test_client())
    again.open("/sign-in")
    again.press("Sign in", email="River-Fox", passphrase="482915")
    assert again.page
    assert "The code on your card" in again.page.words
    again.press("Go on", code="2222-3333-4444", status=400)
    assert again.press("Go on", code=written(invited.code)).path == "/board"


def test_a_lost_card_is_replaced_and_the_old_one_stops(app: Flask) -> None:
    invited = a_card()
    opened(app, invited.code).press("Go on", name="river-fox", pin="482915", again="482915")
    member = identity.members_with("board_member")[0]
    assert member.email == "river-fox"
    new = identity.invite_again(member.id, None)
    storage.commit()
    assert new.email is None
    opened(app, new.code).press("Go on", name="river-fox", pin="930271", again="930271")
    visitor = Visitor(app.test_client())
    visitor.open("/sign-in")
    visitor.press("Sign in", email="river-fox", passphrase="482915", status=400)
    visitor.press("Sign in", email="river-fox", passphrase="930271")
    visitor.press("Go on", code=invited.code, status=400)
    assert visitor.press("Go on", code=new.code).path == "/board"
    assert [each.id for each in identity.members_with("board_member")] == [member.id]


def test_a_name_belongs_to_one(app: Flask) -> None:
    opened(app, a_card("Sam").code).press("Go on", name="river-fox", pin="482915", again="482915")
    other = opened(app, a_card("Kit").code)
    assert "Someone has that name" in other.press("Go on", name="river-fox", pin="482915", again="482915", status=400).words


def test_a_pin_and_a_card_open_the_board_and_nothing_more(app: Flask) -> None:
    """Once someone's work grows, six figures are not enough: they are invited anew."""
    invited = a_card()
    opened(app, invited.code).press("Go on", name="river-fox", pin="482915", again="482915")
    member = identity.members_with("board_member")[0]
    identity.change_roles(member.id, ["officer"], None)
    storage.commit()
    visitor = Visitor(app.test_client())
    visitor.open("/sign-in")
    assert "new invitation" in visitor.press("Sign in", email="river-fox", passphrase="482915", status=400).words
    assert not identity.factors_of(member.id).enough


def test_a_pin_is_guessed_five_times_in_a_quarter_of_an_hour_whoever_has_it(app: Flask, clock: Clock) -> None:
    opened(app, a_card().code).press("Go on", name="river-fox", pin="482915", again="482915")
    for name in ("river-fox", "nobody-fox"):
        visitor = Visitor(app.test_client())
        visitor.open("/sign-in")
        for turn in range(7):
            visitor.press("Sign in", email=name, passphrase="000000", status=400 if turn < 5 else 429)
            clock.on(minutes=1)
        assert visitor.page
        assert "minutes" in visitor.page.words


def test_my_page_of_a_young_person_speaks_of_card_and_pin(app: Flask) -> None:
    visitor = opened(app, a_card().code)
    visitor.press("Go on", name="river-fox", pin="482915", again="482915")
    page = visitor.open("/me")
    assert "Choose a new PIN" in page.words
    assert "passphrase" not in page.words.lower()
    assert "Recovery" not in page.words
    visitor.follow("Choose a new PIN")
    visitor.press("Keep it", passphrase="111111", again="111111", status=400)
    assert visitor.press("Keep it", passphrase="730284", again="730284").heading == "How you sign in"
    assert identity.check_passphrase("river-fox", "730284")


def test_the_printed_card(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, Any]] = []
    as_set = paper.laid_out

    def watched(html: str) -> Any:
        made.append((html, as_set(html)))
        return made[-1][1]

    monkeypatch.setattr(paper, "laid_out", watched)
    invited = a_card("Samira")
    with app.test_request_context("/"):
        response = cards.as_pdf(invited)
    html, document = made[0]
    assert response.get_data()[:5] == b"%PDF-"
    assert len(document.pages) == 1
    assert (round(document.pages[0].width * 25.4 / 96), round(document.pages[0].height * 25.4 / 96)) == (148, 210)
    assert written(invited.code) in html
    assert "Samira" in html


# --- commands


def run(app: Flask, *words: str) -> tuple[int, str]:
    storage.session().rollback()  # the command has a session of its own
    ran = CliRunner().invoke(voice, ["members", *words], obj=lambda: app)
    return ran.exit_code, ran.output


@pytest.fixture
def commands(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    import voice.command

    monkeypatch.setattr(voice.command, "_make_app", lambda: app)
    return app


def test_members_are_added_and_invited_from_the_command_line(commands: Flask, tmp_path: Path) -> None:
    app = commands
    code, said = run(app, "add", WHO, "--role", "administrator")
    assert code == 0
    passphrase = re.search(r"this once: (\S+)", said)
    assert passphrase
    assert identity.check_passphrase(WHO, passphrase[1])
    code, said = run(app, "add", WHO, "--role", "administrator", "--passphrase", "too short")
    assert code == 1
    assert "15 characters" in said
    code, said = run(app, "invite", "kit@hereford.example", "--role", "officer")
    assert code == 0
    assert "has a letter" in said
    letters = list((app.extensions["voice.settings"].data / "outbox").glob("*.eml"))
    assert len(letters) == 1
    code, said = run(app, "invite", WHO, "--print")
    assert code == 0
    assert invitations.find(said.strip().partition("#")[2])
    code, said = run(app, "card", "Sam", "--file", str(tmp_path / "card.pdf"))
    assert code == 0
    assert (tmp_path / "card.pdf").read_bytes()[:5] == b"%PDF-"
    code, said = run(app, "card", "Kit")
    assert invitations.find(read_code(said.strip().split()[-1]))
    code, said = run(app, "invite", "not an address", "--role", "officer")
    assert code == 1


def test_a_demo_takes_no_members(commands: Flask) -> None:
    marker = commands.extensions["voice.settings"].demo_marker
    marker.write_text("{}")
    try:
        for words in (("add", WHO, "--role", "officer"), ("invite", WHO, "--role", "officer"), ("card", "Sam")):
            code, said = run(commands, *words)
            assert code == 1
            assert "demo" in said
    finally:
        marker.unlink()


def test_a_letter_that_cannot_be_sent_says_what_to_do(commands: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_letter: object) -> None:
        raise post.NotSent("away")

    monkeypatch.setattr(post, "send", refuse)
    code, said = run(commands, "invite", WHO, "--role", "officer")
    assert code == 1
    assert "VOICE_SMTP_URL" in said
    assert identity.invitations_waiting(), "it stays, to be sent again"
