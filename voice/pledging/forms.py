"""What a pledge is made of, as it is typed and picked, page by page. No token: these pages ask for the sender’s origin instead."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, ValidationError

from voice.config import settings
from voice.pledging import avatars
from voice.pledging.models import KINDS, WITH_PICTURE

LONGEST: Final = 300  # letters
LONGEST_ALT: Final = 200
BEGINNING = _l("I will ")
PICK = _l("Pick one of these.")
AGES: Final = ("under_13", "13_or_over")
TURNS: Final = ("0", "90", "180", "270")
MONTHS: Final = ("3", "6", "12")
STEPS: Final = ("new", "how", "check", "last")
"""The pages on the way. The last is where the picture is made: a file cannot travel from page to page."""
ASKED: Final = {
    "new": ("pledge", "priority", "place"),
    "how": ("age", "kind"),
    "check": (),
    "last": (*avatars.PARTS, "months", "words_ok", "picture_ok", "picture_turn", "picture_alt", "picture_cover"),
}


def plain(text: str | None) -> str:
    """Words as they are kept: one line, composed, no control characters, nothing around."""
    spaced = " ".join((text or "").split())
    return unicodedata.normalize(
        "NFC", "".join(sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cf", "Cs") or sign in "\u200c\u200d")
    )


def said_something(_form: Form, field: TextAreaField) -> None:
    """The beginning alone is not a pledge yet."""
    if field.data in ("", str(BEGINNING).strip()):
        raise ValidationError(_l("Write what you will do."))


def _part(part: str) -> StringField:
    """Picked with radio buttons, which the page draws itself: each shows a picture."""
    return StringField(default=avatars.FIRST[part], validators=[AnyOf(tuple(avatars.PARTS[part]), message=PICK)])


def _one_of(codes: Sequence[str], default: str = "") -> StringField:
    return StringField(default=default, validators=[AnyOf(codes, message=PICK)])


class PledgeForm(Form):  # type: ignore[misc]  # WTForms has no types
    """All of it; each page asks for its part and carries the rest."""

    topics: Sequence[tuple[str, Any]] = ()  # what it may be about: code and title of each
    places: Sequence[tuple[str, Any]] = ()

    pledge = TextAreaField(
        _l("Your pledge"),
        [
            InputRequired(_l("Write what you will do.")),
            said_something,
            Length(max=LONGEST, message=_l("Make it shorter: at most %(n)s letters.", n=LONGEST)),
        ],
        filters=[plain],
    )
    priority = StringField(_l("What is it about?"), default="")
    place = StringField(_l("Where do you live?"), default="")
    age = _one_of(AGES)
    kind = _one_of(KINDS)
    head = _part("head")
    top = _part("top")
    colour = _part("colour")
    background = _part("background")
    months = StringField(default="")  # as long as may be, where nothing was picked
    words_ok = BooleanField(validators=[InputRequired(_l("Tick this, or we can’t take your pledge."))])
    picture_ok = StringField(default="")
    picture_turn = _one_of(TURNS, "0")
    picture_alt = StringField(
        filters=[plain], validators=[Length(max=LONGEST_ALT, message=_l("Make it shorter: at most %(n)s letters.", n=LONGEST_ALT))]
    )
    picture_cover = BooleanField()

    def offer(self, priorities: Sequence[tuple[str, str]], places: Sequence[tuple[str, str]]) -> PledgeForm:
        """These may be picked, or none of them (an empty code)."""
        self.topics = (*priorities, ("", _l("Something else")))
        self.places = (("", _l("I do not want to say")), *places) if places else ()
        return self

    def validate_priority(self, field: StringField) -> None:
        if field.data not in [code for code, _title in self.topics]:
            raise ValidationError(PICK)

    def validate_place(self, field: StringField) -> None:
        if field.data not in ["", *(code for code, _name in self.places)]:
            raise ValidationError(PICK)

    def validate_months(self, field: StringField) -> None:
        field.data = field.data or self.months_offered[-1]
        if field.data not in self.months_offered:
            raise ValidationError(PICK)

    def validate_picture_ok(self, field: StringField) -> None:
        """Asked where there is a picture, and nothing is picked before."""
        if self.has_picture and field.data not in ("yes", "no"):
            raise ValidationError(PICK)

    def is_right(self, step: str) -> bool:
        """Whether what this page asks for can be taken; what cannot says why beside its field."""
        checks = {name: [check] for name in ASKED[step] if (check := getattr(self, f"validate_{name}", None))}
        extra = {name: [lambda _form, field, each=found[0]: each(field)] for name, found in checks.items()}
        right = [self[name].validate(self, extra.get(name, ())) for name in ASKED[step]]  # every one, so that every one says why
        return all(right)

    def first_wrong(self, before: str) -> str | None:
        """The first of the pages up to and with this one on which something must be put right."""
        return next((step for step in STEPS[: STEPS.index(before) + 1] if not self.is_right(step)), None)

    @property
    def has_picture(self) -> bool:
        return self.kind.data in WITH_PICTURE

    @property
    def months_offered(self) -> list[str]:
        """No longer than pledges are kept here."""
        most = settings().keep.pledges_months
        return [each for each in MONTHS if int(each) <= most] or [str(most)]

    @property
    def avatar(self) -> dict[str, Any]:
        return {part: self[part].data for part in avatars.PARTS}

    @property
    def drawn(self) -> dict[str, str]:
        """The person as picked so far; where a part is none of ours, the one we begin with."""
        return {part: self[part].data if self[part].data in options else avatars.FIRST[part] for part, options in avatars.PARTS.items()}

    def carried(self, step: str) -> list[tuple[str, str]]:
        """What goes along from this page: all that it does not ask for itself."""
        here = ASKED[step]
        rest = [name for page in STEPS for name in ASKED[page] if name not in here]
        found = [(name, "yes" if self[name].data is True else self[name].data or "") for name in rest]
        return [(name, value) for name, value in found if value]
