"""What can be typed as an answer, and the sentence for each thing that is missing."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField

from voice import identity, understanding
from voice.answering.actions import OWNERS, Draft
from voice.answering.models import DECIDED_BY
from voice.answering.rules import NEEDS, STATES, latest_follow_up, missing_from
from voice.config import settings
from voice.storage import today
from voice.web.caring import CaringForm
from voice.web.forms import DayField, Form, longest, optional, required

MOST = 1200
INVITE = "invite"
DECIDED_WORDS = {
    "strategy": _l("A strategy or plan"),
    "policy": _l("A policy or rule"),
    "budget": _l("A budget decision"),
    "meeting": _l("A meeting that decides"),
}
STATE_WORDS = {"done": _l("Done"), "doing": _l("Doing"), "will": _l("Will do"), "cant": _l("We can’t, because…")}


def _tidy(words: Any) -> Any:
    return words.strip() if isinstance(words, str) else words


def is_link(words: str) -> bool:
    """An address on the web, without a name or password in it."""
    try:
        parts = urlsplit(words)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and parts.username is None and not set(words) & set(' "<>\\')
    except ValueError:
        return False


def is_address(words: str) -> bool:
    """Whether a letter can be sent there, as far as its look tells."""
    try:
        validate_email(words, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


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

    looked_at = ("words", "because", "instead", "evidence", "decided_title")

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
    decided_by = SelectField(_l("What decided it"), choices=[])
    decided_title = StringField(_l("What it is called"), [longest(200)], filters=[_tidy])
    decided_link = StringField(
        _l("Where everyone can read it"), [longest(500)], filters=[_tidy], render_kw={"inputmode": "url", "spellcheck": "false"}
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.decided_by.choices = [SelectChoice("", _("Nothing to name yet")), *(SelectChoice(each, DECIDED_WORDS[each]) for each in DECIDED_BY)]

    def validate(self, extra_validators: Any = None) -> bool:
        fits: bool = super().validate(extra_validators)
        return all([fits, self._has_its_parts(), self._looks_ahead(), self._names_the_decision()])

    def _names_the_decision(self) -> bool:
        fits = True
        if self.decided_by.data and not self.decided_title.data:
            self.decided_title.errors, fits = [_("Say what it is called, so that people can find it.")], False
        if not self.decided_by.data and (self.decided_title.data or self.decided_link.data):
            self.decided_by.errors, fits = [_("Say what decided it, or empty the two boxes below.")], False
        if self.decided_link.data and not is_link(self.decided_link.data):
            self.decided_link.errors, fits = [_("A link begins with https:// and leads to a page everyone can open.")], False
        return fits

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
            decided_by=self.decided_by.data or None,
            decided_title=self.decided_title.data or None,
            decided_link=self.decided_link.data or None,
            **kept,
        )


class OwnerForm(Form):
    """Whose it is to answer, and by when."""

    owner = SelectField(_l("Who answers?"), choices=[])
    name = StringField(_l("Their name, if they are new here"), [longest(80)], filters=[_tidy])
    email = StringField(
        _l("Their e-mail address at work"),
        [longest(200)],
        filters=[_tidy],
        render_kw={"inputmode": "email", "autocapitalize": "none", "spellcheck": "false"},
    )
    answer_by = DayField(_l("Answer by"), [optional()])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        known = [SelectChoice(str(each.id), _named(each)) for each in identity.members_with(*OWNERS)]
        self.owner.choices = [SelectChoice("", _("Nobody in particular")), *known, SelectChoice(INVITE, _("Somebody new: invite them"))]

    def validate(self, extra_validators: Any = None) -> bool:
        fits: bool = super().validate(extra_validators)
        return all([fits, self._names_a_day(), self._names_somebody()])

    def _names_a_day(self) -> bool:
        day = self.answer_by.data
        if self.answer_by.errors or not self.owner.data or (day and today() <= day <= latest_follow_up(today(), settings().follow_up_months)):
            return not self.answer_by.errors
        self.answer_by.errors = [follow_up_words(_("Name a day to come."))]
        return False

    def _names_somebody(self) -> bool:
        if not self.invites:
            return True
        if not self.name.data:
            self.name.errors = [_("Write their name.")]
        if not is_address(self.email.data or ""):
            self.email.errors = [_("That is not an e-mail address. It looks like name@council.example.")]
        return not (self.name.errors or self.email.errors)

    def refuse_address(self) -> None:
        """Only an administrator changes what somebody may do."""
        self.email.errors = [_("Somebody with this address has other duties here. Ask an administrator to make them an answer owner too.")]

    @property
    def invites(self) -> bool:
        """Whether somebody without an account is asked."""
        return bool(self.owner.data == INVITE)

    def chosen(self) -> uuid.UUID | None:
        return uuid.UUID(self.owner.data) if self.owner.data and not self.invites else None


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
