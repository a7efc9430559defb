"""What an organisation types: a pledge, and what became of it. Open to all, so without a token: the page asks where it came from."""

from __future__ import annotations

import uuid
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError

from voice import plans
from voice.delivering.partnering.actions import Pledged, Said
from voice.delivering.partnering.rules import MARKS, fits, missing_from
from voice.delivering.partnering.wording import mark_words
from voice.post import address_in
from voice.storage import today
from voice.web.caring import CaringForm
from voice.web.forms import DayField, longest, required

MOST = 600


def _tidy(words: Any) -> Any:
    return words.strip() if isinstance(words, str) else words


class WordsForm(CaringForm):
    """What can be put right about a pledge: all of it but where we write to."""

    class Meta:
        csrf = False

    looked_at = ("organisation", "role", "words")

    priority = SelectField(_l("Which part of the plan is it for?"), choices=[])
    organisation = StringField(_l("Your group or service"), [required(), longest(120)], filters=[_tidy])
    role = StringField(_l("Who looks after it there? Say the job, not the name"), [required(), longest(120)], filters=[_tidy])
    words = TextAreaField(_l("What will you do?"), [required(), longest(MOST)], filters=[_tidy])
    due_on = DayField(_l("By when?"), [required()])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        plan = plans.current_plan()
        self._known = {each.code: each for each in plans.priorities(plan.id)} if plan else {}
        self.priority.choices = [SelectChoice(code, each.child_title) for code, each in self._known.items()]

    def validate_due_on(self, field: DayField) -> None:
        if field.data and not fits(field.data, today()):
            raise ValidationError(_("Choose a day to come, in the next three years."))

    def pledged(self) -> Pledged:
        return Pledged(
            priority_id=self._known[self.priority.data].id,
            organisation=self.organisation.data,
            role=self.role.data,
            words=self.words.data,
            due_on=self.due_on.data,
        )


class PledgeForm(WordsForm):
    """A new pledge, and where we write to."""

    email = StringField(_l("Your e-mail address"), filters=[_tidy])

    def validate_email(self, field: StringField) -> None:
        if address_in(field.data or "") is None:
            raise ValidationError(_("That is not an e-mail address. It looks like name@example.org."))


class WordForm(CaringForm):
    """What became of it."""

    class Meta:
        csrf = False

    looked_at = ("why", "evidence")

    mark = RadioField(_l("How does it go?"), [required(_l("Choose one."))], choices=[])
    why = TextAreaField(_l("Why?"), [longest(MOST)], filters=[_tidy])
    evidence = TextAreaField(_l("How can we all see it?"), [longest(MOST)], filters=[_tidy])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.mark.choices = [SelectChoice(code, words) for code, words in mark_words().items()]

    def validate(self, extra_validators: Any = None) -> bool:
        fits_so_far: bool = super().validate(extra_validators)
        missing = missing_from(self.mark.data, self.data) if self.mark.data in MARKS else ()
        for name in missing:
            self[name].errors = [{"why": _("Say why it was not kept."), "evidence": _("Say how we can see that it was kept.")}[name]]
        return fits_so_far and not missing

    def said(self) -> Said:
        return Said(mark=self.mark.data, why=self.why.data, evidence=self.evidence.data)


class MembersWordForm(WordForm):
    """The same for a partner who is signed in, with the token of their form."""

    class Meta:
        csrf = True


def code_of(priority_id: uuid.UUID) -> str:
    """What stands for a priority in the form."""
    found = plans.priority_by_id(priority_id)
    return found.code if found else ""
