"""What a lead does and decides, a worry somebody raises, the rota, and the code of a practice alert."""

from __future__ import annotations

from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import AnyOf, Email, Regexp

from voice.safeguarding.models import ACTS, OUTCOMES
from voice.safeguarding.words import ACT_WORDS, DAYS
from voice.web.forms import DayField, Form, longest, optional, required

WHO = _l("Pick somebody.")
NUMBER = r"^(?=.*\d)[A-Za-z0-9][A-Za-z0-9./-]{0,39}$"  # a number of another system: there is no room for words


class ClockField(TimeField):  # type: ignore[misc]  # WTForms has no types
    """A time of day, with a sentence of ours where it is none; 24:00 is the end of the day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Type a time as hours and minutes: 09:00.")) from error


class OutcomeForm(Form):
    outcome = StringField(_l("What did you do?"), [required(_l("Pick what you did.")), AnyOf(OUTCOMES, message=_l("Pick what you did."))])
    reason = TextAreaField(_l("Why, in a sentence"), [required(_l("Say why.")), longest(2000)])
    second_email = EmailField(_l("E-mail address of the second person"), [optional(), longest(200)], render_kw={"autocomplete": "off"})
    second_code = StringField(
        _l("Code from the app of the second person"),
        [optional(), longest(40)],
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )
    second_passphrase = PasswordField(_l("Passphrase of the second person"), [optional(), longest(500)], render_kw={"autocomplete": "off"})


class CodeForm(Form):
    token = HiddenField()
    code = StringField(
        _l("The code in the letter"),
        [required(_l("Type the code from the letter.")), longest(20)],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


class ActForm(Form):
    what = SelectField(
        _l("What was done?"),
        choices=[SelectChoice("", _l("Pick one")), *(SelectChoice(each, ACT_WORDS[each]) for each in ACTS)],
        validators=[required(_l("Pick what was done."))],
    )
    reference = StringField(
        _l("Its number there"),
        [optional(), Regexp(NUMBER, message=_l("Type the number alone: letters, digits, dots, dashes, and no spaces."))],
        render_kw={"autocomplete": "off"},
    )
    on_day = DayField(_l("The day it was handed over"), [optional()])

    def validate_what(self, field: SelectField) -> None:  # not of `reference`: what may be left out is not looked at when it is
        if field.data == "handed_over" and not (self.reference.data or "").strip():
            raise ValidationError(_("Type the number it has in the case system."))


class AboutForm(Form):
    whom = StringField(_l("Who is it about?"), [required(_l("Type a name.")), longest(120)], render_kw={"autocomplete": "off"})


class WorryForm(Form):
    why = TextAreaField(_l("What did you see or hear?"), [required(_l("Say what worries you.")), longest(4000)])
    about = StringField(_l("Is it about somebody who works with children? Who?"), [optional(), longest(120)], render_kw={"autocomplete": "off"})
    danger = BooleanField(_l("Somebody may be in danger now"))


class TurnForm(Form):
    weekdays = SelectMultipleField(
        _l("Days"),
        coerce=int,
        choices=[SelectChoice(*each) for each in enumerate(DAYS)],
        validators=[required(_l("Pick one day or more."))],
        default=list(range(5)),
    )
    starts = ClockField(_l("From"), [required(_l("Type when it starts."))], default=time(9))
    ends = ClockField(_l("Until"), [required(_l("Type when it ends."))], default=time(17))
    lead = SelectField(_l("First contact"), validators=[required(WHO)])
    deputy = SelectField(_l("Deputy"), validators=[required(WHO)])
    on_holidays = BooleanField(_l("On bank holidays too"))

    def validate_ends(self, field: ClockField) -> None:
        if field.data and self.starts.data and self.ends_at() <= self.starts_at():
            raise ValidationError(_("It must end after it starts. For a night make two turns."))

    def validate_deputy(self, field: SelectField) -> None:
        if field.data and field.data == self.lead.data:
            raise ValidationError(_("Pick two people."))

    def starts_at(self) -> int:
        """Local minutes after midnight."""
        return _minutes(self.starts.data)

    def ends_at(self) -> int:
        return _minutes(self.ends.data) or 24 * 60


class AbsenceForm(Form):
    member = SelectField(_l("Who is away"), validators=[required(WHO)])
    first_day = DayField(_l("First day"), [required(_l("Pick the first day."))])
    last_day = DayField(_l("Last day"), [required(_l("Pick the last day."))])
    stand_in = SelectField(_l("Who stands in"), validators=[required(WHO)])

    def validate_last_day(self, field: DayField) -> None:
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError(_("The last day is before the first."))

    def validate_stand_in(self, field: SelectField) -> None:
        if field.data and field.data == self.member.data:
            raise ValidationError(_("Pick somebody else."))


class ContactsForm(Form):
    manager = SelectField(_l("Safeguarding manager"), validators=[optional()])
    lado_name = StringField(_l("Name of the LADO"), [optional(), longest(120)])
    lado_email = EmailField(_l("E-mail of the LADO"), [optional(), Email(message=_l("That is not an e-mail address."))])
    lado_phone = StringField(_l("Telephone of the LADO"), [optional(), longest(40)])
    mash_name = StringField(_l("Name of the front door (MASH)"), [optional(), longest(120)])
    mash_email = EmailField(_l("E-mail of the MASH"), [optional(), Email(message=_l("That is not an e-mail address."))])
    mash_phone = StringField(_l("Telephone of the MASH"), [optional(), longest(40)])
    alert_also = EmailField(_l("Your own second address"), [optional(), Email(message=_l("That is not an e-mail address."))])


def people_to_pick(form: Form, names: tuple[str, ...], people: list[tuple[str, str]]) -> Any:
    """Put these people into the fields that pick one."""
    for name in names:
        form[name].choices = [SelectChoice("", _("Pick somebody")), *(SelectChoice(*each) for each in people)]
    return form


def _minutes(when: time) -> int:
    return when.hour * 60 + when.minute
