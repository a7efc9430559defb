"""Under which names this installation answers: its own (VOICE_URL), and on one's own machine the names of that machine.

A request that names another host is turned away before anything reads it, so that no letter, poster, link or cache can be led astray by it.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, abort, request

from voice.config import Settings

THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")
KNOCKED_AT: Final = ("healthz", "readyz", "watch.watch")
"""A load balancer and a monitor knock at an address, not at a name; these pages say nothing that depends on it."""
USUAL: Final = {"http": 80, "https": 443}


def install(app: Flask, settings: Settings) -> None:
    @app.before_request
    def answer_only_to_our_name() -> None:
        if request.endpoint not in KNOCKED_AT and not is_ours(request.environ.get("HTTP_HOST", ""), settings):
            abort(400)


def is_ours(host: str, settings: Settings) -> bool:
    """Whether this is our own name. On one's own machine any port will do; elsewhere the one of VOICE_URL, which need not be named."""
    named, ours = _parts(host), urlsplit(settings.public_url)
    if named is None:
        return False
    name, port = named
    if settings.local and name in THIS_MACHINE:
        return True
    return name == ours.hostname and (settings.local or (port or USUAL[ours.scheme]) == (ours.port or USUAL[ours.scheme]))


def _parts(host: str) -> tuple[str, int | None] | None:
    """Name and port, or None where it is neither: a path, a name with a password, a list of two."""
    if not host or set(host) & set("/\\?#@, \t"):
        return None
    try:
        parts = urlsplit(f"//{host}")
        return (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
