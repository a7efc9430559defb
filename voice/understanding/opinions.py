"""The machine's opinions, fed with the plan as it stands in the database."""

from __future__ import annotations

import functools
import threading
import uuid

from sqlalchemy import func, select

from voice import plans
from voice.plans.models import PlanVersion
from voice.storage import session
from voice.understanding.suggest import METHOD_NAME, VERSION, PriorityText, Suggester, Suggestions
from voice.understanding.words import base


def suggestions_for(plan_id: uuid.UUID, words: str, most: int = 3) -> Suggestions:
    """What the machine guesses a view is about; priorities by their codes."""
    version = session().scalar(select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == plan_id)) or 0
    priorities = tuple(_text(plan_id, priority, version) for priority in plans.priorities(plan_id))
    return _suggester(priorities).suggest(words, most)


def method() -> str:
    """Which machine guessed, to be kept beside what it guessed."""
    return f"{METHOD_NAME} {VERSION}"


def guess_tone(words: str) -> str:
    """The machine's guess at the tone: positive, negative, mixed or neutral. Never used to screen."""
    from voice.understanding.tone import tone  # here, because TextBlob takes seconds to load and few pages need it

    return tone(words).tone


def tone_if_ready(words: str) -> str | None:
    """The guessed tone, or None while the libraries are still being loaded: nobody waits seconds for a guess."""
    return guess_tone(words) if tone_loading().is_set() else None


@functools.cache
def tone_loading() -> threading.Event:
    """Begins to load what guesses the tone, beside the work of this process; set once it is there."""
    ready = threading.Event()

    def load() -> None:
        guess_tone("The first words take the longest.")
        ready.set()

    threading.Thread(target=load, name="load the tone", daemon=True).start()
    return ready


def forget_words() -> None:
    """The eraser of this room. Nothing is learned from anybody’s words; but single words that were looked up stay in memory, to be quick."""
    base.cache_clear()
    _suggester.cache_clear()


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
