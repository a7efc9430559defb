"""Asking: activities, and the instruments they use. The door of the room; questions are data, rules are plain Python.

An instrument read from a file or a row is sound, or it is refused. Its rules say what is shown next and what counts as an answer.
"""

from voice.asking.actions import open_activity, publish_instrument
from voice.asking.forms import sentence
from voice.asking.frames import checked_hosts
from voice.asking.gates import closed_because, gates_of
from voice.asking.instruments import BrokenInstrument, as_data, load_instrument, shipped_instruments
from voice.asking.kinds import Answer, Answers, Choice, Coarse, Instrument, Question, Refused, Said, Step, in_language
from voice.asking.queries import ActivityFacts, activities, activity, activity_by_id
from voice.asking.rules import (
    as_posted,
    canonical,
    clean,
    coarse,
    for_places,
    from_canonical,
    kept,
    may_be_quoted,
    next_question,
    previous_question,
    shown,
    step,
    views,
)

__all__ = [
    "ActivityFacts",
    "Answer",
    "Answers",
    "BrokenInstrument",
    "Choice",
    "Coarse",
    "Instrument",
    "Question",
    "Refused",
    "Said",
    "Step",
    "activities",
    "activity",
    "activity_by_id",
    "as_data",
    "as_posted",
    "canonical",
    "checked_hosts",
    "clean",
    "closed_because",
    "coarse",
    "for_places",
    "from_canonical",
    "gates_of",
    "in_language",
    "kept",
    "load_instrument",
    "may_be_quoted",
    "next_question",
    "open_activity",
    "previous_question",
    "publish_instrument",
    "sentence",
    "shipped_instruments",
    "shown",
    "step",
    "views",
]
