"""What a lead decides, and the code of a practice alert."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import AnyOf

from voice.safeguarding.models import OUTCOMES
from voice.web.forms import Form, longest, optional, required


class OutcomeForm(Form):
    outcome = StringField(_l("What did you do?"), [required(_l("Pick what you did.")), AnyOf(OUTCOMES, message=_l("Pick what you did."))])
    reason = TextAreaField(_l("Why, in a sentence"), [required(_l("Say why.")), longest(2000)])
    second_email = EmailField(_l("E-mail address of the second person"), [optional(), longest(200)], render_kw={"autocomplete": "off"})
    second_passphrase = PasswordField(_l("Passphrase of the second person"), [optional(), longest(500)], render_kw={"autocomplete": "off"})


class CodeForm(Form):
    token = HiddenField()
    code = StringField(
        _l("The code in the letter"),
        [required(_l("Type the code from the letter.")), longest(20)],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )
