"""Factories: what tests need to be there, made through the rooms' own doors."""

from __future__ import annotations

import functools
import hashlib
import io
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Flask
from PIL import Image, ImageDraw
from sqlalchemy import select
from werkzeug.wrappers import Response

from tests.reading import Visitor, ask
from voice import answering, asking, counting, identity, imaging, keeping, plans, reading, reviewing, safeguarding, storage, understanding
from voice.answering.models import Answer
from voice.identity.models import Authenticator, Member
from voice.identity.pages import come_in
from voice.identity.rules import code_of, step_of
from voice.plans.library import LIBRARY

PASSPHRASE = "a long walk by the river"
APP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""What the authenticator app of every member made here shares with us."""


def a_member(*roles: str, email: str | None = None) -> uuid.UUID:
    """A member with these roles, `PASSPHRASE` and an authenticator app, committed."""
    email = email or f"{'-'.join(roles)}@demo.example"
    member_id = identity.add_member(email, email.partition("@")[0].replace("_", " ").title(), roles, PASSPHRASE)
    identity.keep_app(member_id, APP)
    storage.commit()
    return member_id


def app_code(email: str) -> str:
    """What this member’s app shows: the code of now, or the next where it was used. Each is good once."""
    storage.session().rollback()
    member = storage.session().scalars(select(Member).where(Member.email == email)).one()
    own = storage.session().get_one(Authenticator, member.id)
    soon = storage.now() + timedelta(seconds=8)  # a slow machine may need as long to send it
    step = max(own.last_step + 1, step_of(soon) - 1)
    assert step <= step_of(storage.now()) + 1, "three codes were used within this half minute: an app would make one wait"
    return code_of(APP, step)


def sign_in(app: Flask, email: str, passphrase: str = PASSPHRASE) -> Visitor:
    """A member who is there signs in, with both factors, as a person would."""
    visitor = Visitor(app.test_client())
    visitor.open("/sign-in")
    visitor.press("Sign in", email=email, passphrase=passphrase)
    visitor.press("Go on", code=app_code(email))
    return visitor


def member_visitor(app: Flask, roles: Sequence[str], email: str) -> Visitor:
    """A member who has come in, by the same door that both factors open; three pages fewer than `sign_in`, which tests of that door use. The page
    where their work begins is opened once somebody looks at it."""
    member_id = a_member(*roles, email=email)
    came_in: Response = ask(lambda: _come_in(app, member_id))
    visitor = Visitor(app.test_client(), came_in.headers["Location"])
    for name, value in (each.partition(";")[0].split("=", 1) for each in came_in.headers.getlist("Set-Cookie")):
        visitor.client.set_cookie(name, value)
    return visitor


def _come_in(app: Flask, member_id: uuid.UUID) -> Response:
    with app.test_request_context("/sign-in/second", method="POST") as asked:
        response = come_in(storage.session().get_one(Member, member_id), None)
        app.session_interface.save_session(app, asked.session, response)
    return response


def the(role: str) -> uuid.UUID:
    """A member who holds this role: the first there is, or one made now. Does not end anybody’s session."""
    found = identity.members_with(role)
    return found[0].id if found else a_member(role, email=f"the-{role}@demo.example")


def people_to_read() -> list[uuid.UUID]:
    """All that must be true before young people may write: two trained safeguarding leads, a practice alert opened in time, stated hours."""
    leads = [a_member("safeguarding_lead", email=f"lead-{number}@demo.example") for number in (1, 2)]
    make_ready(*leads)
    return leads


def make_ready(one: uuid.UUID, other: uuid.UUID) -> None:
    """These two read what young people write, trained and practised, at stated hours."""
    today = storage.today()
    for each, by in ((one, other), (other, one)):
        safeguarding.record_training(each, today - timedelta(days=30), today + timedelta(days=700), by)
        safeguarding.pass_drill(each)
    safeguarding.say_hours(range(5), "09:00", "16:00", "01632 960 999", one)
    safeguarding.watch()
    storage.commit()


@functools.cache
def _plan_of_the_library(slug: str) -> dict[str, Any]:
    return plans.read_plan(LIBRARY / f"{slug}.yaml")


@functools.cache
def _shipped(name: str) -> asking.Instrument:
    return asking.load_instrument(next(file for file in asking.shipped_instruments() if file.stem == name))


def a_plan(slug: str = "herefordshire-pledges") -> uuid.UUID:
    """A plan of the library; the first one made in a test is the current one. The same again is the same plan."""
    plans.import_plan(_plan_of_the_library(slug))
    storage.commit()
    return next(plan.id for plan in plans.all_plans() if plan.slug == slug)


def a_priority(code: str = "1") -> plans.PriorityFacts:
    """A priority of the current plan."""
    plan = plans.current_plan()
    found = plans.priority(plan.id if plan else a_plan(), code)
    assert found, f"the plan has no priority {code}"
    return found


def an_activity(
    slug: str = "my-week", *, instrument: str = "youth-opinion-sheet", opened_days_ago: int = 7, closes_in_days: int | None = 30
) -> uuid.UUID:
    """An activity for the current plan, asking one of the shipped instruments. The same slug again is the same activity."""
    known = asking.activity(slug)
    if known:
        return known.id
    plan, today = plans.current_plan(), storage.today()
    asked = _shipped(instrument)
    activity_id = asking.open_activity(
        slug,
        kind=asked.kind,
        title=asking.in_language(asked.title, "en").text,
        plan_id=plan.id if plan else a_plan(),
        instrument_version_id=asking.publish_instrument(asked.name, asking.as_data(asked)),
        opens_on=today - timedelta(days=opened_days_ago),
        closes_on=today + timedelta(days=closes_in_days) if closes_in_days is not None else None,
        reply_by=today + timedelta(days=60),
        decision_maker="Director for Children and Young People",
        dpia="DPIA 7",
    )
    storage.commit()
    return activity_id


def a_submission(
    words: str = "The bus comes once a day.", *, activity: str = "my-week", question: str = "would_change", facts: keeping.Facts | None = None
) -> keeping.Kept:
    """One sender’s words, kept and screened as the page does; `words` and `submission_id` and `view_ids` of what comes back are its own."""
    activity_id = an_activity(activity)
    facts = facts or keeping.Facts(age_band="11_13")
    kept = keeping.keep(str(uuid.uuid4()), activity_id=activity_id, answers={}, words=[(question, words)], facts=facts)
    safeguarding.screen_submission(kept.submission_id, [words], language=facts.language)
    storage.commit()
    return kept


def clean_picture(colour: str = "teal") -> imaging.Clean:
    """What keeping takes, made here from nothing: the process that cleans pictures is not started for it."""
    image = Image.new("RGB", (64, 48), colour)
    ImageDraw.Draw(image).ellipse((8, 8, 40, 40), fill="gold")
    out = io.BytesIO()
    image.save(out, "WEBP")
    likeness = int.from_bytes(hashlib.sha256(colour.encode()).digest()[:8])
    return imaging.Clean(dict.fromkeys(imaging.SIZES, out.getvalue()), 64, 48, likeness)


def a_picture(submission_id: uuid.UUID, *, question: str = "picture", kind: str = "drawing", alt: str = "", colour: str = "teal") -> uuid.UUID:
    """A picture that came with this, committed."""
    picture_id = keeping.keep_picture(submission_id, question, clean_picture(colour), kind=kind, alt=alt)
    storage.commit()
    return picture_id


def a_view(words: str = "The bus comes once a day.", *, cleared: bool = True, shown_words: str | None = None, **more: Any) -> uuid.UUID:
    """A view from a sender of its own: cleared by an officer (or redacted to `shown_words`) unless `cleared=False`."""
    view_id = a_submission(words, **more).view_ids[0]
    if shown_words is not None:
        reading.redact(view_id, shown_words, reading.REASONS[0], the("officer"))
    elif cleared:
        reading.clear([view_id], the("officer"))
    storage.commit()
    return view_id


def a_theme(
    you_said: str = "Buses stop too early for us.",
    *,
    priority: str = "1",
    views: Sequence[uuid.UUID] | None = None,
    place: str | None = None,
    heard: bool = False,
) -> uuid.UUID:
    """A theme of the current plan; of three senders, enough to be public, unless its views are named."""
    facts, officer = a_priority(priority), the("officer")
    found = list(views) if views is not None else [a_view() for _ in range(counting.FEWEST_SENDERS)]
    theme_id = understanding.make_theme(facts.id, you_said, found, officer, place)
    if heard:
        reviewing.mark_heard(theme_id, the("board_member"))
    storage.commit()
    return theme_id


NEEDED = {
    "done": {"evidence": "The new timetable of 1 March"},
    "doing": {"due_on": True},
    "will": {"due_on": True},
    "cant": {"because": "The road is not ours.", "instead": "We asked those who own it."},
}


def an_answer(
    theme_id: uuid.UUID | None = None, *, state: str = "doing", published: bool = True, verdict: str | None = "fair", **fields: Any
) -> uuid.UUID:
    """An answer to a theme (a new one unless named). Published, it was with the board first and has its verdict; with `verdict=None`
    the board had its days and said nothing."""
    theme_id, today = theme_id or a_theme(heard=True), storage.today()
    said = {name: today + timedelta(days=60) if value is True else value for name, value in NEEDED[state].items()}
    usual = {"words": "We asked for later buses.", "owner_role": "Head of Transport", "organisation": "Herefordshire Council"}
    what = {"follow_up_on": today + timedelta(days=90), **usual, **said, **fields}
    answer_id = answering.draft(theme_id, answering.Draft(state=state, **what), the("officer"))
    if published:
        _let_out(answer_id, verdict)
    storage.commit()
    return answer_id


def _let_out(answer_id: uuid.UUID, verdict: str | None) -> None:
    answering.send_to_board(answer_id, the("officer"))
    if verdict:
        answering.judge(answer_id, the("board_member"), verdict)
    else:  # no act goes back in time, so the row does
        row = storage.session().get_one(Answer, answer_id)
        row.sent_to_board_on = storage.today() - timedelta(days=answering.BOARD_DAYS)
    answering.publish(answer_id, the("publisher"))  # a second person: whoever wrote it waits a day
