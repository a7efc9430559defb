"""What can be typed about an answer beside its words: its themes, the steps on the way, what became of it."""

from __future__ import annotations

import uuid
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError

from voice import plans, understanding
from voice.answering.following import Became
from voice.answering.forms import follow_up_words
from voice.answering.models import OUTCOMES
from voice.answering.rules import latest_follow_up
from voice.config import settings
from voice.storage import today
from voice.web.caring import CaringForm
from voice.web.forms import DayField, Form, longest, optional, required

MOST = 600
OUTCOME_WORDS = {"happened": _l("It happened"), "partly": _l("It happened in part"), "not": _l("It did not happen")}


def _tidy(words: Any) -> Any:
    return words.strip() if isinstance(words, str) else words


class ThemeForm(Form):
    """One more theme for an answer."""

    theme = SelectField(_l("What does it answer too?"), [required(_l("Choose what young people said."))], choices=[])

    def offer(self, themes: list[understanding.ThemeFacts]) -> None:
        """Grouped by priority, in the order they come."""
        groups: dict[uuid.UUID, list[SelectChoice]] = {}
        for each in themes:
            groups.setdefault(each.priority_id, []).append(SelectChoice(str(each.id), each.you_said, optgroup=_title(each.priority_id)))
        self.theme.choices = [SelectChoice("", _("Choose")), *(each for group in groups.values() for each in group)]


def _title(priority_id: uuid.UUID) -> str:
    found = plans.priority_by_id(priority_id)
    return found.title if found else ""


class MilestoneForm(CaringForm):
    """A step on the way."""

    looked_at = ("words",)

    words = StringField(_l("What will be there by then"), [required(_l("Say what will be there by then.")), longest(200)], filters=[_tidy])
    due_on = DayField(_l("By"), [required(_l("Name the day by which it will be there."))])


class ReachedForm(CaringForm):
    """Whether a step was reached."""

    looked_at = ("why_not",)

    reached_on = DayField(_l("The day it was reached"), [optional()])
    why_not = TextAreaField(_l("Why it was not reached"), [longest(MOST)], filters=[_tidy])

    def validate_reached_on(self, field: DayField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day is still to come. Choose today or a day before."))

    def validate_for(self, then: str) -> bool:
        """`then`: reached, not_reached, open or away; each needs its own part alone."""
        fits: bool = self.validate()
        if then == "reached" and not self.reached_on.data and not self.reached_on.errors:
            self.reached_on.errors, fits = [_("Name the day it was reached.")], False
        if then == "not_reached" and not self.why_not.data:
            self.why_not.errors, fits = [_("Say why. Young people can live with a no that has a reason.")], False
        return fits


class FollowUpForm(CaringForm):
    """What became of an answer."""

    looked_at = ("words", "evidence", "why_closed")

    outcome = RadioField(
        _l("Did it happen?"),
        [required(_l("Choose one: it happened, in part, or not."))],
        choices=[SelectChoice(each, OUTCOME_WORDS[each]) for each in OUTCOMES],
    )
    words = TextAreaField(
        _l("What became of it, in words a ten-year-old understands"), [required(_l("Say what became of it.")), longest(MOST)], filters=[_tidy]
    )
    evidence = TextAreaField(_l("How anyone can see it"), [longest(MOST)], filters=[_tidy])
    next_on = DayField(_l("When we look again"), [optional()])
    why_closed = TextAreaField(_l("Why we do not look again"), [longest(MOST)], filters=[_tidy])

    def validate(self, extra_validators: Any = None) -> bool:
        fits: bool = super().validate(extra_validators)
        return all([fits, self._shows(), self._goes_on()])

    def _shows(self) -> bool:
        if self.outcome.data == "happened" and not self.evidence.data:
            self.evidence.errors = [_("Say how anyone can see that it happened.")]
            return False
        return True

    def _goes_on(self) -> bool:
        day = self.next_on.data
        if day and not today() < day <= latest_follow_up(today(), settings().follow_up_months):
            self.next_on.errors = [follow_up_words(_("Choose a day to come."))]
            return False
        if self.outcome.data in ("partly", "not") and not day and not self.next_on.errors and not self.why_closed.data:
            self.next_on.errors = [_("Name the day on which you look again, or say below why you do not.")]
            return False
        return not self.next_on.errors

    def became(self) -> Became:
        """What was typed; a reason for the end only where this is the end."""
        day = self.next_on.data
        return Became(
            outcome=self.outcome.data,
            words=self.words.data,
            evidence=self.evidence.data or None,
            next_on=day,
            why_closed=None if day else self.why_closed.data or None,
        )
