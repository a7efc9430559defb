"""Under which names this installation answers: its own (VOICE_URL), on one's own machine the names of that machine, and where there is one the name
for those who work here (VOICE_STAFF_URL).

A request that names another host is turned away before anything reads it, so that no letter, poster, link or cache can be led astray by it. Where
staff have a name of their own, their pages answer under it alone and all others under the first alone: a page of theirs can then be kept to the
council's network, and nothing on the young people's name can reach a cookie that opens anything.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, abort, redirect, request
from werkzeug.wrappers import Response

from voice.config import Settings
from voice.web.access import is_inside

THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")
KNOCKED_AT: Final = ("healthz", "readyz", "watch.watch", "tending.metrics", "tending.front")
"""A load balancer and a monitor knock at an address, not at a name; these pages say nothing that depends on it."""
UNDER_BOTH: Final = ("static", "pictures.show", "pledging.card", "spreading.card")
"""What pages of both names are made of: styles, scripts, pictures."""
USUAL: Final = {"http": 80, "https": 443}


def install(app: Flask, settings: Settings) -> None:
    @app.before_request
    def answer_only_to_our_name() -> Response | None:
        if request.endpoint in KNOCKED_AT:
            return None
        host = request.environ.get("HTTP_HOST", "")
        at_the_desk = is_staffs(host, settings)
        if not at_the_desk and not is_ours(host, settings):
            abort(400)
        if settings.staff_url is None or request.endpoint is None or request.endpoint in UNDER_BOTH:
            return None
        return None if at_the_desk == is_inside(app, request.endpoint) else _to_the_other(settings.public_url if at_the_desk else settings.staff_url)


def is_ours(host: str, settings: Settings) -> bool:
    """Whether this is our own name. On one's own machine any port will do; elsewhere the one of VOICE_URL, which need not be named."""
    named, ours = _parts(host), urlsplit(settings.public_url)
    if named is not None and settings.local and named[0] in THIS_MACHINE:
        return True
    return _names(named, settings.public_url, any_port=settings.local) and ours.hostname is not None


def is_staffs(host: str, settings: Settings) -> bool:
    """Whether this is the name for those who work here."""
    return settings.staff_url is not None and _names(_parts(host), settings.staff_url, any_port=settings.local)


def _names(named: tuple[str, int | None] | None, url: str, *, any_port: bool) -> bool:
    ours = urlsplit(url)
    if named is None or named[0] != ours.hostname:
        return False
    return any_port or (named[1] or USUAL[ours.scheme]) == (ours.port or USUAL[ours.scheme])


def _to_the_other(url: str) -> Response:
    """Whoever came to the wrong name is led on; what they sent is not taken, as it was meant for a page that is not here."""
    if request.method not in ("GET", "HEAD"):
        abort(404)
    response = redirect(url + request.script_root + request.full_path.rstrip("?"), 303)
    response.headers["Cache-Control"] = "no-store"
    return response


def _parts(host: str) -> tuple[str, int | None] | None:
    """Name and port, or None where it is neither: a path, a name with a password, a list of two."""
    if not host or set(host) & set("/\\?#@, \t"):
        return None
    try:
        parts = urlsplit(f"//{host}")
        return (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
