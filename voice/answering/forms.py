"""What can be typed as an answer, and the sentence for each thing that is missing."""

from __future__ import annotations

import uuid
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField

from voice import identity, understanding
from voice.answering.actions import OWNERS, Draft
from voice.answering.rules import NEEDS, STATES, latest_follow_up, missing_from
from voice.config import settings
from voice.storage import today
from voice.web.caring import CaringForm
from voice.web.forms import DayField, Form, longest, optional, required

MOST = 1200
STATE_WORDS = {"done": _l("Done"), "doing": _l("Doing"), "will": _l("Will do"), "cant": _l("We can’t, because…")}


def _tidy(words: Any) -> Any:
    return words.strip() if isinstance(words, str) else words


def _missing(name: str) -> str:
    """What to do about something an answer of this kind cannot go without."""
    sentences: dict[str, str] = {
        "because": _("Say why you can’t. Young people can live with a no that has a reason."),
        "instead": _("Say what happens instead, however small."),
        "evidence": _("Say how anyone can see that it is done."),
        "due_on": _("Name the day by which it will be done."),
    }
    return sentences[name]


def follow_up_words(before: str = "") -> str:
    """By when everyone hears what came of an answer, after another sentence."""
    months = settings().follow_up_months
    latest = ngettext("%(num)s month from now at the latest.", "%(num)s months from now at the latest.", months)
    return f"{before} {latest}".strip()


class AnswerForm(CaringForm):
    """One answer to one theme."""

    looked_at = ("words", "because", "instead", "evidence")

    state = RadioField(
        _l("What is our answer?"),
        [required(_l("Choose one: done, doing, will do, or can’t."))],
        choices=[SelectChoice(each, STATE_WORDS[each]) for each in STATES],
    )
    words = TextAreaField(_l("Our answer, in words a ten-year-old understands"), [required(_l("Write the answer.")), longest(MOST)], filters=[_tidy])
    because = TextAreaField(_l("Why we can’t"), [longest(MOST)], filters=[_tidy])
    instead = TextAreaField(_l("What happens instead"), [longest(MOST)], filters=[_tidy])
    evidence = TextAreaField(_l("How anyone can see that it is done"), [longest(MOST)], filters=[_tidy])
    due_on = DayField(_l("Done by"), [optional()])
    owner_role = StringField(
        _l("Who answers for it: the role, not the name"), [required(_l("Name the role that answers for it.")), longest(200)], filters=[_tidy]
    )
    organisation = StringField(_l("Their organisation"), [required(_l("Name the organisation.")), longest(200)], filters=[_tidy])
    follow_up_on = DayField(_l("When we look again"), [required(_l("Name the day on which you look again."))])

    def validate(self, extra_validators: Any = None) -> bool:
        fits: bool = super().validate(extra_validators)
        return all([fits, self._has_its_parts(), self._looks_ahead()])

    def _has_its_parts(self) -> bool:
        missing = missing_from(self.state.data, self.data) if self.state.data in STATES else ()
        for name in missing:
            if not self[name].errors:
                self[name].errors = [_missing(name)]
        return not missing

    def _looks_ahead(self) -> bool:
        day = self.follow_up_on.data
        if day and not today() < day <= latest_follow_up(today(), settings().follow_up_months):
            self.follow_up_on.errors = [follow_up_words(_("Choose a day to come."))]
            return False
        due = self.due_on.data
        if due and "due_on" in NEEDS.get(self.state.data, ()) and due < today():
            self.due_on.errors = [_("This day is over. Choose one to come, or say that it is done.")]
            return False
        return True

    def draft(self) -> Draft:
        """What was typed; what this kind of answer has no place for is left out."""
        kept = {name: self[name].data or None for name in NEEDS[self.state.data]}
        return Draft(
            state=self.state.data,
            words=self.words.data,
            owner_role=self.owner_role.data,
            organisation=self.organisation.data,
            follow_up_on=self.follow_up_on.data,
            **kept,
        )


class OwnerForm(Form):
    """Whose it is to answer."""

    owner = SelectField(_l("Who answers?"), choices=[])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        known = [SelectChoice(str(each.id), _named(each)) for each in identity.members_with(*OWNERS)]
        self.owner.choices = [SelectChoice("", _("Nobody in particular")), *known]

    def chosen(self) -> uuid.UUID | None:
        return uuid.UUID(self.owner.data) if self.owner.data else None


def _named(member: identity.Person) -> str:
    place = identity.organisation_of(member.id)
    return f"{member.name}, {place.name}" if place else member.name


class SettleForm(CaringForm):
    """What was done about “that isn’t what they said”."""

    looked_at = ("you_said", "settlement")

    you_said = StringField(
        _l("The “You said” sentence: put it right here"), [required(_l("The theme needs a sentence.")), longest(300)], filters=[_tidy]
    )
    settlement = TextAreaField(
        _l("What you did about it, to the board"), [required(_l("Tell the board what you did, or why not.")), longest(MOST)], filters=[_tidy]
    )

    def validate_you_said(self, field: StringField) -> None:
        understanding.need_no_typed_figure(field.data or "")
