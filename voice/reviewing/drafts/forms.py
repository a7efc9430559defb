"""What officers, members and owners type about a draft."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError

from voice.identity import Person
from voice.plans import PlanFacts
from voice.reviewing.drafts.actions import NewDraft
from voice.storage import today
from voice.web.forms import DayField, Form, longest, optional, required

LONGEST_PART: Final = 6000
MOST: Final = 600
STANCE_WORDS: Final = {"agree": _l("I agree"), "change": _l("I would change it"), "not_sure": _l("I am not sure")}
OUTCOME_WORDS: Final = {"changed": _l("We changed it"), "not_changed": _l("We did not change it")}


def tidy(words: Any) -> Any:
    return words.strip() if isinstance(words, str) else words


class DraftForm(Form):
    """A draft to lay before the board."""

    title = StringField(_l("What is it called?"), [required(_l("Give the draft its title.")), longest(160)], filters=[tidy])
    plan = SelectField(_l("Where do its parts come from?"), choices=[])
    owner_role = StringField(
        _l("Who answers the board: the role, not the name"), [required(_l("Name the role that answers the board.")), longest(160)], filters=[tidy]
    )
    organisation = StringField(_l("Organisation"), [required(_l("Name the organisation.")), longest(160)], filters=[tidy])
    owner = SelectField(_l("Who signs in to answer?"), choices=[])

    def offer(self, plans: Sequence[PlanFacts], owners: Sequence[Person]) -> None:
        self.plan.choices = [SelectChoice("", _("I type them, part by part")), *(SelectChoice(each.slug, each.title) for each in plans)]
        nobody = SelectChoice("", _("Nobody yet: an officer writes the answers"))
        self.owner.choices = [nobody, *(SelectChoice(str(each.id), each.name) for each in owners)]

    def new(self, plans: Sequence[PlanFacts]) -> NewDraft:
        plan_id = next((each.id for each in plans if each.slug == self.plan.data), None)
        owner_id = uuid.UUID(self.owner.data) if self.owner.data else None
        return NewDraft("plan" if plan_id else "strategy", self.title.data, self.owner_role.data, self.organisation.data, owner_id, plan_id)


class SectionForm(Form):
    """One part of a draft."""

    title = StringField(_l("Title of the part"), [required(_l("Give the part a title.")), longest(160)], filters=[tidy])
    words = TextAreaField(
        _l("What the draft says"), [required(_l("Write or paste what the draft says here.")), longest(LONGEST_PART)], filters=[tidy]
    )


class LayForm(Form):
    """Until when the board has it."""

    until = DayField(_l("Last day for the board"), [required(_l("Name the last day on which the board can write."))])

    def validate_until(self, field: DayField) -> None:
        if field.data and field.data < today():
            raise ValidationError(_("This day is over. Choose one to come."))


class SayForm(Form):
    """What one member thinks of one part."""

    stance = RadioField(
        _l("What do you think of this part?"), [optional()], choices=[SelectChoice(*each) for each in STANCE_WORDS.items()], validate_choice=False
    )
    comment = TextAreaField(_l("What would you tell them?"), [longest(MOST)], filters=[tidy])

    def validate_stance(self, field: RadioField) -> None:
        if field.data and field.data not in STANCE_WORDS:
            raise ValidationError(_("Choose one of the three."))


class JointForm(Form):
    """What the board says together."""

    words = TextAreaField(_l("What the board says"), [required(_l("Write a few words first.")), longest(MOST)], filters=[tidy])
    since = HiddenField()

    def number(self) -> int:
        """Which writing the page showed."""
        return int(self.since.data) if str(self.since.data or "").isdecimal() and len(self.since.data) < 9 else 0


class AnswerForm(Form):
    """What became of a part."""

    outcome = RadioField(_l("What did you do?"), choices=[SelectChoice(*each) for each in OUTCOME_WORDS.items()], validate_choice=False)
    answer = TextAreaField(
        _l("How did you change it, or why not?"), [required(_l("Say how you changed it, or why not.")), longest(1200)], filters=[tidy]
    )

    def validate_outcome(self, field: RadioField) -> None:
        if field.data not in OUTCOME_WORDS:
            raise ValidationError(_("Say first whether you changed it."))
