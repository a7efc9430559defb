"""What an officer decides about one view: clear, redact, withhold, or raise a concern."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from voice.reading.pointing import KINDS
from voice.reading.rules import REASONS, mark_out, says_nothing
from voice.web.forms import Form, longest, required
from voice.web.locale import LANGUAGES

TONGUES = ("en", "cy", "pl", "ro", "uk", "ur")
DECISIONS = {
    "clear": _l("Clear"),
    "redact": _l("Redact words"),
    "withhold": _l("Withhold, with a reason"),
    "concern": _l("Raise a concern"),
}


def reason_words() -> dict[str, str]:
    """What each reason for holding words back is called on the page."""
    words = (
        _l("It names someone"),
        _l("Someone could be known from it"),
        _l("It is unkind to someone"),
        _l("It is not about this"),
        _l("Someone may be at risk"),
        _l("It cannot be read"),
    )
    return dict(zip(REASONS, words, strict=True))


def kind_words() -> dict[str, str]:
    """What each kind of proposal is called on the page."""
    words = (
        _l("A name"),
        _l("A school"),
        _l("A place"),
        _l("An address"),
        _l("A postcode"),
        _l("A phone number"),
        _l("An e-mail address"),
        _l("A name used online"),
        _l("A link"),
        _l("An NHS number"),
        _l("A day of birth"),
    )
    return dict(zip(KINDS, words, strict=True))


class DecisionForm(Form):
    """One decision. Words to take out come from the boxes beside the dotted words and from lines that were typed."""

    decision = RadioField(_l("What may others see?"), choices=[SelectChoice(value, words) for value, words in DECISIONS.items()], default="clear")
    mark = SelectMultipleField(_l("Take out"), validate_choice=False)
    parts = TextAreaField(_l("Other words to take out, one to a line"), validators=[longest(4000)])
    reason = SelectField(
        _l("Why?"),
        choices=[SelectChoice("", _l("Choose a reason")), *(SelectChoice(value, words) for value, words in reason_words().items())],
        default="",
    )
    why = StringField(_l("What worries you?"), validators=[longest(500)])

    decisions = DECISIONS

    @property
    def reasons(self) -> dict[str, str]:
        return {"": _l("Choose a reason"), **reason_words()}

    def taken_out(self) -> list[str]:
        """Words to take out, as they were marked or typed."""
        return [part.strip() for part in [*(self.mark.data or []), *(self.parts.data or "").splitlines()] if part.strip()]

    def check_parts(self, words: str) -> bool:
        """Whether something would be taken out of these words, and something left; says on the form what to do where not."""
        if self.decision.data != "redact":
            return True
        left = mark_out(words, self.taken_out())
        if left == words.strip():
            self.parts.errors = [_l("We did not find words to take out. Mark them, or write them as they stand in the text.")]
        elif says_nothing(left):
            self.parts.errors = [_l("Nothing would be left to read. Withhold it instead.")]
        return not self.parts.errors

    def validate_reason(self, field: SelectField) -> None:
        if self.decision.data in ("redact", "withhold") and not field.data:
            raise ValidationError(_l("Choose a reason."))

    def validate_why(self, field: StringField) -> None:
        if self.decision.data == "concern" and not (field.data or "").strip():
            raise ValidationError(_l("Write in a few words what worries you. The safeguarding lead reads it."))


class TranslationForm(Form):
    """A person's translation of one view."""

    language = SelectField(_l("Into which language?"), validate_choice=False, default="en")
    translated = TextAreaField(
        _l("The translation"), validators=[required(_l("Write the translation first.")), longest(4000)], filters=[lambda typed: (typed or "").strip()]
    )

    def tongues(self, besides: str) -> list[tuple[str, str]]:
        """Languages a view in this one can be translated into."""
        return [(code, known.name) for code, known in LANGUAGES.items() if code != besides and code in TONGUES]

    def validate_language(self, field: SelectField) -> None:
        if field.data not in TONGUES:
            raise ValidationError(_l("Choose one of the languages."))


class WorryForm(Form):
    """A worry about a view that was read before."""

    why = StringField(
        _l("What worries you?"), validators=[required(_l("Write in a few words what worries you. The safeguarding lead reads it.")), longest(500)]
    )
