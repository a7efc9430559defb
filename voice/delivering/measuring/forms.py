"""What can be typed about a measure, and the sentence for each thing that cannot be taken."""

from __future__ import annotations

import uuid
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import StopValidation

from voice import identity
from voice.delivering.measuring.actions import Given, Said
from voice.delivering.measuring.files import LONGEST_SOURCE, LONGEST_STORY
from voice.delivering.measuring.periods import period
from voice.delivering.measuring.printed import number
from voice.delivering.measuring.queries import Numbers
from voice.delivering.measuring.wording import UNIT_WORDS, WAY_WORDS, why_not
from voice.plans import Place
from voice.web.caring import CaringForm
from voice.web.forms import DayField, Form, longest, optional, required

OWNERS = ("officer", "answer_owner", "partner")
MOST_MONTHS = 60


def _tidy(words: Any) -> Any:
    return words.strip() if isinstance(words, str) else words


def _a_number(_form: Form, field: StringField) -> None:
    if number((field.data or "").strip("%£ ")) is None:
        raise StopValidation(why_not("value", (field.data or "")[:40]))


def _a_whole_number(_form: Form, field: StringField) -> None:
    found = number(field.data or "")
    if found is None or found != int(found) or not 0 < found < 2**31:
        raise StopValidation(why_not("out_of", (field.data or "")[:40]))


def _a_time(_form: Form, field: StringField) -> None:
    if period(field.data or "") is None:
        raise StopValidation(why_not("period", (field.data or "")[:40]))


def _value(field: StringField) -> float | None:
    return number((field.data or "").strip("%£ "))


def _whole(field: StringField) -> int | None:
    found = number(field.data or "")
    return None if found is None else int(found)


class ReadingForm(CaringForm):
    """One reading."""

    looked_at = ("story",)

    value = StringField(_l("The figure"), [required(_l("Type the figure.")), _a_number], filters=[_tidy])
    when = StringField(_l("Of what day or time?"), [required(_l("Say what day or time it is of.")), _a_time], filters=[_tidy])
    unit = SelectField(_l("What kind of number is it?"), choices=[SelectChoice(code, words) for code, words in UNIT_WORDS.items()])
    per = StringField(_l("Per how many, or out of how many points?"), [optional(), _a_whole_number], filters=[_tidy])
    out_of = StringField(_l("Out of how many people?"), [optional(), _a_whole_number], filters=[_tidy])
    place = SelectField(_l("Where?"), choices=[])
    origin = StringField(_l("Where is it from?"), [longest(LONGEST_SOURCE)], filters=[_tidy])
    story = TextAreaField(_l("The story behind the figure"), [longest(LONGEST_STORY)], filters=[_tidy])

    def __init__(self, known: Numbers, places: list[Place], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.place.choices = [SelectChoice("", _("All of the county")), *(SelectChoice(each.code, each.name) for each in places)]
        if known.unit is not None:
            del self.unit, self.per

    def validate(self, extra_validators: Any = None) -> bool:
        fits: bool = super().validate(extra_validators)
        if self.unit and self.unit.data in ("rate", "score") and self.chosen_per() is None:
            self.per.errors = [_("Say per how many it is, such as 1,000.")]
            return False
        return fits

    def chosen_per(self) -> int | None:
        return _whole(self.per) if self.unit.data in ("rate", "score") else None

    def given(self) -> Given:
        return Given(
            self.when.data, _value(self.value) or 0.0, self.place.data or "", _whole(self.out_of), self.origin.data or None, self.story.data or None
        )


class StoryForm(CaringForm):
    """The story behind a figure that is there."""

    looked_at = ("story",)

    story = TextAreaField(_l("The story behind the figure"), [longest(LONGEST_STORY)], filters=[_tidy])


class OutForm(Form):
    """Why a reading is taken out."""

    why = StringField(_l("Why does it go?"), [required(_l("Say in a few words why. It stays in the record.")), longest(300)], filters=[_tidy])


class NumbersForm(Form):
    """What the plan’s printed words do not say as numbers."""

    unit = SelectField(_l("What kind of number is it?"), choices=[])
    per = StringField(_l("Per how many, or out of how many points?"), [optional(), _a_whole_number], filters=[_tidy])
    of_people = BooleanField(_l("It counts people"))
    baseline = StringField(_l("Where it began"), [optional(), _a_number], filters=[_tidy])
    target = StringField(_l("Where it should come to"), [optional(), _a_number], filters=[_tidy])
    due_on = DayField(_l("By when"), [optional()])
    direction = SelectField(_l("Which way?"), choices=[])
    months = StringField(_l("Counted again within how many months?"), [optional(), _a_whole_number], filters=[_tidy])
    owner = SelectField(_l("Whose is it to enter readings?"), choices=[])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        as_printed = SelectChoice("", _("As the plan prints it"))
        self.unit.choices = [as_printed, *(SelectChoice(code, words) for code, words in UNIT_WORDS.items())]
        self.direction.choices = [as_printed, *(SelectChoice(code, words) for code, words in WAY_WORDS.items())]
        members = [SelectChoice(str(each.id), each.name) for each in identity.members_with(*OWNERS)]
        self.owner.choices = [SelectChoice("", _("Nobody in particular: officers do")), *members]

    def validate(self, extra_validators: Any = None) -> bool:
        fits: bool = super().validate(extra_validators)
        return all([fits, self._has_per(), self._in_time()])

    def _has_per(self) -> bool:
        if self.unit.data in ("rate", "score") and _whole(self.per) is None:
            self.per.errors = [_("Say per how many it is, such as 1,000.")]
            return False
        return True

    def _in_time(self) -> bool:
        months = _whole(self.months)
        if months is not None and months > MOST_MONTHS:
            self.months.errors = [_("Five years at most: 60 months.")]
            return False
        return True

    def said(self) -> Said:
        return Said(
            unit=self.unit.data or None,
            per=_whole(self.per) if self.unit.data in ("rate", "score") else None,
            of_people=bool(self.of_people.data),
            baseline=_value(self.baseline),
            target=_value(self.target),
            due_on=self.due_on.data,
            direction=self.direction.data or None,
            months=_whole(self.months),
            owner_id=uuid.UUID(self.owner.data) if self.owner.data else None,
        )
