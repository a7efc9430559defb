"""What a board member can type."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, TextAreaField

from voice import understanding
from voice.web.caring import CaringForm
from voice.web.forms import Form, longest, required

MOST = 600  # letters: what fits beside the council’s answer
LONGEST_SENTENCE = 200


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


class ProposalForm(Form):
    """A theme that somebody hears in some cards."""

    card = SelectMultipleField(_l("Which cards say it?"), validate_choice=False)
    words = TextAreaField(
        _l("What do they say, in one sentence?"),
        [required(_l("Write what they say, in one sentence.")), longest(LONGEST_SENTENCE)],
        filters=[_tidy],
    )

    def validate_words(self, field: TextAreaField) -> None:
        understanding.need_no_typed_figure(field.data or "")

    def need_cards(self) -> bool:
        """Whether a card was chosen; says on the form what to do where not."""
        if not self.card.data:
            self.card.errors = [_l("Choose at least one card.")]
        return bool(self.card.data)


class DeclineForm(CaringForm):
    """Why a proposal is not taken up, to the board."""

    looked_at = ("reason",)

    reason = TextAreaField(_l("Why not? The board reads this."), [required(_l("Tell the board why not.")), longest(MOST)], filters=[_tidy])
