"""What an officer sees beside a view: coarse facts, the machine's guesses, the plan to choose from."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from voice import asking, identity, keeping, plans, reading
from voice.storage import week_of
from voice.understanding.forms import NONE
from voice.understanding.opinions import method, suggestions_for, tone_if_ready
from voice.web.ages import AGES
from voice.web.desk import once_a_page
from voice.web.locale import LANGUAGES

WAYS_IN = {
    "web": _l("On a phone or computer"),
    "qr": _l("From a poster"),
    "group_code": _l("With a code"),
    "feedback_box": _l("From a feedback box"),
    "assisted": _l("Written down for them"),
    "api": _l("From a partner’s program"),
    "import": _l("Collected elsewhere"),
    "hand_over": _l("On a phone that was handed round"),
    "paper": _l("On paper"),
    "event": _l("At an event"),
    "demo": _l("Made up for the demo"),
}
TONE_LANGUAGE = "en"  # the machine can guess the tone of English alone


@dataclass(frozen=True)
class Card:
    """One view as the officer meets it. The week, never the day; nothing that ties it to the sender's other words."""

    id: uuid.UUID
    words: str
    pieces: Sequence[reading.Piece]  # text, and what of it may point to someone
    language: str
    language_name: str | None  # where it is not English
    age: Any
    place: str | None
    week: date
    way_in: Any
    may_be_quoted: bool
    read_first: bool
    was_concern: bool
    activity_id: uuid.UUID | None
    question: str
    pictures: Sequence[reading.PictureStanding] = ()  # those these words stand beside

    @property
    def points(self) -> dict[str, list[str]]:
        """The words that may point to someone by what they may be, in words; each once."""
        grouped: dict[str, list[str]] = {}
        for kind, words in reading.kind_words().items():
            found = list(dict.fromkeys(each.text for each in self.pieces if each.kind == kind))
            if found:
                grouped[words] = found
        return grouped

    @property
    def all_points(self) -> list[str]:
        return [text for those in self.points.values() for text in those]


@dataclass(frozen=True)
class Asked:
    """Which question was answered: the activity, the question's number in it and its words."""

    activity: str
    number: int | None
    words: str | None


@dataclass(frozen=True)
class Guess:
    """A priority that the machine thinks a view is about, and the view's words that led there. Never a score."""

    code: str
    title: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class Guesses:
    best: tuple[Guess, ...] = ()
    others: tuple[Guess, ...] = ()  # the rest of the plan, in its order
    likely_none: bool = False
    tone: str | None = None  # the machine's guess, where it may guess
    may_have_tone: bool = True  # what was a concern has none, guessed or set


@once_a_page
def to_read() -> int:
    """How many views wait for this officer to read them: said by the bar and by the page."""
    return reading.how_many_wait(identity.me().id)


def raw_cards(waiting: Sequence[reading.Waiting], by: uuid.UUID) -> list[Card]:
    """These views as sent, in the order of the queue; the reading is on record before they are shown."""
    raws = {raw.id: raw for raw in reading.open_raw([each.id for each in waiting], by)}
    names, beside = place_names(), reading.pictures_beside(list(raws), by)
    return [_card(raws[each.id], each, names, beside.get(each.id, ())) for each in waiting if each.id in raws]


def found_cards(view_ids: Sequence[uuid.UUID], by: uuid.UUID) -> list[Card]:
    """As `raw_cards`, for views that were searched for."""
    return raw_cards([reading.Waiting(view_id, read_first=False, was_concern=False) for view_id in view_ids], by)


def points_in(raw: keeping.RawView) -> list[str]:
    """Every word of a view that may point to someone, each once."""
    found = reading.proposals(raw.words, raw.language, place_names().values())
    return list(dict.fromkeys(raw.words[each.start : each.end] for each in found))


def asked(activity_id: uuid.UUID | None, question: str) -> Asked | None:
    """Where these words were an answer; None for a pledge."""
    activity = asking.activity_by_id(activity_id) if activity_id else None
    if activity is None:
        return None
    questions = list(activity.document.get("questions", ()))
    names = [each.get("name") for each in questions]
    if question not in names:
        return Asked(activity.title, None, None)
    label = questions[names.index(question)].get("label")
    return Asked(activity.title, names.index(question) + 1, label.get("en") if isinstance(label, dict) else label)


def guesses(words: str, *, language: str, was_concern: bool) -> Guesses:
    """The machine's three guesses, and its guess at the tone: not for what was a concern, and in English alone."""
    plan = plans.current_plan()
    tones = tone_if_ready(words) if not was_concern and language == TONE_LANGUAGE else None
    titles = {each.code: each.title for each in plans.priorities(plan.id)} if plan else {}
    if plan is None or not titles:
        return Guesses(tone=tones, may_have_tone=not was_concern)
    found = suggestions_for(plan.id, words)
    best = tuple(Guess(each.priority, titles[each.priority], each.because) for each in found.best)
    others = tuple(Guess(code, title, ()) for code, title in titles.items() if code not in {each.code for each in best})
    return Guesses(best, others, found.likely_none, tones, not was_concern)


def as_suggested(words: str) -> list[dict[str, Any]]:
    """What the machine suggests, to be kept beside what the person decided; codes and scores, no words."""
    plan = plans.current_plan()
    if plan is None or not plans.priorities(plan.id):
        return []
    found, made_by = suggestions_for(plan.id, words), method(plan.id)
    return [{"priority": each.priority, "score": each.score, "method": made_by} for each in found.best]


def priority_ids(codes: Iterable[str]) -> list[uuid.UUID]:
    """The plan's priorities with these codes; codes it does not have are left out."""
    plan = plans.current_plan()
    known = {each.code: each.id for each in plans.priorities(plan.id)} if plan else {}
    return [known[code] for code in codes if code in known]


def titles_of(priority_ids: Sequence[uuid.UUID] | None) -> list[str] | None:
    """Titles of confirmed priorities; an empty list is “none of these”, None is not sorted yet."""
    if priority_ids is None:
        return None
    found = (plans.priority_by_id(each) for each in priority_ids)
    return [each.title for each in found if each]


def codes_of(ids: Sequence[uuid.UUID] | None) -> list[str]:
    """What the boxes say for confirmed priorities: their codes, “none” for none of these, nothing where it is not sorted yet."""
    if ids is None:
        return []
    found = (plans.priority_by_id(each) for each in ids)
    return [each.code for each in found if each] or [NONE]


def place_names() -> dict[str, str]:
    plan = plans.current_plan()
    return {place.code: place.name for place in plans.places(plan.id)} if plan else {}


def _card(raw: keeping.RawView, waiting: reading.Waiting, names: dict[str, str], beside: Sequence[reading.PictureStanding]) -> Card:
    known = LANGUAGES.get(raw.language)
    return Card(
        id=raw.id,
        words=raw.words,
        pieces=reading.pieces(raw.words, reading.proposals(raw.words, raw.language, names.values())),
        language=raw.language,
        language_name=None if raw.language == "en" else (known.name if known else raw.language),
        age=AGES.get(raw.age_band or ""),
        place=names.get(raw.place or "", raw.place),
        week=week_of(raw.received_on),
        way_in=WAYS_IN.get(raw.way_in, raw.way_in),
        may_be_quoted=raw.may_be_quoted,
        read_first=waiting.read_first,
        was_concern=waiting.was_concern,
        activity_id=raw.activity_id,
        question=raw.question,
        pictures=tuple(beside),
    )
