"""What an officer types about a group, and the sentence for each thing that is missing."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.widgets import TextInput

from voice import identity
from voice.identity import Person
from voice.inviting.actions import MOST_CODES, Invitation
from voice.storage import today
from voice.web.caring import CaringForm
from voice.web.forms import DayField, Form, longest, optional, required

KIND_WORDS: Final = {
    "class": _l("A class"),
    "club": _l("A club or a meeting"),
    "targeted": _l("A group asked on purpose"),
}
OWN: Final = "own"
AUDIENCES: Final = {
    "Children in Care Council": _l("Children in Care Council"),
    "Care leavers": _l("Care leavers"),
    "Young carers": _l("Young carers"),
    "UnO": _l("UnO"),
    "Right to Voice": _l("Right to Voice"),
    OWN: _l("Another, in your own words"),
}


def tidy(words: Any) -> Any:
    """Without spaces around it."""
    return words.strip() if isinstance(words, str) else words


def _choices(words: Any) -> list[SelectChoice]:
    return [SelectChoice(code, text) for code, text in words.items()]


class GroupForm(CaringForm):
    """A group to be asked together."""

    looked_at = ("name", "own_words")

    name = StringField(_l("Name of the group"), [required(_l("Give it a name that you know it by.")), longest(120)], filters=[tidy])
    kind = RadioField(_l("What kind of group is it?"), [required(_l("Choose what kind of group it is."))], choices=_choices(KIND_WORDS))
    audience = SelectField(_l("Who is it?"), choices=[SelectChoice("", _l("Choose who it is")), *_choices(AUDIENCES)])
    own_words = StringField(_l("Who it is, in your own words"), [longest(120)], filters=[tidy])
    reader = SelectMultipleField(_l("Who may see what they say?"), choices=[])
    setting = SelectField(_l("Is it of a school or setting?"), choices=[])
    use = RadioField(
        _l("How do the codes work?"),
        choices=[
            SelectChoice("each", _l("Each code works once. The receipt is on the slip.")),
            SelectChoice("all", _l("One code for all. The receipt comes at the end.")),
        ],
        default="each",
    )
    expires_on = DayField(_l("Last day of the codes"), [required(_l("Name the last day on which the codes let someone in."))])

    def offer(self, members: Sequence[Person]) -> None:
        self.reader.choices = [SelectChoice(str(each.id), each.name) for each in members]
        if "setting" in self:
            known = [SelectChoice(str(each.id), each.name) for each in identity.organisations()]
            self.setting.choices = [SelectChoice("", _("No, or none that signs in here")), *known]

    def validate_expires_on(self, field: DayField) -> None:
        if field.data and field.data < today():
            raise ValidationError(_("This day is over. Choose one to come."))

    def validate_audience(self, field: SelectField) -> None:
        if self.kind.data == "targeted" and not field.data:
            raise ValidationError(_("Choose who the group is. Only the people you name see it."))

    def validate_own_words(self, field: StringField) -> None:
        if self.kind.data == "targeted" and self.audience.data == OWN and not field.data:
            raise ValidationError(_("Write who the group is."))

    def validate_reader(self, field: SelectMultipleField) -> None:
        if self.kind.data == "targeted" and not field.data:
            raise ValidationError(_("Choose at least one person. Two are better: what children say must not wait for a holiday to end."))

    def invitation(self) -> Invitation:
        return Invitation(
            name=self.name.data,
            kind=self.kind.data,
            audience=self.own_words.data if self.audience.data == OWN else self.audience.data,
            readers=self.named(),
            one_use=self.use.data == "each",
            expires_on=self.expires_on.data,
            organisation_id=uuid.UUID(self.setting.data) if self.setting.data else None,
        )

    def named(self) -> list[uuid.UUID]:
        return [uuid.UUID(each) for each in self.reader.data or []]


class ReadersForm(Form):
    """Who may see what a targeted group says."""

    reader = SelectMultipleField(_l("Who may see what they say?"), [required(_l("Somebody must stay to read it."))], choices=[])

    offer = GroupForm.offer
    named = GroupForm.named


class SlipsForm(Form):
    """How many slips, and in which language."""

    codes = IntegerField(_l("How many slips?"), [optional()], default=30, widget=TextInput(), render_kw={"inputmode": "numeric"})
    language = SelectField(_l("In which language?"), choices=[])

    def validate_codes(self, field: IntegerField) -> None:
        if field.data is None or not 1 <= field.data <= MOST_CODES:
            raise ValidationError(_("Type a whole number from 1 to %(most)s.", most=MOST_CODES))
