"""Words for issues, not for children: what a theme’s sentence should not call a child, and what to say instead."""

from __future__ import annotations

import re

FEWEST_TO_COUNT = 10  # below this, officers too see words and no figure
# Left: words that pin something on a child and outlive it. Right: what to write. Young people in care asked for most of these.
RATHER = {
    "attention seeking": "wants to be heard",
    "attention-seeking": "wants to be heard",
    "troubled": "has a hard time",
    "troublemaker": "has a hard time",
    "problem child": "a child who needs help",
    "problem family": "a family that needs help",
    "troubled family": "a family that needs help",
    "challenging behaviour": "is upset, and shows it",
    "difficult child": "a child who finds it difficult",
    "naughty": "what happened, in plain words",
    "manipulative": "what happened, in plain words",
    "hard to reach": "not asked yet",
    "disengaged": "not asked in a way that works",
    "broken home": "a family that lives apart",
    "absconded": "went away",
    "looked after child": "a child in care",
    "lac": "children in care",
    "neet": "not in school, work or training",
    "suffers from": "has",
    "wheelchair bound": "uses a wheelchair",
    "the disabled": "disabled people",
    "promiscuous": "what happened, in plain words",
    "lifestyle choice": "what happened, in plain words",
}


def labels_a_child(sentence: str) -> list[tuple[str, str]]:
    """Words in this sentence that may label a child, each with what to say instead."""
    plain = sentence.casefold()
    return [(word, rather) for word, rather in RATHER.items() if re.search(rf"\b{re.escape(word)}\b", plain)]
