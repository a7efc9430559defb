"""What can be typed at the door."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField

from voice.web.forms import Form, longest, required


class SignInForm(Form):
    email = EmailField(_l("Your e-mail address"), [required(_l("Type your e-mail address.")), longest(200)], render_kw={"autocomplete": "username"})
    passphrase = PasswordField(
        _l("Your passphrase"), [required(_l("Type your passphrase.")), longest(500)], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()
