"""Pages for when something went wrong: what happened to your words, what to do next, and where help is.

Each page is made without the database. If even that fails, `down.html` is sent, which needs nothing of ours; a web server in front
may send the same file while we are away (docs/running.md).
"""

from __future__ import annotations

import base64
import errno
import hashlib
from pathlib import Path

from flask import Flask, current_app, make_response, render_template, request
from flask.wrappers import Response
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException

from voice.extensions import db
from voice.storage.files import StoreAway
from voice.web import problems
from voice.web.headers import POLICY, Foreign

SAYS = {
    400: (_l("We could not read that"), _l("Nothing was sent. Go back one page and try again.")),
    403: (_l("This page is not open to you"), _l("If you work with us, sign in with the role that needs it.")),
    404: (_l("We can’t find that page"), _l("Check the address. Or start from the first page.")),
    405: (_l("That did not work"), _l("Nothing was sent. Go back one page and try again.")),
    409: (_l("These words are not the same"), _l("We got other words from you before. We kept those. Start again if you want to say more.")),
    410: (_l("This page has gone"), _l("It was here before. Start from the first page.")),
    413: (_l("That is too big for us"), _l("It was not sent. Go back one page, make it shorter and send it again.")),
    429: (_l("Too many at once"), _l("It was not sent. Wait a minute. Then load this page again: that sends it once more.")),
    500: (
        _l("Something broke here"),
        _l("It was us, not you. Were you sending something? Load this page again in a few minutes. It will not count twice."),
    ),
    503: (
        _l("We can’t save anything right now"),
        _l("Your words were not sent. Keep this page open. Load it again in a few minutes: that sends them once more."),
    ),
}
MAY_WORK_LATER = (429, 500, 503)
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
"""What a disk says that is full, closed to writing or broken."""
FOREIGN = (_l("That form came from another site"), _l("Nothing was sent. If you want to have your say, start from our first page."))

DOWN = (Path(__file__).parent / "down.html").read_text(encoding="utf-8")


def _hash_of_style(page: str) -> str:
    style = page.partition("<style>")[2].partition("</style>")[0]
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


DOWN_POLICY = POLICY.replace("style-src 'self'", f"style-src {_hash_of_style(DOWN)}")


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(Foreign, _foreign)
    app.register_error_handler(CSRFError, _old_form)
    for without_database in (OperationalError, InterfaceError, InternalError, NoConnectionFree):
        app.register_error_handler(without_database, _no_database)
    app.register_error_handler(StoreAway, _no_store)
    app.register_error_handler(OSError, _no_disk)
    app.register_error_handler(Exception, _unknown)


def page(code: int) -> Response:
    """The page for this status; it needs no database."""
    title, what = SAYS.get(code) or SAYS[500 if code >= 500 else 400]
    return say(code, title, what)


def say(code: int, title: object, what: object) -> Response:
    """A page (for programs: a problem) with this heading and sentence, and the help numbers. What was typed stays in it, to be sent again."""
    return problems.of_status(code) if problems.wanted() else _page(code, title, what)


def _page(code: int, title: object, what: object) -> Response:
    try:
        return make_response(render_template("errors/error.html", title=title, what=what, code=code, typed=_typed(code)), code)
    except Exception:
        current_app.logger.exception("the page for %s broke too", code)
        response = make_response(DOWN, code)
        response.headers["Content-Security-Policy"] = DOWN_POLICY
        return response


def _typed(code: int) -> list[tuple[str, str]] | None:
    """What a young person sent, for a button that sends it once more: a cheap phone may not keep a form over a reload. None where it may have
    been kept (or is wrong itself), for pages behind a sign-in (they hold passphrases and tokens), and where a picture came along: its file
    cannot be put into a page, and the browser still has it."""
    if code not in MAY_WORK_LATER or request.method != "POST" or problems.wanted():
        return None
    handler = current_app.view_functions.get(request.endpoint or "")
    if handler is None or getattr(handler, "access", None) != frozenset() or getattr(handler, "inside", False):
        return None
    try:
        return None if any(file.filename for file in request.files.values()) else list(request.form.items(multi=True))
    except HTTPException:  # it was too long to be read
        return None


def _known(error: HTTPException) -> HTTPException | Response:
    if error.code is None or error.code < 400:
        return error
    response = page(error.code)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _foreign(_error: Foreign) -> Response:
    return say(403, *FOREIGN)


def _old_form(_error: CSRFError) -> Response:
    return page(400)


def _no_database(error: Exception) -> Response:
    current_app.logger.error("the database did not answer: %s", type(error).__name__)
    db.session.remove()
    return page(503)


def _no_store(_error: StoreAway) -> Response:
    """What was to be kept with its picture is not kept at all."""
    current_app.logger.error("the store of files did not answer")
    db.session.rollback()
    return page(503)


def _no_disk(error: OSError) -> Response:
    if error.errno not in FULL:
        return _unknown(error)
    current_app.logger.error("the disk does not take anything: %s", errno.errorcode[error.errno])
    db.session.rollback()
    return page(503)


def _unknown(error: Exception) -> Response:
    current_app.logger.exception("a page broke: %s", type(error).__name__)
    db.session.rollback()
    return page(500)
