"""Figures for analysts, schools and partners: rounded, hidden where few, and never about one child. On both databases (SAFETY P1-P3)."""

from __future__ import annotations

import csv
import io
import random
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import delete

from tests.making import a_member, a_submission, a_theme, a_view, an_activity, an_answer, the
from tests.reading import Visitor
from voice import asking, counting, identity, inviting, keeping, storage
from voice.counting.rules import MOVES_BY, moves, shown, table
from voice.keeping.models import Submission

SignIn = Callable[..., Visitor]


def _send(how_many: int, **facts: object) -> list[uuid.UUID]:
    return [a_submission(f"Words {uuid.uuid4()}.", facts=keeping.Facts(**facts)).submission_id for _ in range(how_many)]  # type: ignore[arg-type]


def _release() -> int:
    changed = counting.release_counts()
    storage.commit()
    return changed


# --- rules


@pytest.mark.parametrize(("people", "said"), [(0, None), (1, None), (7, None), (8, 10), (12, 10), (13, 15), (42, 40), (43, 45)])
def test_few_are_not_shown_and_the_rest_is_to_the_nearest_five(people: int, said: int | None) -> None:
    assert shown(people) == said


def test_a_total_is_the_sum_of_what_is_shown() -> None:
    found = table({"en": 43, "cy": 3, "pl": 12})
    assert dict(found.cells) == {"en": 45, "cy": None, "pl": 10}
    assert found.total == 55, "taking the shown cells away from it leaves nothing of the hidden one"
    assert table({"cy": 3}).total is None


def test_nobody_can_watch_one_child_being_added() -> None:
    """A figure that is looked at after each answer: between two that differ, ten people or more came or went."""
    chance = random.Random(7)  # noqa: S311  # invented people
    given, people, since = 0, 0, 0
    for _step in range(5000):
        people += chance.choice([1, 1, 1, -1]) if people else 1
        if moves(given, people):
            assert abs(people - given) >= MOVES_BY
            given, since = people, since + 1
    assert since > 50


# --- figures as they are given out


def test_a_figure_moves_only_once_ten_have(app: Flask) -> None:
    activity_id = an_activity()
    _send(9, language="en", age_band="11_13")
    assert _release() == 0
    assert counting.breakdowns(activity_id)["language"].cells == {}
    _send(1, language="en", age_band="11_13")
    assert _release() == 3
    first = counting.breakdowns(activity_id)
    assert dict(first["language"].cells) == {"en": 10}
    _send(9, language="en", age_band="14_16")
    assert _release() == 0
    assert counting.breakdowns(activity_id) == first, "nine more change nothing that can be seen"
    _send(1, language="cy", age_band="14_16")
    _release()
    assert dict(counting.breakdowns(activity_id)["age_band"].cells) == {"11_13": 10, "14_16": 10}
    assert dict(counting.breakdowns(activity_id)["language"].cells) == {"en": 10}, "of one Welsh answer there is no trace, not even its language"


def test_what_is_taken_back_does_not_show_itself(app: Flask) -> None:
    activity_id = an_activity()
    sent = _send(14)
    _release()
    before = counting.breakdowns(activity_id)
    keeping.erase(sent[0])
    storage.commit()
    _release()
    assert counting.breakdowns(activity_id) == before


def _group(kind: str, organisation_id: uuid.UUID | None = None, name: str = "Year 8") -> uuid.UUID:
    readers = (the("officer"),) if kind == "targeted" else ()
    invitation = inviting.Invitation(
        name=name,
        kind=kind,
        audience="Care leavers",
        readers=readers,
        expires_on=storage.today() + timedelta(days=9),
        organisation_id=organisation_id,
    )
    group_id = inviting.invite(an_activity(), invitation, the("officer"))
    storage.commit()
    return group_id


def test_groups_asked_on_purpose_are_in_no_figure(app: Flask) -> None:
    _send(20, group_id=_group("targeted"))
    assert _release() == 0


# --- the analyst


def test_an_analyst_sees_numbers_and_no_word(app: Flask, signed_in: SignIn) -> None:
    an_activity()
    _send(23, language="en", age_band="11_13", way_in="qr")
    _send(2, language="pl", age_band="17_19", way_in="web")
    _release()
    desk = signed_in("analyst")
    page = desk.open("/work/numbers")
    assert "QR code About 25" in page.words
    assert "11 to 13 About 25" in page.words
    assert "Polski" not in page.words
    assert "Words " not in page.words
    assert "23" not in page.words
    assert "Who answered what" in desk.open("/work/start").words
    for path in ("/work", "/work/search", "/work/answers", "/work/exports", "/safeguarding", "/board", "/work/people"):
        desk.open(path, status=403)


def test_the_tables_hold_what_the_page_does(app: Flask, signed_in: SignIn) -> None:
    activity_id = an_activity("formulas")
    storage.session().execute(delete(Submission))
    row = asking.activity_by_id(activity_id)
    assert row
    for _ in range(12):
        a_submission("Words.", activity="formulas", facts=keeping.Facts(language="uk", age_band="8_10"))
    _release()
    desk = signed_in("analyst")
    body = desk.client.get("/work/numbers/file?kind=csv").get_data(as_text=True)
    lines = list(csv.reader(io.StringIO(body.removeprefix("\ufeff"))))
    assert lines[0] == ["Activity", "Opened", "What", "Answer", "About how many", "Note"]
    assert [row.title, row.opens_on.isoformat(), "Language", "Українська", "10", ""] in lines
    book = load_workbook(io.BytesIO(desk.client.get("/work/numbers/file?kind=xlsx").data))
    cells = [tuple(each.value for each in line) for line in book.active.iter_rows()]  # type: ignore[union-attr]
    assert len(cells) == len(lines)
    assert desk.client.get("/work/numbers/file?kind=exe").status_code == 404


# --- the school or setting


def test_a_school_sees_its_own_groups_roughly_and_nothing_else(app: Flask, signed_in: SignIn) -> None:
    hill, dale = (identity.make_organisation(name, "school", None) for name in ("Hill School", "Dale School"))
    identity.belong(hill, None, member_id=a_member("school", email="sam@hill.example"))
    ours, small, theirs = _group("class", hill, "Year 8"), _group("club", hill, "Chess"), _group("class", dale, "Year 9")
    targeted = _group("targeted", hill, "Care leavers’ evening")
    for group, people in ((ours, 23), (small, 4), (theirs, 40), (targeted, 30)):
        _send(people, group_id=group)
    _release()
    desk = signed_in("school", email="sam@hill.example")
    page = desk.open("/work/ours")
    words = page.words
    assert "Hill School" in words
    assert "About 25" in words
    assert "Too few to show" in words
    for hidden in ("Year 9", "About 40", "About 30", "Care leavers", "Words ", "23"):
        assert hidden not in words, hidden
    for path in ("/work", "/work/asking", "/work/numbers", "/work/answers", "/work/people", f"/work/asking/my-week/groups/{ours}"):
        desk.open(path, status=403)


def test_a_school_sees_what_came_of_it_once_it_is_public(app: Flask, signed_in: SignIn) -> None:
    hill = identity.make_organisation("Hill School", "school", None)
    identity.belong(hill, None, member_id=a_member("school", email="sam@hill.example"))
    _group("class", hill)
    here = [a_view(f"A light at the stop, {number}.") for number in range(3)]
    lit, few = a_theme("Stops need light.", views=here, heard=True), a_theme("Clubs cost a lot.", views=here[:2], heard=True)
    desk = signed_in("school", email="sam@hill.example")
    assert "Nothing is answered yet." in desk.open("/work/ours").words
    an_answer(lit)
    page = desk.open("/work/ours")
    assert "Stops need light." in page.words
    assert "Clubs cost a lot." not in page.words
    assert few


def test_a_school_nobody_placed_is_told_whom_to_ask(app: Flask, signed_in: SignIn) -> None:
    assert "Ask the administrator." in signed_in("school").open("/work/ours").words
    assert "Ask the administrator." in signed_in("partner").open("/work/promises").words


# --- the partner


def test_a_partner_sees_its_own_promises(app: Flask, signed_in: SignIn) -> None:
    police = identity.make_organisation("Demo Police", "police", None)
    identity.belong(police, None, member_id=a_member("partner", email="pat@police.example"))
    an_answer(a_theme("Lanes feel unsafe.", heard=True), organisation="Demo police")
    an_answer(a_theme("Clubs cost a lot.", heard=True), organisation="Demo Council")
    an_answer(a_theme("Parks are dark.", heard=True), organisation="Demo police", published=False)
    desk = signed_in("partner", email="pat@police.example")
    page = desk.open("/work/promises")
    assert "Lanes feel unsafe." in page.words
    assert "Clubs cost a lot." not in page.words
    assert "Parks are dark." not in page.words, "a draft is not public"
    assert "What your organisation said it would do" in desk.open("/work/start").words
