"""What can be typed about an action, and the sentence for each thing that is missing."""

from __future__ import annotations

import uuid
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField

from voice import identity
from voice.delivering.doing.actions import WHO_MAY_OWN, Owning, Said, is_late_with
from voice.delivering.doing.queries import ActionProgress
from voice.delivering.doing.rules import STATUSES, missing_from
from voice.delivering.doing.wording import STATUS_WORDS
from voice.plans import Place
from voice.storage import today
from voice.web.caring import CaringForm
from voice.web.forms import DayField, Form, longest, optional, required

MOST = 600  # letters: what is said is read on a phone


def _tidy(words: Any) -> Any:
    return words.strip() if isinstance(words, str) else words


def _missing(name: str) -> str:
    """What to do about something an update cannot go without."""
    sentences: dict[str, str] = {
        "why": _("Say why. A date that was not kept, or a thing that stopped, has a reason people can read."),
        "evidence": _("Say how anyone can see that it is done."),
    }
    return sentences[name]


class UpdateForm(CaringForm):
    """How one action goes."""

    looked_at = ("words", "why", "evidence")

    status = RadioField(_l("How does it go?"), [required(_l("Choose one."))], choices=[SelectChoice(each, STATUS_WORDS[each]) for each in STATUSES])
    reached = SelectMultipleField(_l("Steps that were reached"), choices=[])
    reached_on = DayField(_l("Reached on, if not today"), [optional()])
    words = TextAreaField(_l("What was done since, in words a ten-year-old understands"), [longest(MOST)], filters=[_tidy])
    why = TextAreaField(_l("Why it is late, or stopped"), [longest(MOST)], filters=[_tidy])
    evidence = TextAreaField(_l("How anyone can see that it is done"), [longest(MOST)], filters=[_tidy])

    def __init__(self, action: ActionProgress, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.action = action
        still = [each for each in action.milestones if each.reached_on is None]
        self.reached.choices = [SelectChoice(str(each.id), each.words) for each in still]

    def validate(self, extra_validators: Any = None) -> bool:
        fits: bool = super().validate(extra_validators)
        return all([fits, self._has_its_parts(), self._is_over()])

    def _has_its_parts(self) -> bool:
        if self.status.data not in STATUSES:
            return False
        said = self.said()
        late = is_late_with(self.action.facts.id, said)
        missing = missing_from(said.status, {"why": said.why, "evidence": said.evidence}, is_late=late)
        for name in missing:
            self[name].errors = [_missing(name)]
        return not missing

    def _is_over(self) -> bool:
        """What was reached was reached on a day that is over."""
        day = self.reached_on.data
        if day and day > today():
            self.reached_on.errors = [_("This day has not come yet.")]
            return False
        return True

    def said(self) -> Said:
        """What was typed; what this status has no place for is left out."""
        status = self.status.data
        return Said(
            status=status,
            words=self.words.data or None,
            why=(self.why.data or None) if status != "done" else None,
            evidence=(self.evidence.data or None) if status == "done" else None,
            reached=[uuid.UUID(each) for each in self.reached.data or []],
            reached_on=self.reached_on.data,
        )


class OwnerForm(Form):
    """Whose an action or a measure is."""

    role = StringField(
        _l("The role that answers for it, as everyone reads it"), [required(_l("Name the role, not the person.")), longest(200)], filters=[_tidy]
    )
    organisation = StringField(_l("Their organisation"), [required(_l("Name the organisation.")), longest(200)], filters=[_tidy])
    member = SelectField(_l("Who says how it goes"), choices=[])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        known = [SelectChoice(str(each.id), _named(each)) for each in identity.members_with(*WHO_MAY_OWN)]
        self.member.choices = [SelectChoice("", _("Nobody here yet")), *known]

    def owning(self) -> Owning:
        member_id = uuid.UUID(self.member.data) if self.member.data else None
        return Owning(role=self.role.data, organisation=self.organisation.data, member_id=member_id)


class ActionOwnerForm(OwnerForm):
    done_by = DayField(_l("To be done by"), [optional()])


class MilestoneForm(Form):
    """A step with a day."""

    words = StringField(_l("The step"), [required(_l("Say what will be there.")), longest(200)], filters=[_tidy])
    due_on = DayField(_l("By"), [required(_l("Name the day."))])
    place = SelectField(_l("Where"), choices=[])

    def __init__(self, places: list[Place], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.place.choices = [SelectChoice("", _("All of the county")), *(SelectChoice(each.code, each.name) for each in places)]


class ReasonForm(Form):
    """Why a step is dropped, or words are taken down."""

    why = StringField(_l("Why?"), [required(_l("Say why.")), longest(300)], filters=[_tidy])


class PlacesForm(Form):
    """Where an action is for."""

    places = SelectMultipleField(_l("Where it is for; none is all of the county"), choices=[])

    def __init__(self, places: list[Place], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.places.choices = [SelectChoice(each.code, each.name) for each in places]


class TieForm(Form):
    """An answer to young people that an action carries out."""

    answer = SelectField(_l("An answer it carries out"), choices=[])

    def __init__(self, answers: list[tuple[uuid.UUID, str]], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.answer.choices = [SelectChoice(str(answer_id), words) for answer_id, words in answers]


def _named(member: identity.Person) -> str:
    place = identity.organisation_of(member.id)
    return f"{member.name}, {place.name}" if place else member.name
