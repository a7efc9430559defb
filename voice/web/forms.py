"""The form staff pages build on: WTForms with our languages and our sentences."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired, Length, Optional

__all__ = ["Form", "longest", "optional", "required"]


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form with its hidden token; errors are sentences that say what to do."""


def required(sentence: str = "") -> DataRequired:
    """Something must be typed; spaces alone are nothing."""
    return DataRequired(sentence or _l("Fill this in."))


def longest(characters: int) -> Length:
    return Length(max=characters, message=_l("Make it shorter: at most %(n)s letters.", n=characters))


def optional() -> Optional:
    return Optional()
