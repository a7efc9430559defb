"""The page “we are mending something”: switched on by `voice mending on` while somebody works on the installation, and by a restore that has not
come to its end. It needs no database. Pages of help, static files and the two doors of a load balancer go on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from flask import Flask, current_app, request
from flask.wrappers import Response
from flask_babel import lazy_gettext as _l

from voice.config import Settings
from voice.storage.aside import LONGEST, closed_until, is_half_restored
from voice.web import errors

TITLE: Final = _l("We are mending something")
WHAT: Final = _l("If you were sending something, it has not reached us. Keep this page open. Try again in a few minutes.")
USUAL: Final = timedelta(minutes=10)
"""After this a phone asks again at the latest: work may be done sooner than was thought."""
SHORTEST: Final = 30  # seconds


def install(app: Flask, told: Settings) -> None:
    @app.before_request
    def away() -> Response | None:
        until = closed_until(told)
        if until is None and not is_half_restored(told):
            return None
        if getattr(current_app.view_functions.get(request.endpoint or ""), "goes_on", False):
            return None
        response = errors.say(503, TITLE, WHAT)
        response.headers["Retry-After"] = str(_seconds(until))
        return response


def _seconds(until: datetime | None) -> int:
    left = until - datetime.now(UTC) if until else LONGEST
    return max(SHORTEST, int(min(left, USUAL).total_seconds()))
