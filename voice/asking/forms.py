"""The sentence a person reads when an answer cannot be taken as it is. Each says what to do, and none says that they were wrong."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from voice.asking.kinds import Refused, in_language

# `_l` gives a text that is translated when it is read; it has no type of its own to name.
REFUSALS: Final[Mapping[str, Any]] = {
    "unknown_choice": _l("Pick one of the answers on this page."),
    "one_only": _l("Pick one answer."),
    "alone": _l("Two of these do not go together. Keep the ones that fit."),
    "at_most": _l("Pick %(most)s at most. Take one out first."),
    "answer_and_skip": _l("You gave an answer. You also picked a way to skip. Keep one of them."),
    "number": _l("Type a whole number, like 7."),
    "range": _l("Type a number from %(start)s to %(end)s."),
    "too_long": _l("That is a lot to say. It is %(length)s letters long. We can take %(most)s. Make it a bit shorter."),
}


def sentence(refused: Refused, language: str = "en") -> str:
    """What to show beside the question, in the reader's language. KeyError for a refusal nobody has words for."""
    if refused.words:
        return in_language(refused.words, language).text
    return str(REFUSALS[refused.key]) % dict(refused.values)
