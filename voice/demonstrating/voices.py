"""What the invented young people say, and when."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from voice import asking, keeping, plans, safeguarding, storage

AGES = ("8_10", "11_13", "11_13", "14_16", "14_16", "17_19")
WITHOUT_WORDS = 300  # those who only picked from choices
COURSES = ("things-i-can-do",)  # answered at the start and at the end, by those who take part (`courses`)
MOST_ASKED = "getting-about"  # half of them came to this one, so that there are figures to show


@dataclass
class County:
    """The invented county as it is being built; its chance is the same each time."""

    plan_id: uuid.UUID
    activities: Mapping[str, uuid.UUID]
    members: Mapping[str, uuid.UUID]
    chance: random.Random = field(default_factory=lambda: random.Random(2015))  # noqa: S311  # invented children need no secrets

    def member(self, short: str) -> uuid.UUID:
        return self.members[f"{short}@demo.example"]

    def place(self) -> str | None:
        return self.chance.choice([None, *(each.code for each in plans.places(self.plan_id))])

    def key(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))


def ago(days: int) -> date:
    return storage.today() - timedelta(days=max(days, 0))


def say(county: County, activity: str | None, question: str, words: str, days: int, answers: Mapping[str, Any] | None = None) -> keeping.Kept:
    """One invented person sends one thing."""
    facts = keeping.Facts(
        age_band=county.chance.choice(AGES),
        place=county.place(),
        speaker="young_person",
        may_be_quoted=county.chance.random() < 0.7,
        way_in="demo",
        received_on=ago(days),
    )
    activity_id = county.activities[activity] if activity else None
    kept = keeping.keep(county.key(), activity_id=activity_id, answers=answers or {}, words=[(question, words)] if words else [], facts=facts)
    safeguarding.screen_submission(kept.submission_id, [words] if words else [], quiet=True)
    return kept


def say_loose(county: County, loose: Sequence[str], worrying: Sequence[str]) -> None:
    """Views nobody has read yet, and some that go to the safeguarding lead first."""
    for number, words in enumerate(loose):
        say(county, "one-thing", "would_change", words, number % 12)
    for words in worrying:
        say(county, "one-thing", "would_change", words, 0)


def fill_up(county: County) -> None:
    """Those who only picked from choices, spread over the activities’ days."""
    slugs = sorted(county.activities.keys() - set(COURSES))
    for number in range(WITHOUT_WORDS):
        slug = MOST_ASKED if number % 2 else county.chance.choice(slugs)
        activity = asking.activity_by_id(county.activities[slug])
        if activity is None:
            raise LookupError(slug)
        last = min(activity.closes_on or storage.today(), storage.today())
        day = activity.opens_on + timedelta(days=number % max(1, (last - activity.opens_on).days))
        answers = {question.name: _picked(county.chance, question) for question in _closed(activity) if county.chance.random() < 0.9}
        say(county, slug, "", "", (storage.today() - day).days, answers)


def _picked(chance: random.Random, question: asking.Question) -> list[str]:
    """Codes of what was picked; what stands first is picked more often."""
    offered = [choice.name for choice in question.choices]
    if question.type == "select_one":
        return chance.choices(offered, range(len(offered) + 2, 2, -1))
    return sorted({chance.choice(offered) for _ in range(chance.randint(1, 3))})


def _closed(activity: asking.ActivityFacts) -> list[asking.Question]:
    questions = asking.load_instrument(activity.document, published=True).questions
    return [question for question in questions if question.is_picked and not question.role and question.type != "rank"]
