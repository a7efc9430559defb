"""The machine's opinions, fed with the plan as it stands in the database."""

from __future__ import annotations

import functools
import threading
import uuid
from dataclasses import dataclass

from sqlalchemy import func, select

from voice import plans
from voice.plans.models import PlanVersion
from voice.storage import session
from voice.understanding import learned, learning, together
from voice.understanding.learned import Learned
from voice.understanding.suggest import METHOD_NAME, VERSION, PriorityText, Suggester, Suggestions
from voice.understanding.words import base


@dataclass(frozen=True)
class _Held:
    """What this process holds of what was learned: the version, its number, and its table."""

    version_id: uuid.UUID
    number: int
    table: Learned | None


_held: dict[str, _Held] = {}  # by kind; swapped whole, so that a request sees one version or the other


def suggestions_for(plan_id: uuid.UUID, words: str, most: int = 3) -> Suggestions:
    """What the machine guesses a view is about; priorities by their codes."""
    held = _learned(learning.PRIORITIES, plan_id)
    return together.suggest(_suggester(plan_texts(plan_id)), held.table if held else None, words, most)


def plan_texts(plan_id: uuid.UUID) -> tuple[PriorityText, ...]:
    """What the plan says of each of its priorities, as it stands in the database."""
    version = session().scalar(select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == plan_id)) or 0
    return tuple(_text(plan_id, priority, version) for priority in plans.priorities(plan_id))


def method(plan_id: uuid.UUID) -> str:
    """Which machine guesses for this plan, to be kept beside what it guessed."""
    held = _learned(learning.PRIORITIES, plan_id)
    beside = f" + {learned.METHOD_NAME} {learned.VERSION} no. {held.number}" if held and held.table else ""
    return f"{METHOD_NAME} {VERSION}{beside}"


def guess_tone(words: str) -> str:
    """The machine's guess at the tone: positive, negative, mixed or neutral. Never used to screen. TextBlob takes seconds to load, once."""
    held = _learned(learning.TONE)
    return together.tone(held.table if held else None, words)


def tone_if_ready(words: str) -> str | None:
    """The guessed tone, or None while the libraries are still being loaded: nobody waits seconds for a guess."""
    return guess_tone(words) if tone_loading().is_set() else None


@functools.cache
def tone_loading() -> threading.Event:
    """Begins to load what guesses the tone, beside the work of this process; set once it is there."""
    ready = threading.Event()

    def load() -> None:
        together.tone(None, "The first words take the longest.")
        ready.set()

    threading.Thread(target=load, name="load the tone", daemon=True).start()
    return ready


def forget_words() -> None:
    """Single words that were looked up stay in memory, to be quick; and what was learned holds numbers made of words. Both go."""
    base.cache_clear()
    _suggester.cache_clear()
    _held.clear()


def _learned(kind: str, plan_id: uuid.UUID | None = None) -> _Held | None:
    """The version in use, read from the database once for each process."""
    version_id = learning.in_use(kind, plan_id)
    if version_id is None:
        _held.pop(kind, None)
        return None
    held = _held.get(kind)
    if held is None or held.version_id != version_id:
        held = _held[kind] = _Held(version_id, learning.number_of(version_id), learning.load(version_id))
    return held


@functools.lru_cache(maxsize=4)
def _suggester(texts: tuple[PriorityText, ...]) -> Suggester:
    """Built anew only when the plan's words change."""
    return Suggester(texts)


def _text(plan_id: uuid.UUID, priority: plans.PriorityFacts, version: int) -> PriorityText:
    council = _council_words(plan_id, priority.id, version)
    return PriorityText(priority.code, priority.title, priority.child_title, priority.child_sentence, priority.phrases, council)


@functools.lru_cache(maxsize=256)
def _council_words(plan_id: uuid.UUID, priority_id: uuid.UUID, version: int) -> tuple[str, ...]:
    """Measures and actions change only with a new version of the plan, so they are read once for each."""
    words = [measure.words for measure in plans.measures_of(plan_id, priority_id)]
    return (*words, *(action.words for action in plans.actions_of(plan_id, priority_id)))
