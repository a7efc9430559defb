"""Saying what a view is about, and the sentence of a theme."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from voice.caring import labels_a_child
from voice.reading import REASONS
from voice.understanding.figures import SIGN, has_sign, say, typed_figure, with_the_counted
from voice.web.caring import CaringForm
from voice.web.forms import Form, longest, required

NONE = "none"
TONES = {
    "positive": _l("Pleased"),
    "negative": _l("Not pleased"),
    "mixed": _l("Some of both"),
    "neutral": _l("Neither"),
}


class SortForm(Form):
    """What a view is about: priorities by their codes, or none of these; and its tone, where someone heard one."""

    tag = SelectMultipleField(_l("What is it about?"), validate_choice=False)
    tone = RadioField(_l("How does it sound?"), choices=[SelectChoice(value, words) for value, words in TONES.items()], validate_choice=False)

    tones = TONES

    @property
    def is_sorted(self) -> bool:
        """Whether a person said anything about what it is about."""
        return bool(self.tag.data)

    def codes(self) -> list[str]:
        return [code for code in self.tag.data or [] if code != NONE]

    def validate_tag(self, field: SelectMultipleField) -> None:
        if NONE in (field.data or []) and len(field.data) > 1:
            raise ValidationError(_l("Choose from the plan, or “None of these”. Not both."))

    def need_tag(self) -> bool:
        """Whether something was chosen; says on the form what to do where not."""
        if not self.is_sorted:
            self.tag.errors = [_l("Choose what it is about, or “None of these”.")]
        return self.is_sorted


def need_no_typed_figure(words: str) -> None:
    """How many said it is never typed by hand.

    Raises:
        ValidationError: it was.
    """
    found = typed_figure(words)
    if found:
        raise ValidationError(
            _(
                "“%(found)s” was typed by hand. How many said it is counted, and fixed when it goes out. Write %(sign)s there.",
                found=found,
                sign=SIGN,
            )
        )


class SentenceForm(Form):
    """“You said”: one sentence. Words that may label a child need a reason, which is kept in the record; how many said it is counted, never typed."""

    you_said = StringField(_l("You said"), validators=[required(_l("Write what they said in one sentence.")), longest(200)])
    why = StringField(_l("Why these words?"), validators=[longest(300)])
    counted = BooleanField()  # the button that puts the counted figure in the place of a typed one

    def validate_you_said(self, field: StringField) -> None:
        need_no_typed_figure(field.data or "")
        found = labels_a_child(field.data or "")
        if found and not (self.why.data or "").strip():
            word, rather = found[0]
            raise ValidationError(_("“%(word)s” may label a child. Better: %(rather)s. Or say below why it has to stay.", word=word, rather=rather))

    @property
    def typed(self) -> str | None:
        """A number of people that was typed by hand."""
        return typed_figure(self.you_said.data or "")

    @property
    def labels(self) -> bool:
        """Whether the page should ask why words have to stay."""
        return bool(self.why.data or labels_a_child(self.you_said.data or ""))

    @property
    def reads(self) -> tuple[str, ...]:
        """The sentence as everyone will read it, where a figure stands in it: with few and with many."""
        words = self.you_said.data or ""
        return tuple(say(words, band) for band in ("some", "many")) if has_sign(words) else ()

    def puts_the_counted(self) -> bool:
        """Whether the counted figure was asked for; it stands in the field then, to be looked at and kept."""
        if self.counted.data:
            self.you_said.data = with_the_counted(self.you_said.data or "")
            self.counted.data = False
            return True
        return False


class ThemeForm(SentenceForm):
    """A new theme: its sentence, its place, its views. A box may stand for several views."""

    place = SelectField(_l("Where?"), validate_choice=False)
    view = SelectMultipleField(_l("Views that say this"), validate_choice=False)


class SplitForm(SentenceForm):
    """Views that leave a theme for one of their own."""

    view = SelectMultipleField(_l("Views that say something else"), validate_choice=False)


class AlikeForm(CaringForm):
    """One decision for views that are much alike: what to do, and why where something is held back."""

    what = StringField(_l("What to do"))
    reason = SelectField(_l("Why hold them back?"), validate_choice=False)
    because = StringField(_l("Why leave them out?"), validators=[longest(300)])

    looked_at = ("because",)

    def fits(self, *known: str) -> bool:
        """Whether one of these was pressed, with its reason; says on the form what to do where not."""
        if not self.validate() or self.what.data not in known:
            self.what.errors = self.what.errors or [_l("Press one of the buttons.")]
            return False
        if self.what.data == "withhold" and self.reason.data not in REASONS:
            self.reason.errors = [_l("Choose a reason.")]
        if self.what.data == "left-out" and not (self.because.data or "").strip():
            self.because.errors = [_l("Say why, in a few words.")]
        return not self.errors


class BunchForm(SortForm):
    """What several views are about."""

    view = SelectMultipleField(_l("Views that are about it"), validate_choice=False)

    def need_views(self, there: bool) -> bool:
        """Whether any was chosen that is still there; says on the form what to do where not."""
        if not there:
            self.view.errors = [_l("Choose at least one view.")]
        return there


class OwnerForm(CaringForm):
    """Who owns the words of a tag."""

    owner = StringField(
        _l("Who owns it: the role, not the name"),
        validators=[required(_l("Name the role that owns it.")), longest(120)],
        filters=[lambda typed: (typed or "").strip()],
    )

    looked_at = ("owner",)


class SearchForm(Form):
    """Words to look for."""

    wanted = StringField(_l("Words to look for"), validators=[required(_l("Write a word to look for.")), longest(100)])
