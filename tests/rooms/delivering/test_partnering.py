"""“What will you do?”: pledged in public, confirmed, read first, said what became of it, and both marks side by side."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from tests.making import a_plan, a_priority, the
from tests.reading import Visitor
from tests.rooms.keeping.test_canary import table_hits
from tests.rooms.safeguarding.postbox import Postbox, a_post_server, free_port, letters_go_to
from voice import delivering, identity, storage
from voice.delivering.partnering import actions, queries, workers
from voice.delivering.partnering.links import own_link
from voice.delivering.partnering.models import PartnerPledge, PartnerUpdate
from voice.retention import retention_of

SignIn = Callable[..., Visitor]
HERE = {"Origin": "http://localhost"}
WORDS = "We mend bikes for free on Saturdays."
YARD = "wheels@yard.example"


@pytest.fixture
def box(app: Flask) -> Iterator[Postbox]:
    a_plan()
    with a_post_server(app) as found:
        yield found


def in_days(days: int) -> str:
    return (storage.today() + timedelta(days=days)).isoformat()


def a_pledge(*, published: bool = True, email: str = YARD, due_in: int = 200) -> uuid.UUID:
    day = storage.today() + timedelta(days=due_in)
    what = actions.Pledged(priority_id=a_priority().id, organisation="The Wheel Yard", role="Workshop lead", words=WORDS, due_on=day)
    pledge_id = actions.pledge(what, email)
    actions.confirm(pledge_id)
    if published:
        actions.publish(pledge_id, the("officer"))
    storage.commit()
    return pledge_id


def say(pledge_id: uuid.UUID, mark: str, *, read: bool = True, **more: str) -> None:
    actions.say(pledge_id, actions.Said(mark=mark, **more))
    if read:
        actions.publish_update(pledge_id, queries.own(pledge_id).word.number, the("officer"))  # type: ignore[union-attr]  # it has just been said
    storage.commit()


def shown(visitor: Visitor) -> str:
    """What everyone reads, on both pages that show pledges."""
    visitor.client.environ_base["HTTP_CACHE_CONTROL"] = "no-cache"
    return visitor.open("/what-will-you-do").words + visitor.open("/plan/1").words


def test_from_the_public_form_to_both_marks(app: Flask, visitor: Visitor, signed_in: SignIn, box: Postbox) -> None:
    typed = {"priority": "1", "organisation": "The Wheel Yard", "role": "Workshop lead", "words": WORDS, "due_on": in_days(200)}
    visitor.open("/plan/1")
    visitor.follow("What will you do?")
    page = visitor.press("Send the pledge", 400, **{**typed, "email": "nobody", "due_on": in_days(-1)})
    assert "Choose a day to come" in page.words
    assert "That is not an e-mail address." in page.words
    visitor.press("Send the pledge", **typed, email=YARD)
    assert workers.write_letters() == 1
    assert workers.write_letters() == 0
    ((to, subject, letter),) = box.letters
    assert (to, subject) == (YARD, "Is this pledge yours?")
    assert WORDS not in letter

    officer = signed_in("officer")
    assert WORDS not in officer.open("/work/partner-pledges").words, "nobody reads what nobody confirmed"
    yours = letter[letter.index("/what-will-you-do/yours/") :].split()[0]
    visitor.open(yours)
    assert queries.desk() == [], "a machine that opens links confirms nothing"
    assert "One of us reads it now." in visitor.press("Yes, this is ours").words
    assert WORDS not in shown(visitor)

    officer.open("/work/partner-pledges")
    officer.follow(f"The Wheel Yard: {WORDS}")
    officer.press("Publish it")
    assert WORDS in shown(visitor)
    assert "They have not told us yet" in shown(visitor)
    visitor.open(yours)
    assert "Say why it was not kept." in visitor.press("Send", 400, mark="not_kept").words
    visitor.press("Send", mark="not_kept", why="Our shed burned down.")
    assert "Our shed burned down." not in shown(visitor), "an officer reads it first"
    officer.open("/work/partner-pledges")
    officer.follow(f"The Wheel Yard: {WORDS}")
    officer.press("Publish this word")
    board = signed_in("board_member")
    board.open("/board")
    board.follow("Look at the pledges")
    board.press("On the way")
    both = shown(visitor)
    assert "They say: not kept" in both
    assert "Board says: on the way" in both
    assert "Our shed burned down." in both
    (facts,) = delivering.partner_pledges(a_plan())
    assert (facts.own_mark, facts.board_mark, facts.own_why) == ("not_kept", "on_the_way", "Our shed burned down.")
    assert delivering.partner_pledges(a_plan(), a_priority("2").id) == []


def test_sent_back_with_a_reason_and_put_right(app: Flask, visitor: Visitor, signed_in: SignIn, box: Postbox) -> None:
    pledge_id = a_pledge(published=False)
    officer = signed_in("officer")
    page = officer.open(f"/work/partner-pledges/{pledge_id}")
    assert "Say why, so that they can put it right." in officer.press("Send it back", 400).words
    officer.press("Send it back", why="It is too long for the page.")
    assert page
    assert queries.how_many_wait() == 0
    workers.write_letters()
    visitor.open(f"/what-will-you-do/yours/{own_link(pledge_id)}")
    assert "It is too long for the page." in visitor.page.words  # type: ignore[union-attr]  # it was just opened
    visitor.press("Send it again", words="We mend bikes.")
    assert queries.how_many_wait() == 1
    assert [letter[1] for letter in box.letters] == ["Something to put right in your pledge"]


def test_words_that_may_point_to_a_child_are_marked_for_the_officer(app: Flask, signed_in: SignIn) -> None:
    a_plan()
    pledge_id = a_pledge(published=False)
    row = storage.session().get_one(PartnerPledge, pledge_id)
    row.words = "We give Ellie Maddox a bike so that she can come."
    storage.commit()
    page = signed_in("officer").open(f"/work/partner-pledges/{pledge_id}")
    assert "Maddox" in " ".join(each.get_text() for each in page.soup.select("mark"))


def test_words_that_label_a_child_need_a_reason(app: Flask, visitor: Visitor) -> None:
    a_plan()
    typed = {"priority": "1", "organisation": "A club", "role": "Lead", "words": "We help troubled families.", "due_on": in_days(9), "email": YARD}
    reply = visitor.client.post("/what-will-you-do/pledge", data=typed, headers=HERE)
    assert reply.status_code == 400
    assert "may label a child" in reply.text
    assert visitor.client.post("/what-will-you-do/pledge", data={**typed, "kept_because": "It is its name."}, headers=HERE).status_code == 303


def test_a_partner_who_is_signed_in_says_it_for_their_own_alone(app: Flask, signed_in: SignIn) -> None:
    a_plan()
    pledge_id = a_pledge()
    partner = signed_in("partner")
    assert partner.client.get(f"/work/promises/{pledge_id}").status_code == 404
    place = identity.make_organisation("the wheel yard", "police", None)
    identity.belong(place, None, member_id=the("partner"))
    storage.commit()
    partner.open("/work/promises")
    partner.follow(WORDS)
    assert "Say how we can see that it was kept." in partner.press("Send", 400, mark="kept").words
    assert "An officer reads what you wrote last (Kept)." in partner.press("Send", mark="kept", evidence="Come and see.").words
    assert storage.session().scalars(select(PartnerUpdate.written_by)).one() == the("partner")
    assert queries.public_pledge(pledge_id).own_mark is None  # type: ignore[union-attr]  # it is public


def test_a_later_word_takes_the_place_of_an_unread_one_and_a_read_one_stays_until_then(app: Flask) -> None:
    a_plan()
    pledge_id = a_pledge()
    say(pledge_id, "on_the_way")
    say(pledge_id, "not_kept", read=False, why="No money.")
    say(pledge_id, "kept", read=False, evidence="Come and see.")
    facts = queries.own(pledge_id)
    assert facts
    assert facts.public
    assert facts.word
    assert (facts.public.own_mark, facts.word.mark, facts.word.number) == ("on_the_way", "kept", 2)
    with pytest.raises(actions.NotNow):
        actions.publish_update(pledge_id, 1, the("officer"))
    actions.send_update_back(pledge_id, 2, "Say where.", the("officer"))
    assert queries.how_many_wait() == 0


def test_the_database_holds_to_what_a_mark_must_say(app: Flask) -> None:
    a_plan()
    pledge_id = a_pledge()
    for wrong in ({"mark": "not_kept"}, {"mark": "kept"}, {"mark": "maybe"}):
        with pytest.raises(IntegrityError), storage.session().begin_nested():
            storage.session().execute(
                insert(PartnerUpdate).values(id=uuid.uuid4(), pledge_id=pledge_id, number=1, written_on=storage.today(), **wrong)
            )
    for values in ({"confirmed_on": None}, {"published_by": None}, {"sent_back_on": storage.today()}, {"sealed": None}):
        with pytest.raises(IntegrityError), storage.session().begin_nested():
            storage.session().execute(update(PartnerPledge).values(**values))


def test_nobody_is_buried_in_letters_and_no_machine_fills_the_table(app: Flask, visitor: Visitor) -> None:
    a_plan()
    typed = {"priority": "1", "organisation": "A club", "role": "Lead", "words": "We try.", "due_on": in_days(9)}
    said = [visitor.client.post("/what-will-you-do/pledge", data={**typed, "email": YARD}, headers=HERE).status_code for _ in range(5)]
    assert said == [303, 303, 303, 400, 400]
    said = [visitor.client.post("/what-will-you-do/pledge", data={**typed, "email": f"{n}@x.example"}, headers=HERE).status_code for n in range(20)]
    assert said == [303] * 17 + [429] * 3
    assert storage.session().scalar(select(func.count()).select_from(PartnerPledge)) == 20


def test_a_link_of_another_and_a_form_from_elsewhere_do_nothing(app: Flask, visitor: Visitor) -> None:
    a_plan()
    one, other = a_pledge(email="a@x.example"), a_pledge(email="b@x.example")
    for text in ("x", own_link(one)[:32] + own_link(other)[32:], own_link(one).upper(), f"{own_link(one)}é"):
        assert visitor.client.get(f"/what-will-you-do/yours/{text}").status_code == 404
    address = f"/what-will-you-do/yours/{own_link(one)}"
    assert visitor.client.post(address, data={"act": "say", "mark": "on_the_way"}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert visitor.client.post(address, data={"act": "publish"}, headers=HERE).status_code == 400
    assert queries.how_many_wait() == 0


def test_asked_when_word_is_due_and_a_dead_server_loses_no_letter(app: Flask) -> None:
    a_plan()
    pledge_id = a_pledge(due_in=20)
    quiet = a_pledge(email="far@x.example", due_in=600)
    storage.session().execute(update(PartnerPledge).values(letter=None, published_on=storage.today() - timedelta(days=40)))
    storage.commit()
    assert workers.ask_for_word() == 1
    assert workers.ask_for_word() == 0
    storage.commit()
    with letters_go_to(app, free_port()):
        assert workers.write_letters() == 0
    with a_post_server(app) as box:
        assert workers.write_letters() == 1
        assert [(to, subject) for to, subject, _text in box.letters] == [(YARD, "How does your pledge go?")]
    say(pledge_id, "kept", evidence="Come and see.")
    storage.session().execute(update(PartnerPledge).values(reminded_on=None, published_on=storage.today() - timedelta(days=190)))
    storage.commit()
    assert workers.ask_for_word() == 1
    assert storage.session().scalars(select(PartnerPledge.id).where(PartnerPledge.reminded_on.is_not(None))).all() == [quiet]


def test_addresses_are_sealed_and_end(app: Flask) -> None:
    a_plan()
    pledge_id = a_pledge(due_in=10)
    unconfirmed = actions.pledge(
        actions.Pledged(priority_id=a_priority().id, organisation="X", role="Y", words="Z", due_on=storage.today() + timedelta(days=5)), "x@y.example"
    )
    storage.commit()
    assert table_hits("yard.example", "y.example") == []
    rules, today = retention_of().all(), storage.today()
    assert [rules["partner pledges"].due(today + timedelta(days=n)) for n in (13, 14)] == [0, 1]
    assert rules["partner pledges"].remove(today + timedelta(days=14), 10) == 1
    assert queries.own(unconfirmed) is None
    assert [rules["partner contacts"].due(today + timedelta(days=n)) for n in (360, 380)] == [0, 1]
    assert rules["partner contacts"].remove(today + timedelta(days=380), 10) == 1
    row = storage.session().get_one(PartnerPledge, pledge_id)
    assert (row.sealed, row.contact_mark) == (None, None)
    assert rules["partner contacts"].due(today + timedelta(days=380)) == 0


def test_taken_off_is_gone_from_every_page(app: Flask, visitor: Visitor, signed_in: SignIn) -> None:
    a_plan()
    pledge_id = a_pledge()
    officer = signed_in("officer")
    officer.open(f"/work/partner-pledges/{pledge_id}")
    officer.press("Take it off the pages", why="The yard has closed.")
    assert WORDS not in shown(visitor)
    board = signed_in("board_member")
    assert WORDS not in board.open("/board/partner-pledges").words
    with pytest.raises(actions.NotNow):
        say(pledge_id, "on_the_way")
