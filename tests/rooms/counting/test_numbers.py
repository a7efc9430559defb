"""Figures for analysts, schools and partners: rounded, hidden where few, and never about one child. On both databases (SAFETY P1-P3)."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from tests.making import a_member, a_submission, a_theme, a_view, an_activity, an_answer, the
from tests.reading import Visitor
from voice import asking, counting, identity, inviting, keeping, storage
from voice.counting.release_models import Release

SignIn = Callable[..., Visitor]


def _send(how_many: int, **facts: object) -> list[uuid.UUID]:
    return [a_submission(f"Words {uuid.uuid4()}.", facts=keeping.Facts(**facts)).submission_id for _ in range(how_many)]  # type: ignore[arg-type]


def _release(activity_id: uuid.UUID) -> bool:
    """Whether there was anything to give out."""
    counting.catch_up()
    try:
        counting.publish_release(counting.begin_release(activity_id, the("publisher")), the("publisher"))
    except counting.NothingMoves:
        return False
    storage.commit()
    return True


# --- what a school is told of its own groups


def test_a_school_is_told_nothing_between_releases_and_of_who_changed_not_of_how_many_more(app: Flask) -> None:
    """Ten who left and ten others who came are twenty changes, though no more are there than before; nine changes are none."""
    hill, activity = identity.make_organisation("Hill School", "school", None), an_activity()
    group = _group("class", hill)
    sent = _send(20, group_id=group)
    assert counting.came_from(activity, group) is None
    assert _release(activity)
    assert counting.came_from(activity, group) == 20
    _send(9, group_id=group)
    _send(12)
    assert counting.came_from(activity, group) == 20
    assert _release(activity)
    assert counting.came_from(activity, group) == 20, "nine more of the group change nothing that its school can see"
    keeping.erase(sent[0])
    _send(12)
    storage.commit()
    assert _release(activity)
    assert counting.came_from(activity, group) == 30, "nine who came and one who went are ten: 28 are there"
    _send(12)
    for each in sent[1:10]:
        keeping.erase(each)
    _send(9, group_id=group)
    storage.commit()
    assert _release(activity)
    own = storage.session().scalars(select(Release).order_by(Release.number.desc())).first()
    assert own
    assert own.centers["moved_at"]["group"][str(group)] == own.number, "as many as before, and eighteen of them others"
    assert "group" not in own.figures["sizes"], "nobody else is told"


def test_of_a_small_group_its_school_is_told_nothing(app: Flask) -> None:
    group = _group("class", identity.make_organisation("Hill School", "school", None))
    _send(12, group_id=group)
    _send(20)
    assert _release(an_activity())
    assert counting.came_from(an_activity(), group) is None


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
    assert not _release(an_activity())


# --- the analyst


def test_an_analyst_sees_numbers_and_no_word(app: Flask, signed_in: SignIn) -> None:
    activity = an_activity()
    _send(23, language="en", age_band="11_13", way_in="qr")
    _send(2, language="pl", age_band="17_19", way_in="web")
    desk = signed_in("analyst")
    assert "No figures are out yet." in desk.open("/work/numbers").words
    _release(activity)
    page = desk.open("/work/numbers")
    found = counting.current_release(activity)
    assert found
    assert f"About {found.everyone}" in page.words
    shown = {each.label: each.people for each in counting.sizes(found, "way_in")}
    assert shown["QR code"] in (20, 25)
    assert f"QR code About {shown['QR code']}" in page.words
    assert "Link Too few to show" in page.words
    assert "Words " not in page.words
    assert "Who took part" in desk.open("/work/start").words
    _send(9, language="en", age_band="11_13", way_in="web")
    counting.catch_up()
    storage.commit()
    assert desk.open("/work/numbers").words == page.words, "what came since is in no figure until a release"
    for path in ("/work", "/work/search", "/work/answers", "/work/exports", "/safeguarding", "/board", "/work/people"):
        desk.open(path, status=403)


def test_the_tables_hold_what_the_page_does(app: Flask, signed_in: SignIn) -> None:
    activity_id = an_activity("formulas")
    row = asking.activity_by_id(activity_id)
    assert row
    for _ in range(20):
        a_submission("Words.", activity="formulas", facts=keeping.Facts(language="uk", age_band="8_10"))
    assert _release(activity_id)
    found = counting.current_release(activity_id)
    assert found
    desk = signed_in("analyst")
    body = desk.client.get("/work/numbers/file?kind=csv").get_data(as_text=True)
    lines = list(csv.reader(io.StringIO(body.removeprefix("\ufeff"))))
    assert lines[0] == ["Activity", "Opened", "What", "Answer", "About how many", "Note"]
    assert [row.title, row.opens_on.isoformat(), "Everyone", "", str(found.everyone), ""] in lines
    of_languages = [each[3:] for each in lines if each[2] == "Language"]
    shown = counting.sizes(found, "language")
    assert of_languages == [[each.label, str(each.people or ""), "" if each.people else "Too few to show"] for each in shown]
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
    _release(an_activity())
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
