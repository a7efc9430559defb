"""What can be typed at the door."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField

from voice.web.forms import Form, longest, required


class SignInForm(Form):
    email = StringField(
        _l("Your e-mail address or sign-in name"),
        [required(_l("Type your e-mail address or sign-in name.")), longest(200)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    passphrase = PasswordField(
        _l("Your passphrase or PIN"),
        [required(_l("Type your passphrase or PIN.")), longest(500)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
