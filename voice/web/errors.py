"""Pages for when something went wrong: what happened to your words, what to do next, and where help is."""

from __future__ import annotations

from flask import Flask, current_app, render_template
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from voice.extensions import db

SAYS = {
    400: (_l("We could not read that"), _l("Nothing was sent. Go back one page and try again.")),
    403: (_l("This page is not open to you"), _l("If you work with us, sign in with the role that needs it.")),
    404: (_l("We can’t find that page"), _l("Check the address. Or start from the first page.")),
    405: (_l("That did not work"), _l("Go back one page and try again.")),
    409: (_l("These words are not the same"), _l("We got other words from you before. We kept those. Start again if you want to say more.")),
    413: (_l("That is too big for us"), _l("Make it shorter and send it again. Nothing was lost on your side.")),
    429: (_l("Too many at once"), _l("Wait a minute. Then try again. Your words are still on your screen.")),
    500: (_l("Something broke here"), _l("It was us, not you. Nothing of yours was shown to anyone. Try again in a few minutes.")),
    503: (_l("We can’t save anything right now"), _l("Your words were not sent. Keep this page open and try again in a few minutes.")),
}


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(CSRFError, _old_form)
    app.register_error_handler(OperationalError, _no_database)
    app.register_error_handler(Exception, _unknown)


def page(code: int) -> tuple[str, int]:
    """The page for this status; it needs no database."""
    title, what = SAYS.get(code) or SAYS[500 if code >= 500 else 400]
    return render_template("errors/error.html", title=title, what=what, code=code), code


def _known(error: HTTPException) -> HTTPException | tuple[str, int]:
    if error.code is None or error.code < 400:
        return error
    return page(error.code)


def _old_form(_error: CSRFError) -> tuple[str, int]:
    return page(400)


def _no_database(_error: OperationalError) -> tuple[str, int]:
    current_app.logger.error("the database did not answer")
    db.session.rollback()
    return page(503)


def _unknown(error: Exception) -> tuple[str, int]:
    current_app.logger.exception("a page broke: %s", type(error).__name__)
    db.session.rollback()
    return page(500)
