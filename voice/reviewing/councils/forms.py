"""What is typed about councils."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError

from voice.asking import ActivityFacts
from voice.identity import Person, Place
from voice.storage import today
from voice.web.caring import CaringForm
from voice.web.forms import DayField, Form, longest, optional, required

MOST: Final = 600
LONGEST_RUN: Final = timedelta(days=92)
KIND_WORDS: Final = {"school": _l("A school council"), "youth": _l("The youth council")}
TEXT_WORDS: Final = {
    "talked_about": _l("We talked about"),
    "decided": _l("We decided"),
    "asked_for": _l("We ask for"),
    "minority": _l("Some of us see it another way"),
}


def tidy(words: Any) -> Any:
    return words.strip() if isinstance(words, str) else words


class CouncilForm(Form):
    """A council, and who runs it."""

    name = StringField(_l("Name of the council"), [required(_l("Give the council its name.")), longest(120)], filters=[tidy])
    kind = RadioField(
        _l("What is it?"), [required(_l("Say what it is."))], choices=[SelectChoice(*each) for each in KIND_WORDS.items()], default="school"
    )
    run_by = SelectField(_l("Who runs it here?"), [required(_l("Choose who runs it."))], choices=[])

    def offer(self, places: Sequence[Place], workers: Sequence[Person]) -> None:
        schools = [SelectChoice(f"place:{each.id}", _("Whoever signs in for %(name)s", name=each.name)) for each in places]
        people = [SelectChoice(f"worker:{each.id}", each.name) for each in workers]
        self.run_by.choices = [SelectChoice("", _("Choose who runs it")), *schools, *people]

    def validate_name(self, field: StringField) -> None:
        if field.data and len(field.data) < 2:
            raise ValidationError(_("Give the council its name."))

    def who(self) -> dict[str, uuid.UUID]:
        kind, _colon, number = (self.run_by.data or "").partition(":")
        return {"organisation_id" if kind == "place" else "worker_id": uuid.UUID(number)}


class RunForm(Form):
    """What a council asks its own."""

    title = StringField(_l("Title"), [required(_l("Give it a title.")), longest(120)], filters=[tidy])
    heard_by = StringField(
        _l("Who hears what comes in?"), [required(_l("Say who hears it. Young people read this before they begin.")), longest(160)], filters=[tidy]
    )
    closes_on = DayField(_l("Last day"), [required(_l("Name the last day."))])

    def validate_closes_on(self, field: DayField) -> None:
        if field.data and not today() <= field.data <= today() + LONGEST_RUN:
            raise ValidationError(_("Choose a day from today to three months from now."))


class DecisionForm(Form):
    """What a council decided."""

    talked_about = TextAreaField(TEXT_WORDS["talked_about"], [required(_l("Say what you talked about.")), longest(MOST)], filters=[tidy])
    decided = TextAreaField(TEXT_WORDS["decided"], [required(_l("Say what you decided.")), longest(MOST)], filters=[tidy])
    asked_for = TextAreaField(TEXT_WORDS["asked_for"], [required(_l("Say what you ask for.")), longest(MOST)], filters=[tidy])
    minority = TextAreaField(TEXT_WORDS["minority"], [longest(MOST)], filters=[tidy])

    def texts(self) -> dict[str, str | None]:
        return {name: self[name].data for name in TEXT_WORDS}


class SendForm(DecisionForm):
    """A decision on its way up, with what was asked before it."""

    activity = SelectField(_l("Did you ask something first?"), choices=[], validators=[optional()])

    def offer(self, found: Sequence[ActivityFacts]) -> None:
        self.activity.choices = [SelectChoice("", _("No, we talked")), *(SelectChoice(str(each.id), each.title) for each in found)]

    def asked(self) -> uuid.UUID | None:
        return uuid.UUID(self.activity.data) if self.activity.data else None


class BackForm(CaringForm):
    """Why a decision goes back."""

    looked_at = ("reason",)

    reason = TextAreaField(
        _l("Why does it go back? The council reads this."), [required(_l("Tell the council why, and what to do.")), longest(MOST)], filters=[tidy]
    )


class ReplyForm(Form):
    """The board's answer to a council."""

    words = TextAreaField(_l("What the board says to them"), [required(_l("Write a few words first.")), longest(MOST)], filters=[tidy])
