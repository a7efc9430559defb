"""What someone who asks for words as a file fills in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.validators import Length

from voice.web.caring import CaringForm
from voice.web.forms import longest, required


class AskForm(CaringForm):
    looked_at = ("reason",)

    activity = SelectField(_l("Words of which activity?"), [required(_l("Choose an activity."))], choices=[])
    reason = TextAreaField(
        _l("What is the file for?"),
        [required(_l("Say what the file is for.")), Length(min=10, message=_l("Say it in a whole sentence.")), longest(500)],
    )
