"""A board member proposes a theme; an officer decides; the board sees what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from tests.making import a_theme, a_view, the
from tests.reading import Visitor
from voice import keeping, reviewing, storage, understanding
from voice.reviewing import proposals

pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
HEARD = "Buses cost too much."


@pytest.fixture
def member(signed_in: Callable[..., Visitor]) -> Visitor:
    return signed_in("board_member")


def propose(member: Visitor, cards: slice = slice(0, 2)) -> proposals.Proposal:
    page = member.open("/board/buses-stop-too-early-for-us/propose")
    marks = [str(each["value"]) for each in page.soup.select("input[name=card]")]
    member.press("Propose this theme", card=marks[cards], words=HEARD)
    return proposals.waiting()[-1]


def test_a_board_member_proposes_and_an_officer_makes_it_a_theme(app: Flask, member: Visitor, signed_in: Callable[..., Visitor]) -> None:
    a_theme(views=[a_view(words) for words in ("it costs £4", "my mum cant pay the bus", "the bus comes once")])
    page = member.open("/board/buses-stop-too-early-for-us")
    member.follow("I hear something else in these cards")
    member.press("Propose this theme", status=400, card=[], words="")
    assert member.page
    assert "Choose at least one card" in member.page.words
    found = propose(member)
    page = member.open("/board")
    assert HEARD in page.words
    assert "An officer reads it" in page.words
    officer = signed_in("officer")
    assert "Proposed by the board" in officer.open("/work/themes/proposed").words
    page = officer.open(f"/work/proposals/{found.id}")
    assert "Board Member" not in page.words, "who proposed it stands on a page"
    page = officer.press("Make this theme")
    made = understanding.theme_by_slug("buses-cost-too-much")
    assert made
    assert made.views == 2
    assert "It is a theme now" in member.open("/board").words
    officer.open(f"/work/proposals/{found.id}")
    assert not proposals.waiting()


def test_an_officer_says_why_not_and_the_board_reads_it(app: Flask, member: Visitor, signed_in: Callable[..., Visitor]) -> None:
    a_theme()
    found = propose(member)
    officer = signed_in("officer")
    officer.open(f"/work/proposals/{found.id}")
    officer.press("Tell the board", status=400)
    officer.press("Tell the board", reason="The cards say times, not prices. We ask about prices in March.")
    assert "We ask about prices in March." in member.open("/board").words
    with pytest.raises(proposals.AlreadySettled):
        proposals.decline(found.id, "Once more.", the("officer"))


def test_it_is_put_to_a_theme_that_says_it_already_and_stays_with_it_when_that_is_merged(app: Flask, member: Visitor) -> None:
    a_theme()
    price, more = a_theme(HEARD), a_theme("It is too dear.")
    found = propose(member)
    proposals.join(found.id, price, the("officer"))
    understanding.merge(price, more, the("officer"))
    became = proposals.of_the_board()[0].became
    assert became
    assert became.id == more


def test_words_taken_back_leave_a_proposal(app: Flask, member: Visitor) -> None:
    view_id = a_view("only my own bus is late")
    a_theme(views=[view_id])
    found = propose(member)
    keeping.erase(keeping.raw_views([view_id])[0].submission_id)
    with pytest.raises(proposals.NoCards):
        proposals.make(found.id, HEARD, the("officer"))
    assert proposals.views_of(found.id, the("officer")) == []


def test_a_card_is_named_by_a_mark_of_this_member_alone(app: Flask, member: Visitor) -> None:
    view_id = a_view()
    theme_id = a_theme(views=[view_id])
    one, other = the("board_member"), uuid.uuid4()
    mark = proposals.marked_cards(theme_id, one)[0].mark
    assert mark != proposals.marked_cards(theme_id, other)[0].mark
    assert str(view_id) not in member.open("/board/buses-stop-too-early-for-us/propose").raw.decode()
    with pytest.raises(proposals.NoCards):
        proposals.propose(theme_id, HEARD, [proposals.marked_cards(theme_id, other)[0].mark], one)


def test_what_joined_a_theme_is_told_to_the_board(app: Flask, member: Visitor) -> None:
    into, gone = a_theme(), a_theme(HEARD)
    reviewing.write_words(gone, "Four pounds is a lot for us.", the("board_member"))
    understanding.merge(gone, into, the("officer"))
    storage.commit()
    page = member.open("/board/buses-cost-too-much")
    assert HEARD in page.words
    assert "Four pounds is a lot for us." in page.words
