"""Asking: activities, and the instruments they use. The door of the room; questions are data, rules are plain Python.

An instrument read from a file or a row is sound, or it is refused. Its rules say what is shown next and what counts as an answer.
"""

from voice.asking.actions import close_on, name_dpia, open_activity, publish_instrument
from voice.asking.building import as_data, for_priorities
from voice.asking.expressions import as_json
from voice.asking.forms import sentence
from voice.asking.frames import checked_hosts
from voice.asking.gates import closed_because, gates_of
from voice.asking.instruments import BrokenInstrument, load_instrument, shipped_instruments
from voice.asking.kinds import (
    AFTER,
    BEFORE,
    GAVE_PICTURE,
    WORDINGS,
    Answer,
    Answers,
    Choice,
    Coarse,
    Instrument,
    Meaning,
    Question,
    Reading,
    Refused,
    Said,
    Step,
    Wording,
    in_language,
)
from voice.asking.queries import ActivityFacts, activities, activity, activity_by_id, asking_with, codebook, newest
from voice.asking.queries import waves as waves_of
from voice.asking.rules import (
    as_posted,
    canonical,
    clean,
    fitted,
    for_places,
    from_canonical,
    in_order,
    kept,
    meaning,
    most_ranked,
    next_question,
    picture_question,
    piped,
    previous_question,
    read_answers,
    shown,
    step,
)
from voice.asking.terms import name_of as name_of_term
from voice.asking.terms import term_of
from voice.asking.waves import activity_now, ask_again

__all__ = [
    "AFTER",
    "BEFORE",
    "GAVE_PICTURE",
    "WORDINGS",
    "ActivityFacts",
    "Answer",
    "Answers",
    "BrokenInstrument",
    "Choice",
    "Coarse",
    "Instrument",
    "Meaning",
    "Question",
    "Reading",
    "Refused",
    "Said",
    "Step",
    "Wording",
    "activities",
    "activity",
    "activity_by_id",
    "activity_now",
    "as_data",
    "as_json",
    "as_posted",
    "ask_again",
    "asking_with",
    "canonical",
    "checked_hosts",
    "clean",
    "close_on",
    "closed_because",
    "codebook",
    "fitted",
    "for_places",
    "for_priorities",
    "from_canonical",
    "gates_of",
    "in_language",
    "in_order",
    "kept",
    "load_instrument",
    "meaning",
    "most_ranked",
    "name_dpia",
    "name_of_term",
    "newest",
    "next_question",
    "open_activity",
    "picture_question",
    "piped",
    "previous_question",
    "publish_instrument",
    "read_answers",
    "sentence",
    "shipped_instruments",
    "shown",
    "step",
    "term_of",
    "waves_of",
]
