"""The board meets what a person cleared: the week, in an order that tells nothing, and nothing of what was held back. Bars P6 and G8."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.making import a_member, a_submission, a_theme, a_view, member_visitor, the
from tests.reading import Visitor
from voice import asking, identity, inviting, keeping, reading, safeguarding, storage, understanding
from voice.extensions import db
from voice.inviting.models import InvitedGroup
from voice.reading.models import SetAside
from voice.reviewing import queries
from voice.web.access import rule_of

SLUG = "buses-stop-too-early"
HIDDEN = ("KESTREL", "HERON", "WAGTAIL", "PLOVER", "Dunnock")


def hidden_views(number: int) -> list[uuid.UUID]:
    """One uncleared, one withheld, one held by the lead, one set aside, and one whose translation was made from words since taken out."""
    officer = the("officer")
    unread = a_view(f"KESTREL {number}", cleared=False)
    withheld = a_view(f"HERON {number}", cleared=False)
    reading.withhold(withheld, "names_someone", officer)
    held, aside, translated = a_view(f"WAGTAIL {number}"), a_view(f"PLOVER {number}"), a_view(f"Dunnock {number}")
    reading.translate(translated, "cy", f"Dunnock cyfan {number}", f"Dunnock {number}", officer)
    reading.withhold(translated, "names_someone", officer)
    storage.commit()
    safeguarding.raise_concern(submission_of(held), officer, "A worry")
    storage.session().add(SetAside(submission_id=submission_of(aside), group_id=uuid.uuid4()))
    storage.commit()
    return [unread, withheld, held, aside, translated]


def submission_of(view_id: uuid.UUID) -> uuid.UUID:
    return keeping.raw_views([view_id])[0].submission_id


def pages_of(app: Flask, board: Visitor, theme_id: uuid.UUID) -> dict[str, str]:
    """Everything a board member can open, as text without what is new each time."""
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and "board_member" in (rule_of(app, rule.endpoint) or ()):
            for values in ({"slug": SLUG}, {"slug": SLUG, "card": "2"}, {"slug": SLUG, "card": "99"}):
                address = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: values.get(name[1], str(theme_id)), rule.rule)  # noqa: B023  # used at once
                answer = board.client.get(address, query_string={"card": values.get("card", "1"), "q": "KESTREL"})
                text = answer.get_data(as_text=True)
                found[f"{rule.rule} {values.get('card', '1')}"] = re.sub(r'csrf_token"[^>]*value="[^"]*"|<svg hidden>.*</svg>', "", text, flags=re.S)
    return found


def test_nothing_held_back_nor_how_much_of_it_is_on_any_page_of_the_board(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    clear = [a_view(f"A plain one {number}") for number in "abc"]
    first = hidden_views(0)
    theme_id = a_theme("Buses stop too early", views=[*clear, *first])
    board = signed_in("board_member")
    before = pages_of(app, board, theme_id)
    more = [view for number in range(1, 13) for view in hidden_views(number)]
    understanding.gather(theme_id, more, the("officer"))
    storage.commit()
    after = pages_of(app, board, theme_id)
    assert len(after) >= 6
    for address, text in after.items():
        assert not [word for word in HIDDEN if word in text and f"q={word}" not in text], address
        assert not [each for each in (*first, *more) if str(each) in text or each.hex in text], address
        if not address.startswith("/me/passkeys"):  # a new challenge each time
            assert text == before[address], f"{address} tells how much is held back"


def test_cards_come_in_an_order_of_each_members_own_that_is_not_the_order_they_came_in(app: Flask) -> None:
    views = [a_view(f"Words {number}", facts=keeping.Facts(received_on=storage.today() - timedelta(days=20 - number))) for number in range(12)]
    theme_id = a_theme("Buses stop too early", views=views)
    one, other = a_member("board_member", email="one@demo.example"), a_member("board_member", email="two@demo.example")
    theirs = [[card.words for card in queries.cards(theme_id, member)] for member in (one, other)]
    assert theirs[0] == [card.words for card in queries.cards(theme_id, one)]
    assert sorted(theirs[0]) == sorted(theirs[1])
    came = [f"Words {number}" for number in range(12)]
    assert theirs[0] != theirs[1]
    assert came not in (theirs[0], theirs[1])


@pytest.mark.parametrize(("name", "is_named"), [("7B", True), ("Year 7, Holme Lacy School", False)])
def test_a_member_is_not_shown_what_people_of_their_own_school_said(app: Flask, name: str, is_named: bool) -> None:
    a_view("From elsewhere")
    known = asking.activity("my-week")
    assert known
    school = identity.make_organisation("Holme Lacy School", "school", None)
    group = inviting.invite(known.id, inviting.Invitation(name=name, kind="class", expires_on=storage.today()), the("officer"))
    storage.session().get_one(InvitedGroup, group).organisation_id = school if is_named else None
    ours = a_submission("From our own class", facts=keeping.Facts(group_id=group, age_band="11_13")).view_ids[0]
    reading.clear([ours], the("officer"))
    storage.commit()
    theme_id = a_theme("Buses stop too early", views=[ours, a_view("From far away")])
    member = the("board_member")
    assert len(queries.cards(theme_id, member)) == 2
    identity.belong(school, None, member_id=member)
    assert [card.words for card in queries.cards(theme_id, member)] == ["From far away"]
    assert len(queries.cards(theme_id, a_member("board_member", email="other@demo.example"))) == 2


def test_pages_that_list_views_name_weeks_and_nothing_that_could_tie_one_to_its_sender(app: Flask) -> None:
    day = storage.today() - timedelta(days=3)
    kept = a_submission("Words of a day", facts=keeping.Facts(received_on=day, age_band="11_13"))
    reading.clear(list(kept.view_ids), the("officer"))
    storage.commit()
    theme_id = a_theme("Buses stop too early", views=list(kept.view_ids))
    found = understanding.theme(theme_id)
    assert found
    staff = {"/work": member_visitor(app, ("officer",), "staff@demo.example"), "/board": member_visitor(app, ("board_member",), "young@demo.example")}
    for address in ("/work", "/work/many", "/work/sort", f"/work/view/{kept.view_ids[0]}", f"/work/themes/{found.slug}", f"/board/{found.slug}"):
        visitor = next(each for start, each in staff.items() if address.startswith(start))
        text = visitor.open(address).raw.decode()
        words = re.sub(r"<[^>]+>", " ", text)
        assert str(kept.submission_id) not in text, address
        assert kept.submission_id.hex not in text, address
        assert day.isoformat() not in text, address
        assert not re.search(r"\b\d{1,2}:\d{2}\b", words), f"{address} tells a time"
        assert not re.search(r"(?i)user.?agent|\bmozilla\b|werkzeug", text), address


@pytest.mark.parametrize("table", ["view", "submission", "reading", "translation", "fingerprint", "set_aside", "theme_view"])
def test_no_row_about_a_view_can_tell_an_order_an_hour_or_a_machine(app: Flask, table: str) -> None:
    for column in db.metadata.tables[table].columns:
        kind = str(column.type).lower()
        assert "datetime" not in kind, f"{table}.{column.name} keeps an hour"
        assert not (column.primary_key and "int" in kind), f"{table}.{column.name} counts up"
        assert not re.search(r"(^|_)(ip|agent|browser|device|serial|number|pseudonym|sender)(_|$)", column.name), f"{table}.{column.name}"
