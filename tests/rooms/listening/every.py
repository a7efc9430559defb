"""An instrument with every kind of question, in the words of three ages and in Easy Read."""

from __future__ import annotations

from typing import Any

AGREE: list[dict[str, Any]] = [
    {"name": "yes_very", "label": {"en": "Very true"}, "younger": {"en": "Yes"}, "picture": "sunshine"},
    {"name": "yes_a_bit", "label": {"en": "A bit true"}},
    {"name": "no_not_very", "label": {"en": "Not very true"}},
    {"name": "no_not", "label": {"en": "Not true at all"}, "younger": {"en": "No"}, "picture": "raincloud"},
]
SAFE: list[dict[str, Any]] = [
    {"name": "very_safe", "face": 5, "label": {"en": "Very safe"}},
    {"name": "quite_safe", "face": 4, "label": {"en": "Quite safe"}, "younger": {"en": "Safe"}, "middle": {"en": "Safe"}},
    {"name": "middle", "face": 3, "label": {"en": "In the middle"}, "middle": {"en": "In the middle"}},
    {"name": "not_very_safe", "face": 2, "label": {"en": "Not very safe"}, "younger": {"en": "Not safe"}, "middle": {"en": "Not safe"}},
    {"name": "not_safe", "face": 1, "label": {"en": "Not safe at all"}},
]
PLAYS: list[dict[str, Any]] = [
    {"name": "ball", "label": {"en": "Ball games"}, "picture": "football"},
    {"name": "swing", "label": {"en": "Swings and slides"}, "picture": "slide"},
    {"name": "trees", "label": {"en": "Trees and animals"}, "picture": "tree"},
    {"name": "friends", "label": {"en": "Meeting friends"}, "picture": "picnic"},
    {"name": "nothing", "label": {"en": "Nothing here"}, "picture": "cloud", "alone": True, "fixed": True},
]
FIRST: list[dict[str, Any]] = [
    {"name": "buses", "label": {"en": "Buses that come on time"}, "picture": "bus"},
    {"name": "parks", "label": {"en": "Parks and play"}, "picture": "park"},
    {"name": "food", "label": {"en": "Good food that costs less"}, "picture": "apple"},
    {"name": "talk", "label": {"en": "Someone to talk to"}, "picture": "telephone"},
    {"name": "light", "label": {"en": "Street lights"}, "picture": "lantern"},
]
EVERY: dict[str, Any] = {
    "name": "every",
    "version": 1,
    "kind": "survey",
    "wordings": ["younger", "middle", "older"],
    "title": {"en": "Playing and being outside"},
    "intro": {"en": "What is it like where you live? Tell us what is good. Tell us what is not."},
    "younger": {"title": {"en": "Playing outside"}, "intro": {"en": "Do you like to play outside? Tell us."}, "minutes": 3},
    "middle": {"title": {"en": "Playing and being outside"}, "intro": {"en": "What is it like outside, near your home? Tell us."}},
    "minutes": 5,
    "ages": {"from": 4, "to": 19},
    "speaker": "young_person",
    "languages": ["en", "easy"],
    "questions": [
        {
            "type": "note",
            "name": "about",
            "label": {"en": "First, think of a place near your home."},
            "hint": {"en": "It can be a park. It can be a street."},
            "picture": "signpost",
        },
        {
            "type": "select_one",
            "name": "safe",
            "label": {"en": "How safe do you feel outside?"},
            "hint": {"en": "Think about the last week."},
            "younger": {"label": {"en": "Do you feel safe outside?"}},
            "picture": "path",
            "appearance": "faces",
            "choices": SAFE,
        },
        {
            "type": "select_multiple",
            "name": "play",
            "label": {"en": "What is good there?"},
            "hint": {"en": "Pick all that fit."},
            "picture": "football",
            "parameters": {"randomize": True},
            "or_other": True,
            "choices": PLAYS,
        },
        {
            "type": "scales",
            "name": "people",
            "label": {"en": "How true is this for you?"},
            "choices": AGREE,
            "statements": [
                {"name": "listen", "label": {"en": "Grown-ups listen to me."}, "picture": "headphone"},
                {"name": "trust", "label": {"en": "I have someone I can talk to."}, "picture": "telephone", "asked_of": ["middle", "older"]},
            ],
        },
        {
            "type": "rank",
            "name": "first",
            "label": {"en": "What matters most to you?"},
            "hint": {"en": "Pick up to three."},
            "picture": "trophy",
            "parameters": {"end": 3},
            "choices": FIRST,
        },
        {
            "type": "select_one",
            "name": "best",
            "label": {"en": "What do you go by most?"},
            "picture": "bike",
            "choices": [
                {"name": "bus", "label": {"en": "bus"}, "picture": "bus"},
                {"name": "bike", "label": {"en": "bike"}, "picture": "bike"},
                {"name": "train", "label": {"en": "train"}, "picture": "train"},
            ],
        },
        {
            "type": "text",
            "name": "why",
            "label": {"en": "What is it like to go by ${best}?"},
            "relevant": "${best} != ''",
            "picture": "pencil",
            "appearance": "multiline",
        },
        {"type": "integer", "name": "people_home", "label": {"en": "How many people live in your home?"}, "parameters": {"start": 1, "end": 30}},
        {
            "type": "integer",
            "name": "children",
            "label": {"en": "How many of the ${people_home} are under 18?"},
            "parameters": {"start": 0, "end": 30},
            "relevant": "${people_home} > 0",
            "constraint": ". <= ${people_home}",
            "constraint_message": {"en": "You said how many people there are. Type that number, or a smaller one."},
        },
        {"type": "text", "name": "one_word", "label": {"en": "Say one word for where you live."}, "appearance": "line"},
        {"type": "select_one", "name": "where", "label": {"en": "Which place do you live near?"}, "choices": "places", "role": "place"},
        {"type": "select_one", "name": "age", "label": {"en": "How old are you?"}, "choices": "age_bands", "role": "age_band"},
        {
            "type": "select_one",
            "name": "may_show",
            "label": {"en": "May we show your words to others?"},
            "choices": "yes_no",
            "role": "permission",
        },
    ],
}
# What asks for a picture at the end: the younger draw, the older show a photo, and whoever would rather not is not asked.
DRAWN: dict[str, Any] = {
    "name": "drawn",
    "version": 1,
    "kind": "survey",
    "wordings": ["younger", "middle", "older"],
    "title": {"en": "A place you like"},
    "intro": {"en": "Where do you like to be? Tell us. You can draw it, too."},
    "younger": {"intro": {"en": "Where do you like to be? You can draw it."}},
    "minutes": 2,
    "ages": {"from": 4, "to": 19},
    "speaker": "young_person",
    "languages": ["en", "easy"],
    "questions": [
        {
            "type": "select_one",
            "name": "like",
            "label": {"en": "Where do you like to be?"},
            "picture": "tree",
            "choices": [
                {"name": "out", "label": {"en": "Outside"}, "picture": "tree"},
                {"name": "home", "label": {"en": "At home"}, "picture": "garden"},
            ],
        },
        {"type": "text", "name": "why", "label": {"en": "What is good there?"}, "picture": "sunshine", "appearance": "multiline"},
        {
            "type": "draw",
            "name": "place",
            "label": {"en": "Draw a place you like."},
            "hint": {"en": "You can draw here. Or you can draw on paper."},
            "picture": "crayon",
            "relevant": "${like} != 'home'",
            "asked_of": ["younger", "middle"],
        },
        {
            "type": "image",
            "name": "spot",
            "label": {"en": "Show us a place you like."},
            "picture": "path",
            "relevant": "${like} != 'home'",
            "asked_of": ["older"],
        },
    ],
}
