"""Nothing unread, withheld, held by the lead or set aside is in a pack, a count, a paper, an ask or a letter. Bar G8, on both databases."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from flask import Flask

from tests.conftest import Ground
from tests.making import a_theme, a_view, the
from tests.reading import Visitor
from tests.rooms.reviewing.meeting.making import a_meeting, of_the_same_school, the_board, the_worker
from tests.rooms.reviewing.test_what_the_board_meets import HIDDEN, hidden_views
from voice import identity, reading, reviewing, storage, understanding
from voice.reviewing.meeting import actions, asking, letters, queries, rounds, said
from voice.web.access import rule_of

SignIn = Callable[..., Visitor]


def pages_of(app: Flask, visitor: Visitor, role: str, names: dict[str, str]) -> dict[str, str]:
    """Every page around meetings that this role can open, as text without what is new each time."""
    found = {}
    for rule in app.url_map.iter_rules():
        around = rule.rule.startswith(("/board/meetings", "/work/asks")) or rule.rule == "/board"
        if around and "GET" in (rule.methods or ()) and role in (rule_of(app, rule.endpoint) or ()):
            address = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: names[name[1]], rule.rule)
            text = visitor.client.get(address).get_data(as_text=True)
            found[rule.rule] = re.sub(r'csrf_token"[^>]*value="[^"]*"|<svg hidden>.*</svg>', "", text, flags=re.S)
    return found


def test_nothing_held_back_nor_how_much_of_it_is_around_a_meeting(app: Flask, ground: Ground, signed_in: SignIn) -> None:
    first = hidden_views(0)
    theme_id = a_theme("Buses stop too early", views=[*(a_view(f"A plain one {letter}") for letter in "abc"), *first])
    board, worker = signed_in("board_member"), signed_in("board_worker")
    meeting_id = a_meeting([theme_id])
    letters.want_letters(the_board()[0], yes=True)
    owner = identity.members_with("answer_owner") or [identity.person(the("answer_owner"))]
    assert owner[0]
    ask = asking.Asked(
        words="Later ones.",
        owner_role="Head of Transport",
        organisation="The council",
        owner_id=owner[0].id,
        due_on=storage.today(),
        may_be_public=True,
    )
    ask_id = asking.ask_leader(meeting_id, theme_id, ask, the_board()[0])
    actions.write_note(meeting_id, theme_id, "We wait long.", the_board()[0])
    rounds.open_round(meeting_id, 60, the_worker())
    letters.there_is_something()
    storage.commit()
    names = {"meeting_id": str(meeting_id), "theme_id": str(theme_id), "ask_id": str(ask_id), "note_id": str(uuid.UUID(int=7))}
    before = {role: pages_of(app, visitor, role, names) for role, visitor in (("board_member", board), ("board_worker", worker))}
    more = [view for number in range(1, 13) for view in hidden_views(number)]
    understanding.gather(theme_id, more, the("officer"))
    storage.commit()
    letters.send_what_is_owed()
    letters.leader_is_asked(owner[0].id, ask_id)
    for role, visitor in (("board_member", board), ("board_worker", worker)):
        after = pages_of(app, visitor, role, names)
        assert len(after) >= 8
        assert any("A plain one" in text for text in after.values())
        for address, text in after.items():
            assert not [word for word in HIDDEN if word in text], address
            assert not [each for each in (*first, *more) if str(each) in text or each.hex in text], address
            assert text == before[role][address], f"{address} tells how much is held back"
    sent = [each.read_text() for each in (ground.folder / "outbox").iterdir()]
    assert len(sent) == 2
    assert not [word for word in (*HIDDEN, "plain one", "Buses") for letter in sent if word in letter]


def test_how_many_were_held_back_is_said_in_steps_and_stands_still(app: Flask, signed_in: SignIn) -> None:
    theme_id = a_theme("Buses stop too early", views=[a_view("A plain one"), *hidden_views(0)])
    few = a_meeting([theme_id], in_days=1)
    found = queries.meeting(few)
    assert found
    assert (found.held_back_because, found.held_back_at_least) == (("names_someone",), None)
    understanding.gather(theme_id, [view for number in range(1, 7) for view in hidden_views(number)], the("officer"))
    storage.commit()
    assert queries.meeting(few) == found
    many = queries.meeting(a_meeting([theme_id], in_days=2))
    assert many
    assert many.held_back_at_least == 10
    board = signed_in("board_member")
    assert "A few were held back from this pack. Because they name someone" in board.open(f"/board/meetings/{few}").words
    assert "At least 10 were held back from this pack." in board.open(f"/board/meetings/{many.id}").words


def test_a_theme_whose_cards_were_taken_in_again_leaves_the_pack_and_the_vote(app: Flask, signed_in: SignIn) -> None:
    gone = a_view("The KITTIWAKE club is shut.")
    themes = [a_theme("The KITTIWAKE is shut.", views=[gone]), a_theme("Bins are full.")]
    board = signed_in("board_member")
    meeting_id = a_meeting(themes, seats=the_board())
    rounds.open_round(meeting_id, 60, the_worker())
    reading.withhold(gone, "names_someone", the("officer"))
    storage.commit()
    for address in (f"/board/meetings/{meeting_id}", f"/board/meetings/{meeting_id}/round"):
        words = board.open(address).words
        assert "Bins are full." in words
        assert "KITTIWAKE" not in words
    board.open(f"/board/meetings/{meeting_id}/on/{themes[0]}", 404)


def test_a_member_is_not_shown_what_their_own_school_said_in_a_pack(app: Flask, signed_in: SignIn) -> None:
    ours = of_the_same_school("Only WIGEON class said this.")
    theme_id = a_theme("Clubs are shut.", views=ours.view_ids)
    board = signed_in("board_member")
    meeting_id = a_meeting([theme_id])
    assert "Clubs are shut." in board.open(f"/board/meetings/{meeting_id}").words
    identity.belong(ours.school_id, None, member_id=the_board()[0])
    storage.commit()
    assert "Clubs are shut." not in board.open(f"/board/meetings/{meeting_id}").words
    board.open(f"/board/meetings/{meeting_id}/on/{theme_id}", 404)


def test_what_goes_out_to_everyone_is_the_boards_own(app: Flask) -> None:
    assert set(said.DecisionFacts.__dataclass_fields__) >= {"words", "minority"}
    theme_id = a_theme("Buses stop too early", views=[a_view("A plain one"), *hidden_views(0)])
    meeting_id = a_meeting([theme_id])
    actions.decide(
        meeting_id, theme_id, actions.Decided(words="Later.", may_be_public=True, minority=None, minority_may_be_public=False), the_board()[0]
    )
    actions.end_meeting(meeting_id, the_worker())
    told = repr(reviewing.public_decisions([theme_id])) + repr(reviewing.asks_to_leaders([theme_id]))
    assert "Later." in told
    assert not [word for word in (*HIDDEN, "plain one") if word in told]
