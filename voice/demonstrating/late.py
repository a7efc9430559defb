"""What the invented county is late with, and how its young people found it to be listened to: no county keeps every day."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from voice import answering, asking, counting, plans, reading, reviewing, storage, understanding
from voice.answering.clock import keep_clock
from voice.answering.fours import keep_quarter
from voice.answering.models import Answer
from voice.demonstrating.voices import County, ago, say
from voice.keeping.models import View
from voice.reviewing.models import Hearing
from voice.understanding.models import Theme, ThemeView

SLUG: Final = "after-school"
CLOSED: Final = 52  # days ago
SAID: Final = "Clubs finish before the last bus, so we can’t go."
VIEWS: Final = (
    "football ends at 6 and the bus is at half 5",
    "I had to stop drama because nobody can pick me up",
    "only the kids whose parents have two cars do clubs",
    "put the bus after the clubs not before",
    "my mum works late so i can never stay",
    "the last bus goes before anything good starts",
    "I would do coding club if there was a way home",
    "can there be a minibus on club days",
    "We live 9 miles out. No clubs for us.",
    "its not fair on people in villages",
    "swimming is over when the bus has gone",
    "Clubs at lunch would be better for us bus people",
)
LOOK_AGAIN_WAS: Final = {"Waiting for the bus in the dark does not feel safe.": 19, "Cars go too fast past our school.": 4}
LISTENED: Final = (7, 2, 1)
"""How often a sender says yes, not really, not sure: listened to; and below, that it helped."""
HELPED: Final = (4, 4, 2)
SAYS: Final = ("yes", "not_really", "not_sure")


def fall_behind(county: County) -> None:
    """An activity that closed and was not answered, two answers nobody came back to, and what senders say. Then the clock is read."""
    _ask_and_be_silent(county)
    for said, days in LOOK_AGAIN_WAS.items():
        _named_a_day(said, days)
    _say_how_it_was()
    counting.catch_up()
    keep_clock()
    keep_quarter()


def _ask_and_be_silent(county: County) -> None:
    known = asking.activity("one-thing")
    priority = plans.priority(county.plan_id, "1")
    if known is None or priority is None:
        raise LookupError("one-thing")
    version = asking.publish_instrument(known.instrument, known.document)
    activity = asking.open_activity(
        SLUG,
        kind=known.kind,
        title="After school",
        plan_id=county.plan_id,
        instrument_version_id=version,
        opens_on=ago(CLOSED + 30),
        closes_on=ago(CLOSED),
        reply_by=ago(CLOSED - 28),
        decision_maker="Head of roads and transport",
        dpia="DPIA demo 1",
    )
    own = County(county.plan_id, {**county.activities, SLUG: activity}, county.members, random.Random(1989))  # noqa: S311  # as in `voices`
    view_ids = [each for days, words in enumerate(VIEWS, CLOSED + 2) for each in say(own, SLUG, "would_change", words, days).view_ids]
    officer = county.member("officer")
    reading.clear(view_ids, officer)
    for each in view_ids:
        understanding.confirm(each, [priority.id], officer)
    theme_id = understanding.make_theme(priority.id, SAID, view_ids, officer)
    storage.session().get_one(Theme, theme_id).made_on = ago(CLOSED - 4)
    reviewing.mark_heard(theme_id, county.member("board"))
    storage.session().get_one(Hearing, theme_id).heard_on = ago(CLOSED - 11)
    storage.session().flush()


def _named_a_day(said: str, days_ago: int) -> None:
    theme = storage.session().scalars(select(Theme).where(Theme.you_said == said)).one()
    found = answering.answer_for(theme.id)
    if found:
        storage.session().get_one(Answer, found.id).follow_up_on = storage.today() - timedelta(days=days_ago)
        storage.session().flush()


def _say_how_it_was() -> None:
    chance = random.Random(2024)  # noqa: S311  # as in `voices`
    for each in sorted(answering.published(), key=lambda found: found.words):
        for sender in sorted(_senders(each.theme_id), key=str):
            if chance.random() < 0.7:
                answering.say(each.id, sender, "listened", chance.choices(SAYS, LISTENED)[0])
                answering.say(each.id, sender, "helped", chance.choices(SAYS, HELPED)[0])


def _senders(theme_id: uuid.UUID) -> set[uuid.UUID]:
    found = select(View.submission_id).join(ThemeView, ThemeView.view_id == View.id).where(ThemeView.theme_id == theme_id)
    return set(storage.session().scalars(found))
