"""What a board member can type."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from voice.web.forms import Form, longest, required

MOST = 600  # letters: what fits beside the council’s answer


def _tidy(words: Any) -> Any:
    return words.strip() if isinstance(words, str) else words


class WordsForm(Form):
    """The board's own words on a theme."""

    words = TextAreaField(_l("The board’s own words"), [required(_l("Write a few words first.")), longest(MOST)], filters=[_tidy])


class ObjectionForm(Form):
    """“That isn’t what they said.”"""

    objection = TextAreaField(
        _l("What did they say, then?"), [required(_l("Say what is wrong with the sentence, in a few words.")), longest(MOST)], filters=[_tidy]
    )
