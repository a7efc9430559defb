"""The opening gate (bar G5): nobody is asked to write without people who read, and people who are warned before that lapses."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from voice import asking, audit, identity, plans, post
from voice.asking import ActivityFacts
from voice.config import settings
from voice.safeguarding.hours import Hours
from voice.safeguarding.models import Drill
from voice.safeguarding.opening_models import Opening, OpeningLetter, Training
from voice.safeguarding.opening_rules import Condition, Reader, Readiness, may_go_on, readiness
from voice.storage import day_of, now, session, today

LEADS: Final = ("safeguarding_lead", "safeguarding_deputy")
WALK_GOES_ON: Final = timedelta(hours=24)
"""So long after a closing whoever had begun can send from the pages."""
PHONE_GOES_ON: Final = timedelta(days=30)
"""So long a phone keeps what it could not send."""


class OwnTraining(Exception):
    """Nobody puts their own training on record."""


# --- what is true


def readers() -> list[Reader]:
    """Every named lead and deputy, with their training and how they sign in."""
    found = {row.member_id: row for row in session().scalars(select(Training))}
    return [_reader(person, found.get(person.id)) for person in identity.members_with(*LEADS)]


def ready_now(day: date | None = None) -> Readiness:
    """How things stand today."""
    latest, hours = session().scalar(select(func.max(Drill.passed_at))), reading_hours()
    return readiness(
        readers(), day_of(latest) if latest else None, has_hours=hours is not None, has_night=bool(hours and hours.night_phone), day=day or today()
    )


def may_write() -> bool:
    """Whether young people may be asked to write at all, whatever asks them: a survey, a pledge."""
    return ready_now().is_open


def asks_words(activity: ActivityFacts) -> bool:
    """Whether it takes words of people's own. Where all is picked from our choices nobody need be there to read."""
    return any(each["type"] == "text" for each in activity.document["questions"])


def closed_because(activity: ActivityFacts) -> str | None:
    """The gate itself: `no_dpia`, `no_readers`, or None where nothing stands in the way."""
    if not asks_words(activity):
        return None
    if not activity.dpia:
        return "no_dpia"
    return None if may_go_on(ready_now(), activity.opens_on) else "no_readers"


def takes_what_was_begun(activity: ActivityFacts | None, within: timedelta) -> bool:
    """Whether this activity (None: a pledge), closed by a lapse, takes what someone began before: so long after it was last open."""
    row = session().get(Opening, 1)
    if row is None or row.last_open_at is None or now() - row.last_open_at > within:
        return False
    return activity is None or bool(activity.dpia and not activity.closed_by_date and day_of(row.last_open_at) >= activity.opens_on)


def reading_hours() -> Hours | None:
    """When somebody reads and whom to call at other times; None while nobody has said."""
    row = session().get(Opening, 1)
    if row is None or not row.days or not row.opens_at or not row.closes_at:
        return None
    return Hours(tuple(row.days), row.opens_at, row.closes_at, row.night_phone)


def hours_to_show() -> Hours | None:
    """The same, for pages of help, which must stand with the database down: then what this process last heard, so that the number to call
    at night stays on them."""
    heard: dict[str, Hours | None] = current_app.extensions.setdefault("voice.hours_heard", {})
    try:
        heard["hours"] = reading_hours()
    except SQLAlchemyError:
        session().rollback()
    return heard.get("hours")


def asks_anything() -> bool:
    """Whether something that asks for words would be open today, were there people to read."""
    return bool(_asking_words())


def without_dpia() -> list[ActivityFacts]:
    """Activities of the current plan that are to be open, ask for words, and name no DPIA."""
    return [each for each in _asking_words() if not each.dpia]


def _asking_words() -> list[ActivityFacts]:
    plan = plans.current_plan()
    found = asking.activities(plan.id) if plan else []
    return [each for each in found if each.closed_by_date is None and asks_words(each)]


def _reader(person: identity.Person, row: Training | None) -> Reader:
    trained, until = (row.trained_on, row.valid_until) if row else (None, None)
    return Reader(person.id, person.name, trained, until, _second_factor(person.id))


def _second_factor(member_id: uuid.UUID) -> bool | None:
    """None where sign-in knows of no second factors."""
    factors_of: Any = getattr(identity, "factors_of", None)
    return bool(factors_of(member_id).enough) if factors_of else None


# --- what people put on record


def record_training(member_id: uuid.UUID, trained_on: date, valid_until: date, by: uuid.UUID) -> None:
    """A lead or deputy was trained; somebody else says so.

    Raises:
        OwnTraining: they say it of themselves.
    """
    if member_id == by:
        raise OwnTraining
    row = session().get(Training, member_id) or Training(member_id=member_id)
    row.trained_on, row.valid_until, row.recorded_by, row.recorded_on = trained_on, valid_until, by, today()
    session().add(row)
    session().flush()
    audit.record(by, "training recorded", "member", member_id)


def say_hours(days: Sequence[int], opens_at: str, closes_at: str, night_phone: str, by: uuid.UUID | None) -> None:
    """When somebody reads, and the emergency duty team's number. Pages for young people say it from now on."""
    row = _row()
    row.days, row.opens_at, row.closes_at, row.night_phone, row.changed_on = sorted(set(days)), opens_at, closes_at, night_phone, today()
    session().flush()
    audit.record(by, "reading hours changed", "opening", 1)


def _row() -> Opening:
    row = session().get(Opening, 1)
    if row is None:
        row = Opening(id=1, days=[])
        session().add(row)
    return row


# --- what the worker does


def watch() -> int:
    """Note that all is well, so that a later lapse knows when it began. Returns 1 where it is."""
    if not ready_now().is_open:
        return 0
    _row().last_open_at = now()
    session().flush()
    return 1


def warn() -> int:
    """Write to the leads before something lapses, and to all staff once it has; each once. Returns how many warnings went out.

    Raises:
        NotSent: from `post`; it is tried again.
    """
    found = ready_now()
    due = [each for each in found.at("soon", "late") if each.good_until and not _was_sent(each)]
    letters = [(_people(each), *_letter(each), f"opening {each.code} {each.level} {each.good_until}") for each in due]
    session().rollback()  # nothing is changed yet; a post server may be slow, and nobody who sends their words must wait for it
    for people, subject, body, once in letters:
        for person in people:
            post.send(person.email, subject, body, once=once)
    session().add_all(OpeningLetter(condition=each.code, level=each.level, good_until=each.good_until) for each in due)
    session().flush()
    return len(due)


def _was_sent(each: Condition) -> bool:
    return session().get(OpeningLetter, (each.code, each.level, each.good_until)) is not None


def _people(each: Condition) -> Iterable[identity.Person]:
    return identity.members_with(*(LEADS if each.level == "soon" else identity.STAFF))


def _letter(each: Condition) -> tuple[str, str]:
    """Subject and text; days as figures, because a letter has no page's language."""
    address, good, last = f"{settings().desk_url}/safeguarding/ready", each.good_until, each.open_until
    what = _("The safeguarding training of the people who read") if each.code == "training" else _("The practice alert")
    if each.level == "soon":
        return _("Something lapses soon in Voice"), _("%(what)s lapses after %(good)s. Look here: %(address)s", what=what, good=good, address=address)
    body = _(
        "%(what)s has lapsed on %(good)s. Pages where young people write close after %(last)s. A lead puts it right here: %(address)s",
        what=what,
        good=good,
        last=last,
        address=address,
    )
    return _("Something has lapsed in Voice"), body
