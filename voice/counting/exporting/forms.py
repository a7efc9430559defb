"""What someone fills in who takes answers line by line."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Length

from voice.web.caring import CaringForm
from voice.web.forms import longest, required


class LinesForm(CaringForm):
    looked_at = ("reason",)

    reason = TextAreaField(
        _l("What is the file for?"),
        [required(_l("Say what the file is for.")), Length(min=10, message=_l("Say it in a whole sentence.")), longest(500)],
    )
    waves = BooleanField(_l("With every time these questions were asked"))
