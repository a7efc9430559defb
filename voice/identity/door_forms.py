"""What can be typed past the first page of the door: codes, new passphrases, PINs. English, as the desk is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField

from voice.web.forms import Form, longest, optional, required

CODE = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
FIGURES = {**CODE, "inputmode": "numeric", "class": "code"}
NEW = {"autocomplete": "new-password"}
NEW_PIN = {**NEW, "inputmode": "numeric"}


class CodeForm(Form):
    """A second factor."""

    code = StringField(_l("Your code"), [required(_l("Type the code.")), longest(80)], render_kw=CODE)


class AppForm(Form):
    """The first code of an app that was just set up."""

    code = StringField(_l("The 6 figures your app shows now"), [required(_l("Type the 6 figures.")), longest(20)], render_kw=FIGURES)


class PasskeyForm(Form):
    """What a device answered, put in by the page's script."""

    answer = HiddenField(validators=[required(), longest(20_000)])
    next = HiddenField()


class NewPasskeyForm(PasskeyForm):
    name = StringField(_l("A name for it"), [optional(), longest(60)], default=_l("My phone or computer"), render_kw={"autocomplete": "off"})


class InvitationForm(Form):
    code = StringField(
        _l("Your code"),
        [required(_l("Type the code from your letter or card.")), longest(80)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code"},
    )


class JoinForm(Form):
    """Someone who came by letter."""

    name = StringField(_l("Your name, as others here see it"), [required(_l("Type your name.")), longest(80)], render_kw={"autocomplete": "name"})
    passphrase = PasswordField(_l("A passphrase"), [required(_l("Choose a passphrase.")), longest(500)], render_kw=NEW)
    again = PasswordField(_l("The same again"), [required(_l("Type the passphrase a second time.")), longest(500)], render_kw=NEW)


class JoinWithCardForm(Form):
    """A young person of the board, who came with a card."""

    name = StringField(
        _l("Your sign-in name"),
        [required(_l("Choose a name to sign in with.")), longest(40)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    pin = PasswordField(_l("A PIN"), [required(_l("Choose a PIN.")), longest(40)], render_kw=NEW_PIN)
    again = PasswordField(_l("The same PIN again"), [required(_l("Type the PIN a second time.")), longest(40)], render_kw=NEW_PIN)


class ChangePassphraseForm(Form):
    passphrase = PasswordField(_l("A new passphrase"), [required(_l("Choose a passphrase.")), longest(500)], render_kw=NEW)
    again = PasswordField(_l("The same again"), [required(_l("Type it a second time.")), longest(500)], render_kw=NEW)


class ChangePinForm(Form):
    passphrase = PasswordField(_l("A new PIN"), [required(_l("Choose a PIN.")), longest(40)], render_kw=NEW_PIN)
    again = PasswordField(_l("The same again"), [required(_l("Type it a second time.")), longest(40)], render_kw=NEW_PIN)
