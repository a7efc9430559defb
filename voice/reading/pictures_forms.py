"""What an officer decides about a picture: show it, show it with faces covered, withhold it; or lock it for the safeguarding lead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from voice.imaging import Cover
from voice.reading.pictures_rules import LARGEST, REASONS, SMALLEST, read_covers, write_cover
from voice.web.caring import CaringForm
from voice.web.forms import Form, longest, required

LONGEST_ALT = 300
DECISIONS = {
    "show": _l("Show it"),
    "cover": _l("Show it with faces covered"),
    "withhold": _l("Withhold, with a reason"),
}


def picture_reasons() -> dict[str, Any]:
    """What each reason for withholding a picture is called on the page."""
    words = (
        _l("It shows somebody else, who did not say yes"),
        _l("Someone could be known or found from it"),
        _l("It is unkind to someone"),
        _l("It is not about this"),
        _l("It is nothing to be seen: dark, blurred, empty"),
        _l("Someone may be at risk: lock it instead, if you can"),
    )
    return dict(zip(REASONS, words, strict=True))


def kind_words() -> dict[str, Any]:
    """What each kind of picture is called on the page."""
    return {"selfie": _l("A selfie"), "drawing": _l("A drawing"), "card": _l("A card"), "photo": _l("A photo")}


def _share(label: Any) -> DecimalField:
    return DecimalField(label, validators=[], places=0)


class LookForm(CaringForm):
    """One decision about one picture. Covers come as “x,y,size” in shares of the picture."""

    decision = RadioField(_l("What may others see?"), choices=[SelectChoice(value, words) for value, words in DECISIONS.items()], default="show")
    alt = TextAreaField(_l("What is in it?"), validators=[longest(LONGEST_ALT)], filters=[lambda typed: " ".join((typed or "").split())])
    cover = SelectMultipleField(_l("Cover"), validate_choice=False)
    reason = SelectField(
        _l("Why?"),
        choices=[SelectChoice("", _l("Choose a reason")), *(SelectChoice(value, words) for value, words in picture_reasons().items())],
        default="",
    )

    decisions = DECISIONS
    looked_at = ("alt",)

    @property
    def reasons(self) -> dict[str, Any]:
        return {"": _l("Choose a reason"), **picture_reasons()}

    def covers(self) -> list[Cover]:
        """What is to be covered."""
        return read_covers(self.cover.data or []) if self.decision.data == "cover" else []

    def ticked(self) -> set[str]:
        return {write_cover(each) for each in read_covers(self.cover.data or [])}

    def validate_alt(self, field: TextAreaField) -> None:
        if self.decision.data in ("show", "cover") and not field.data:
            raise ValidationError(_l("Say in a few words what is in it. Someone who cannot see it reads these words."))

    def validate_cover(self, field: SelectMultipleField) -> None:
        if self.decision.data == "cover" and not read_covers(field.data or []):
            raise ValidationError(_l("Tick what is to be covered, or add a cover."))

    def validate_reason(self, field: SelectField) -> None:
        if self.decision.data == "withhold" and not field.data:
            raise ValidationError(_l("Choose a reason."))


class AddForm(Form):
    """One more cover, in hundredths of the picture."""

    from_left = _share(_l("From the left, in %"))
    from_top = _share(_l("From the top, in %"))
    how_wide = _share(_l("How wide, in %"))

    def cover(self) -> Cover | None:
        """The cover as typed; None, and a sentence beside the field, where it is none."""
        for field, least, most in ((self.from_left, 0, 100), (self.from_top, 0, 100), (self.how_wide, SMALLEST * 100, LARGEST * 100)):
            if field.data is None or not least <= field.data <= most:
                field.errors = [_l("Type a number from %(least)s to %(most)s.", least=round(least), most=round(most))]
                return None
        return Cover(float(self.from_left.data) / 100, float(self.from_top.data) / 100, float(self.how_wide.data) / 100, "blur")


class AlikeForm(Form):
    """One decision for pictures that look alike, but for the marked."""

    what = StringField()
    alt = TextAreaField(_l("What is in them?"), validators=[longest(LONGEST_ALT)], filters=[lambda typed: " ".join((typed or "").split())])
    reason = LookForm.reason

    @property
    def reasons(self) -> dict[str, Any]:
        return {"": _l("Choose a reason"), **picture_reasons()}

    def fits(self) -> bool:
        """Whether what was pressed can be done; says on the form what to do where not."""
        if not self.validate() or self.what.data not in ("show", "withhold"):
            return False
        if self.what.data == "show" and not self.alt.data:
            self.alt.errors = [_l("Say in a few words what is in them. Someone who cannot see them reads these words.")]
        if self.what.data == "withhold" and not self.reason.data:
            self.reason.errors = [_l("Choose a reason.")]
        return not self.alt.errors and not self.reason.errors


class LockForm(Form):
    """Locking asks for nothing; a few words help the lead."""

    why = StringField(_l("What worries you? You may leave it empty."), validators=[longest(500)])


class UnlockForm(Form):
    """What a lead does with a picture once its concern is closed, and why."""

    why = StringField(_l("Why?"), validators=[required(_l("Say why. It is kept in the record.")), longest(300)])


def offered(found: Iterable[Cover], ticked: Iterable[str]) -> list[str]:
    """Every cover the page offers: those suggested, then those added."""
    return list(dict.fromkeys([*(write_cover(each) for each in found), *ticked]))
