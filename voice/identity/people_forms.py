"""What an administrator types about people, and what anyone types about their holiday."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, Final

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, SelectMultipleField, StringField, ValidationError

from voice.identity import people
from voice.identity.people_models import KINDS
from voice.identity.queries import Person, role_names
from voice.web.forms import DayField, Form, longest, required

ANOTHER: Final = "another"
NEEDS_PLACE: Final = frozenset({"school", "partner"})
KIND_WORDS: Final = {
    "school": _l("School"),
    "college": _l("College"),
    "early_years": _l("Nursery or early years"),
    "youth_group": _l("Youth club or group"),
    "health": _l("Health"),
    "police": _l("Police"),
    "charity": _l("Charity"),
    "council": _l("Council"),
    "other": _l("Another kind"),
}


def tidy(words: Any) -> Any:
    return words.strip() if isinstance(words, str) else words


class RolesForm(Form):
    """What somebody may do, and where they come from."""

    roles = SelectMultipleField(_l("What may they do?"), choices=[])
    organisation = SelectField(_l("Where do they come from?"), choices=[])
    organisation_name = StringField(_l("Its name, if it is another"), [longest(120)], filters=[tidy])
    organisation_kind = SelectField(_l("Its kind, if it is another"), choices=[SelectChoice(kind, KIND_WORDS[kind]) for kind in KINDS])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.roles.choices = [SelectChoice(role, words) for role, words in role_names().items() if self.offers(role)]
        known = [SelectChoice(str(each.id), each.name) for each in people.organisations()]
        nowhere, another = _("The council, or nowhere in particular"), _("Another: name it")
        self.organisation.choices = [SelectChoice("", nowhere), *known, SelectChoice(ANOTHER, another)]

    def offers(self, role: str) -> bool:
        return bool(role)

    def validate_roles(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one role."))

    def validate_organisation(self, field: SelectField) -> None:
        if NEEDS_PLACE & set(self.roles.data or ()) and not field.data:
            raise ValidationError(_("A school, setting or partner comes from somewhere. Choose it, or name another."))

    def validate_organisation_name(self, field: StringField) -> None:
        if self.organisation.data == ANOTHER and len(field.data or "") < 2:
            raise ValidationError(_("Write its name."))

    def place(self, by: uuid.UUID) -> uuid.UUID | None:
        """The organisation that was chosen, made where it is new."""
        if self.organisation.data == ANOTHER:
            return people.make_organisation(self.organisation_name.data, self.organisation_kind.data, by)
        return uuid.UUID(self.organisation.data) if self.organisation.data else None


class InviteForm(RolesForm):
    """An adult, by letter."""

    name = StringField(_l("Their name"), [required(_l("Write their name.")), longest(80)], filters=[tidy])
    email = StringField(
        _l("Their e-mail address at work"),
        [required(_l("Write the address the letter goes to.")), longest(200)],
        filters=[tidy],
        render_kw={"inputmode": "email", "autocapitalize": "none", "spellcheck": "false"},
    )

    def offers(self, role: str) -> bool:
        """Young people of the board come with a card."""
        return role != "board_member"

    def validate_email(self, field: StringField) -> None:
        try:
            validate_email(field.data, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            raise ValidationError(_("That is not an e-mail address. It looks like name@council.example.")) from None


class CardForm(Form):
    """A young person of the board, by a printed card."""

    name = StringField(_l("What the board calls them"), [required(_l("Write what the board calls them.")), longest(80)], filters=[tidy])


class HandOverForm(Form):
    """Who stands in, and from when until when."""

    deputy = SelectField(_l("Who stands in?"), [required(_l("Choose who stands in."))], choices=[])
    first_day = DayField(_l("First day away"), [required(_l("Name the first day."))])
    last_day = DayField(_l("Last day away"), [required(_l("Name the last day."))])

    def offer(self, members: Iterable[Person]) -> None:
        self.deputy.choices = [SelectChoice("", _("Choose a person")), *(SelectChoice(str(each.id), each.name) for each in members)]
