"""What an officer types about a pledge."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from voice.web.caring import CaringForm
from voice.web.forms import longest, required


class BackForm(CaringForm):
    """Why something goes back, or off the page. Whoever wrote it reads this."""

    looked_at = ("why",)

    why = TextAreaField(_l("Why? The partner reads this"), [required(_l("Say why, so that they can put it right.")), longest(600)])
