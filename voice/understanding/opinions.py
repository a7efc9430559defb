"""The machine's opinions, fed with the plan as it stands in the database."""

from __future__ import annotations

import functools
import uuid

from voice import plans
from voice.understanding.suggest import METHOD_NAME, VERSION, PriorityText, Suggester, Suggestions


def suggestions_for(plan_id: uuid.UUID, words: str, most: int = 3) -> Suggestions:
    """What the machine guesses a view is about; priorities by their codes."""
    return _suggester(_texts(plan_id)).suggest(words, most)


def method() -> str:
    """Which machine guessed, to be kept beside what it guessed."""
    return f"{METHOD_NAME} {VERSION}"


def guess_tone(words: str) -> str:
    """The machine's guess at the tone: positive, negative, mixed or neutral. Never used to screen."""
    from voice.understanding.tone import tone  # here, because TextBlob takes two seconds to load and few pages need it

    return tone(words).tone


@functools.lru_cache(maxsize=4)
def _suggester(texts: tuple[PriorityText, ...]) -> Suggester:
    """Built anew only when the plan's words change."""
    return Suggester(texts)


def _texts(plan_id: uuid.UUID) -> tuple[PriorityText, ...]:
    return tuple(_text(plan_id, priority) for priority in plans.priorities(plan_id))


def _text(plan_id: uuid.UUID, priority: plans.PriorityFacts) -> PriorityText:
    council = [measure.words for measure in plans.measures_of(plan_id, priority.id)]
    council += [action.words for action in plans.actions_of(plan_id, priority.id)]
    return PriorityText(priority.code, priority.title, priority.child_title, priority.child_sentence, priority.phrases, tuple(council))
