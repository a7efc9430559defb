"""What a pledge is made of, as it is typed and picked. No token: these pages ask for the sender’s origin instead."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, ValidationError

from voice.pledging import avatars

LONGEST = 300  # letters
BEGINNING = _l("I will ")
PICK = _l("Pick one of these.")


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


class PledgeForm(Form):  # type: ignore[misc]  # WTForms has no types
    priority = StringField(_l("What is it about?"), default="")
    topics: Sequence[tuple[str, Any]] = ()  # what it may be about: code and title of each
    pledge = TextAreaField(
        _l("Your pledge"),
        [
            InputRequired(_l("Write what you will do.")),
            said_something,
            Length(max=LONGEST, message=_l("Make it shorter: at most %(n)s letters.", n=LONGEST)),
        ],
        filters=[plain],
    )
    head = _part("head")
    top = _part("top")
    colour = _part("colour")
    background = _part("background")

    def offer(self, priorities: Sequence[tuple[str, str]]) -> PledgeForm:
        """These priorities may be picked, or something else (an empty code)."""
        self.topics = (*priorities, ("", _l("Something else")))
        return self

    def validate_priority(self, field: StringField) -> None:
        if field.data not in [code for code, _title in self.topics]:
            raise ValidationError(PICK)

    @property
    def avatar(self) -> dict[str, Any]:
        return {part: self[part].data for part in avatars.PARTS}

    @property
    def drawn(self) -> dict[str, str]:
        """The person as picked so far; where a part is none of ours, the one we begin with."""
        return {part: self[part].data if self[part].data in options else avatars.FIRST[part] for part, options in avatars.PARTS.items()}
