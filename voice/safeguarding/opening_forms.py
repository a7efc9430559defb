"""What is put on record before young people are asked to write."""

from __future__ import annotations

from datetime import time
from typing import Any

import phonenumbers
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectMultipleField, StringField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from voice.safeguarding.opening_rules import Reader
from voice.storage import today
from voice.web.forms import DayField, Form, longest, required

DAYS = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"), _l("Sunday"))


class TrainingForm(Form):
    """One lead's or deputy's training."""

    trained_on = DayField(_l("Trained on"), [required(_l("Name the day of the training."))])
    valid_until = DayField(_l("Valid until"), [required(_l("Name the last day on which it is valid."))])

    def validate_trained_on(self, field: DayField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("That day is to come. Record the training when it is done."))

    def validate_valid_until(self, field: DayField) -> None:
        if field.data and self.trained_on.data and field.data <= self.trained_on.data:
            raise ValidationError(_("It must be later than the day of the training."))


def form_for(reader: Reader, *, filled: bool = False) -> TrainingForm:
    """Each of them has a form of their own on one page: the fields are called alike, and found by ids of their own."""
    form = TrainingForm() if filled else TrainingForm(formdata=None, trained_on=reader.trained_on, valid_until=reader.valid_until)
    for field in form:
        field.id = field.label.field_id = f"{field.name}-{reader.id.hex}"
    return form


class HoursForm(Form):
    """When somebody reads, and whom to call when nobody does."""

    days = SelectMultipleField(
        _l("On which days?"),
        choices=[SelectChoice(str(number), name) for number, name in enumerate(DAYS)],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    opens_at = StringField(_l("From"), [required(_l("Say from when somebody reads.")), longest(5)])
    closes_at = StringField(_l("Until"), [required(_l("Say until when somebody reads.")), longest(5)])
    night_phone = StringField(
        _l("The emergency duty team’s number"),
        [required(_l("Give the number to call when nobody reads.")), longest(30)],
        render_kw={"inputmode": "tel"},
    )

    def validate_days(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Pick one day or more."))

    def validate_opens_at(self, field: StringField) -> None:
        field.data = _time(field.data)

    def validate_closes_at(self, field: StringField) -> None:
        field.data = _time(field.data)
        if self.opens_at.data and not self.opens_at.errors and field.data <= self.opens_at.data:
            raise ValidationError(_("It must be later than the time they begin."))

    def validate_night_phone(self, field: StringField) -> None:
        """As it is dialled in this country: a child reads it."""
        try:
            number = phonenumbers.parse(field.data, "GB")
        except phonenumbers.NumberParseException:
            raise ValidationError(_("That is no telephone number. Write it as it is dialled, such as 0800 123 4567.")) from None
        if not phonenumbers.is_possible_number(number):
            raise ValidationError(_("That is no telephone number. Write it as it is dialled, such as 0800 123 4567."))
        field.data = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def _time(text: str) -> str:
    """Raises ValidationError where it is no time of day."""
    try:
        hour, _colon, minute = text.strip().replace(".", ":").partition(":")
        return time(int(hour), int(minute or 0)).strftime("%H:%M")
    except ValueError:
        raise ValidationError(_("Write it as hours and minutes, such as 09:00.")) from None
