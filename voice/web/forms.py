"""The form staff pages build on: WTForms with our languages and our sentences."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField
from wtforms.validators import DataRequired, Length, Optional

__all__ = ["DayField", "Form", "longest", "optional", "required"]


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form with its hidden token; errors are sentences that say what to do."""


def required(sentence: str = "") -> DataRequired:
    """Something must be typed; spaces alone are nothing."""
    return DataRequired(sentence or _l("Fill this in."))


def longest(characters: int) -> Length:
    return Length(max=characters, message=_l("Make it shorter: at most %(n)s letters.", n=characters))


def optional() -> Optional:
    return Optional()


class DayField(DateField):  # type: ignore[misc]  # WTForms has no types
    """A day, with a sentence of ours where it is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Type a day as year, month, day: 2027-03-01.")) from error
