"""An activity that young people can answer today, and one person’s way through it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from tests.making import people_to_read
from tests.reading import Page, Visitor
from voice import asking, plans, storage
from voice.plans.library import LIBRARY

__all__ = ["SHORT", "WORDS", "a_plan", "an_open_activity", "people_to_read", "shipped", "to_check"]

SHORT: dict[str, Any] = {
    "name": "short",
    "version": 1,
    "kind": "survey",
    "title": {"en": "Your way to school"},
    "intro": {"en": "Tell us how you get there."},
    "minutes": 2,
    "ages": {"from": 11, "to": 19},
    "speaker": "young_person",
    "languages": ["en"],
    "questions": [
        {"type": "select_one", "name": "safe", "label": {"en": "How safe do you feel?"}, "appearance": "faces", "choices": "safe_faces"},
        {
            "type": "select_multiple",
            "name": "travel",
            "label": {"en": "How do you get there?"},
            "choices": [{"name": "bus", "label": {"en": "Bus"}}, {"name": "walk", "label": {"en": "I walk"}}],
        },
        {
            "type": "text",
            "name": "bus",
            "label": {"en": "What is the bus like?"},
            "relevant": "selected(${travel}, 'bus')",
            "appearance": "multiline",
        },
        {"type": "integer", "name": "minutes", "label": {"en": "How many minutes does it take?"}, "parameters": {"start": 0, "end": 300}},
        {"type": "text", "name": "change", "label": {"en": "What would you change?"}, "appearance": "multiline"},
    ],
}
WORDS = "The bus is late and it’s dark."


def a_plan() -> uuid.UUID:
    slug = "herefordshire-pledges"
    plans.import_plan(plans.read_plan(LIBRARY / f"{slug}.yaml"))
    plans.make_current(slug)
    storage.commit()
    return next(plan.id for plan in plans.all_plans() if plan.slug == slug)


def an_open_activity(
    slug: str = "way", *, document: dict[str, Any] | None = None, opens_in: int = -7, closes_in: int = 30, readers: bool = True, **more: Any
) -> uuid.UUID:
    """An activity of the current plan, with people to read what comes; dates in days from today."""
    if readers:
        people_to_read()
    instrument = asking.load_instrument(document or SHORT)
    today = storage.today()
    activity_id = asking.open_activity(
        slug,
        kind=instrument.kind,
        title=asking.in_language(instrument.title, "en").text,
        plan_id=a_plan(),
        instrument_version_id=asking.publish_instrument(instrument.name, asking.as_data(instrument)),
        opens_on=today + timedelta(days=opens_in),
        closes_on=today + timedelta(days=closes_in),
        reply_by=today + timedelta(days=90),
        decision_maker="Director for Children",
        **{"dpia": "DPIA 7", **more},
    )
    storage.commit()
    return activity_id


def shipped(name: str) -> dict[str, Any]:
    """One of the instruments that come with the product, as data."""
    return asking.as_data(asking.load_instrument(next(file for file in asking.shipped_instruments() if file.stem == name)))


def to_check(visitor: Visitor, slug: str = "way", **given: str | list[str]) -> Page:
    """From the start to the check page, answering the questions named and passing over the others."""
    visitor.open(f"/take-part/{slug}")
    page = visitor.press("Start")
    while page.soup.select("[name=at]"):
        name = str(page.one("[name=at]")["value"])
        answer = {f"a.{name}": given[name]} if name in given else {}
        page = visitor.press("Continue", **answer)
    return page
