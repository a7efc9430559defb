"""An activity that asks ten things of each kind that is counted, and people who answer it."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from tests.making import a_plan
from voice import asking, counting, storage
from voice.asking import ActivityFacts
from voice.asking.models import Activity
from voice.keeping.models import Submission

CHOICES = [{"name": name, "label": {"en": name.title(), "cy": f"{name.title()} yn Gymraeg"}} for name in ("bus", "bike", "walk", "car", "train")]
ONE = [
    {"type": "select_one", "name": f"way_{number}", "label": {"en": f"How do you go on day {number}?", "cy": "Sut?"}, "choices": CHOICES}
    for number in range(1, 8)
]
TEN: dict[str, Any] = {
    "name": "ten",
    "version": 3,
    "kind": "survey",
    "title": {"en": "=Your way to school", "cy": "Y ffordd i'r ysgol"},
    "intro": {"en": "Tell us how you get there.", "cy": "Sut?"},
    "minutes": 3,
    "ages": {"from": 8, "to": 19},
    "speaker": "young_person",
    "languages": ["en", "cy"],
    "questions": [
        *ONE,
        {"type": "select_multiple", "name": "liked", "label": {"en": "+What do you like?", "cy": "Beth?"}, "choices": CHOICES},
        {"type": "rank", "name": "first", "label": {"en": "What matters most?", "cy": "Beth?"}, "choices": CHOICES, "parameters": {"end": 3}},
        {"type": "integer", "name": "children", "label": {"en": "How many go along?", "cy": "Faint?"}, "parameters": {"start": 0, "end": 5}},
        {"type": "text", "name": "why", "label": {"en": "Why?", "cy": "Pam?"}, "relevant": "selected(${liked}, 'bus')"},
        {"type": "select_one", "name": "age", "role": "age_band", "label": {"en": "How old are you?", "cy": "Oed?"}, "choices": "age_bands"},
        {"type": "select_one", "name": "where", "role": "place", "label": {"en": "Where do you live?", "cy": "Ble?"}, "choices": "places"},
    ],
}
AGES, PLACES = ("8_10", "11_13", "14_16", None), ("leominster", "ross", "ledbury", None)


def ten(slug: str = "ten", *, wave: int = 1, series: str | None = None) -> ActivityFacts:
    """The activity, made where it is not there."""
    if not asking.activity(slug):
        today, instrument = storage.today(), asking.load_instrument(TEN)
        asking.open_activity(
            slug,
            kind="survey",
            title="Your way to school",
            plan_id=a_plan(),
            instrument_version_id=asking.publish_instrument("ten", asking.as_data(instrument)),
            opens_on=today - timedelta(days=7),
            closes_on=today + timedelta(days=30),
            reply_by=today + timedelta(days=60),
            decision_maker="Director for Children",
            dpia="DPIA 7",
        )
        storage.session().execute(update(Activity).where(Activity.slug == slug).values(series=series, wave=wave))
        storage.commit()
    found = asking.activity(slug)
    assert found
    return found


def send(activity: ActivityFacts, many: int, *, seed: int = 1, count: bool = True, **facts: Any) -> list[uuid.UUID]:
    """Invented people who answer it all, straight into the table; `facts` are the same for all of them."""
    ids, chance = list[uuid.UUID](), random.Random(f"{activity.slug} {seed}")
    rows = _people(activity, many, chance, facts)
    while part := [row for row, _number in zip(rows, range(5000), strict=False)]:
        storage.session().execute(insert(Submission), part)
        storage.commit()
        ids += [row["id"] for row in part]
    if count:
        counting.catch_up()
        storage.commit()
    return ids


def answers(chance: random.Random) -> dict[str, Any]:
    codes = [each["name"] for each in CHOICES]
    given: dict[str, Any] = {each["name"]: [chance.choice(codes)] for each in ONE}
    return given | {"liked": sorted(chance.sample(codes, 2)), "first": chance.sample(codes, 3), "children": chance.randrange(6)}


def _people(activity: ActivityFacts, many: int, chance: random.Random, facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for _ in range(many):
        key = f"{chance.getrandbits(256):064x}"
        own = {
            "id": uuid.UUID(int=chance.getrandbits(128)),
            "purpose": "answers",
            "activity_id": activity.id,
            "key_hash": key,
            "receipt_hash": key[::-1],
            "payload_digest": "",
            "received_on": storage.today(),
            "way_in": chance.choice(("web", "qr")),
            "language": chance.choice(("en", "en", "cy")),
            "answers": answers(chance),
            "age_band": chance.choice(AGES),
            "place": chance.choice(PLACES),
            "speaker": None,
            "may_be_quoted": False,
            "is_unlinked": False,
        }
        yield own | facts
