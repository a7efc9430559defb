"""What is typed into a review."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import NumberRange

from voice.delivering.yearly.actions import FIRST_YEAR
from voice.storage import today
from voice.web.caring import CaringForm
from voice.web.forms import Form, longest, required

MOST = 1500  # letters: a page's worth
FOREWORD = 2500


def _tidy(words: Any) -> Any:
    return words.strip() if isinstance(words, str) else words


class YearForm(Form):
    """Which year to review."""

    year = IntegerField(_l("Year"), [NumberRange(FIRST_YEAR, 2200, _l("Write a year, such as 2025."))])

    def validate_year(self, field: IntegerField) -> None:
        if field.data and field.data > today().year:
            raise ValueError(_l("That year has not begun yet."))


class LinkingForm(CaringForm):
    """Words between the facts of a part."""

    looked_at = ("words",)

    words = TextAreaField(_l("Your words"), [longest(MOST)], filters=[_tidy])


class IntroductionForm(LinkingForm):
    """The introduction of whoever owns the plan."""

    said_by = StringField(_l("Whose introduction is it? A role, not a name."), [longest(120)], filters=[_tidy])

    def validate_said_by(self, field: StringField) -> None:
        if self.words.data and not field.data:
            raise ValueError(_l("Say whose words these are, such as: Director of children’s services."))


class FreezeForm(Form):
    """For good."""

    looked = BooleanField(_l("I have looked at every page of it"), [required(_l("Look at it first, then tick this."))])
    without = BooleanField(_l("Freeze it without a foreword: the page then says that the board has not written"))


class CorrectForm(CaringForm):
    """What a new edition puts right."""

    looked_at = ("what",)

    what = TextAreaField(
        _l("What does the new edition put right? Everyone reads this."), [required(_l("Say what it puts right.")), longest(600)], filters=[_tidy]
    )


class ForewordForm(Form):
    """The board's foreword."""

    words = TextAreaField(_l("The board’s foreword"), [required(_l("Write a few words first.")), longest(FOREWORD)], filters=[_tidy])
