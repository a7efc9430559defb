"""What is typed around a meeting."""

from __future__ import annotations

import uuid
from datetime import time
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField, TimeField
from wtforms.widgets import CheckboxInput, ListWidget

from voice import identity, understanding
from voice.reviewing.meeting.actions import Decided, Plan
from voice.reviewing.meeting.asking import Asked, leaders
from voice.reviewing.meeting.queries import MeetingFacts
from voice.reviewing.meeting.rules import LASTS
from voice.storage import today
from voice.web.caring import CaringForm
from voice.web.forms import DayField, Form, longest, required

MOST = 600  # letters
MOST_PLACE = 200
BEGINS, ENDS = time(18, 0), time(19, 30)


def _tidy(words: Any) -> Any:
    return words.strip() if isinstance(words, str) else words


class HourField(TimeField):  # type: ignore[misc]  # WTForms has no types
    """An hour, with a sentence of ours where it is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Type an hour like 18:30.")) from error


class BoxesField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MeetingForm(Form):
    """A meeting to come: when, where, who, and about what."""

    day = DayField(_l("Which day?"), [required(_l("Name the day."))])
    begins_at = HourField(_l("From"), [required(_l("Say when it begins."))])
    ends_at = HourField(_l("Until"), [required(_l("Say when it ends."))])
    place = StringField(_l("Where?"), [required(_l("Say where it is, in words.")), longest(MOST_PLACE)], filters=[_tidy])
    chair = SelectField(_l("Who leads it?"), [required(_l("Choose who leads it."))], choices=[])
    adult = SelectField(_l("The adult in the room"), choices=[])
    adult_name = StringField(_l("Their name"), [longest(MOST_PLACE)], filters=[_tidy])
    adult_role = StringField(_l("What they do"), [longest(MOST_PLACE)], filters=[_tidy])
    seats = BoxesField(_l("Who takes part?"), choices=[])

    def __init__(self, themes: list[understanding.ThemeFacts], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        board = [SelectChoice(str(each.id), each.name) for each in identity.members_with("board_member")]
        self.chair.choices = board
        self.seats.choices = board
        workers = [SelectChoice(str(each.id), each.name) for each in identity.members_with("board_worker")]
        self.adult.choices = [*workers, SelectChoice("", _("Somebody else"))]
        self.offered = themes

    def validate(self, extra_validators: Any = None) -> bool:
        fits: bool = super().validate(extra_validators)
        return all([fits, self._is_to_come(), self._names_the_adult()])

    def _is_to_come(self) -> bool:
        if self.day.data and self.day.data < today():
            self.day.errors = [_("This day is over. Choose one to come.")]
        if self.begins_at.data and self.ends_at.data and self.begins_at.data >= self.ends_at.data:
            self.ends_at.errors = [_("It ends before it begins. Put one of the two right.")]
        return not self.day.errors and not self.ends_at.errors

    def _names_the_adult(self) -> bool:
        if not self.adult.data and not self.adult_name.data:
            self.adult_name.errors = [_("Say the name of the adult in the room: the board must know it.")]
        if not self.adult.data and not self.adult_role.data:
            self.adult_role.errors = [_("Say what they do.")]
        return not self.adult_name.errors and not self.adult_role.errors

    def places(self) -> dict[uuid.UUID, str]:
        """What stands beside each theme that is offered: its place on the agenda, or nothing."""
        return {each.id: request.form.get(f"theme-{each.id}", "") for each in self.offered}

    def plan(self) -> Plan:
        placed = {theme_id: int(place) for theme_id, place in self.places().items() if place.isdecimal() and len(place) < 4}  # figures
        is_worker = bool(self.adult.data)
        return Plan(
            day=self.day.data,
            begins_at=self.begins_at.data,
            ends_at=self.ends_at.data,
            place=self.place.data,
            chair_id=uuid.UUID(self.chair.data),
            adult_id=uuid.UUID(self.adult.data) if is_worker else None,
            adult_name=None if is_worker else self.adult_name.data,
            adult_role=None if is_worker else self.adult_role.data,
            seats=[uuid.UUID(each) for each in self.seats.data or ()],
            themes=sorted(placed, key=lambda each: placed[each]),
        )


def meeting_form(themes: list[understanding.ThemeFacts], found: MeetingFacts | None, adult_id: uuid.UUID | None) -> MeetingForm:
    """The form as the meeting stands; for a new one all of the board, and whoever makes it as the adult."""
    if found is None:
        everyone = [str(each.id) for each in identity.members_with("board_member")]
        return MeetingForm(themes, formdata=None, begins_at=BEGINS, ends_at=ENDS, seats=everyone, adult=str(adult_id or ""))
    said = {"day": found.day, "begins_at": found.begins_at, "ends_at": found.ends_at, "place": found.place, "chair": str(found.chair_id)}
    adult = {"adult": str(adult_id or ""), **({} if adult_id else {"adult_name": found.adult.name, "adult_role": found.adult.role})}
    return MeetingForm(themes, formdata=None, **said, **adult, seats=[str(each) for each in found.seats])


class RoundForm(Form):
    """For how long papers go in."""

    minutes = SelectField(_l("Open until all are in, and for at most"), coerce=int)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        words = (_("15 minutes"), _("Half an hour"), _("An hour"), _("A day"), _("3 days"))
        self.minutes.choices = [SelectChoice(minutes, said) for minutes, said in zip(LASTS, words, strict=True)]


class NoteForm(Form):
    """A note of the meeting."""

    note = TextAreaField(_l("A note for all of us"), [required(_l("Write a few words first.")), longest(MOST)], filters=[_tidy])


class DecisionForm(Form):
    """What the board decided about a theme."""

    words = TextAreaField(_l("What did we decide?"), [required(_l("Write what you decided.")), longest(MOST)], filters=[_tidy])
    may_be_public = BooleanField(_l("Everyone may read it"))
    minority = TextAreaField(_l("Did some of us see it another way?"), [longest(MOST)], filters=[_tidy])
    minority_may_be_public = BooleanField(_l("Everyone may read that too"))

    def decided(self) -> Decided:
        return Decided(
            words=self.words.data,
            may_be_public=self.may_be_public.data,
            minority=self.minority.data or None,
            minority_may_be_public=self.minority_may_be_public.data,
        )


class AskForm(Form):
    """What the board asks of a leader."""

    ask = TextAreaField(_l("What do we ask?"), [required(_l("Write what you ask.")), longest(MOST)], filters=[_tidy])
    owner_role = StringField(
        _l("Of whom? Their role"), [required(_l("Say their role, like Head of Transport.")), longest(MOST_PLACE)], filters=[_tidy]
    )
    organisation = StringField(_l("Where they work"), [required(_l("Say where they work.")), longest(MOST_PLACE)], filters=[_tidy])
    owner = SelectField(_l("Who gets the letter?"), choices=[])
    due_on = DayField(_l("By when?"), [required(_l("Name a day."))])
    ask_may_be_public = BooleanField(_l("Everyone may read it, and the answer"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        known = [SelectChoice(str(each.id), _named(each)) for each in leaders()]
        self.owner.choices = [SelectChoice("", _("Our worker passes it on")), *known]

    def validate_due_on(self, field: DayField) -> None:
        if field.data and field.data <= today():
            raise ValueError(_("Choose a day to come."))

    def asked(self) -> Asked:
        return Asked(
            words=self.ask.data,
            owner_role=self.owner_role.data,
            organisation=self.organisation.data,
            owner_id=uuid.UUID(self.owner.data) if self.owner.data else None,
            due_on=self.due_on.data,
            may_be_public=self.ask_may_be_public.data,
        )


def _named(member: identity.Person) -> str:
    place = identity.organisation_of(member.id)
    return f"{member.name}, {place.name}" if place else member.name


class AnswerAskForm(CaringForm):
    """What came of an ask, to the board."""

    looked_at = ("answer",)

    answer = TextAreaField(
        _l("Your answer, in words a 12 year old likes to read"), [required(_l("Write the answer.")), longest(2 * MOST)], filters=[_tidy]
    )
