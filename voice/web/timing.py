"""How each request ended and how long it took, told to whoever listens: the log (VOICE_LOGS=json) and the counts (VOICE_METRICS_TOKEN).

It stands outside everything else, so that what is answered from a cache or turned away is seen too. Where nobody listens it is not there.
What is told is the name of the page in our code and never its address: that may hold a slug, a receipt’s words or what somebody typed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask

from voice.config import Settings
from voice.web.kept import ENDPOINT

log = logging.getLogger("voice.requests")
KNOWN: Final = ("GET", "HEAD", "POST", "OPTIONS")
"""Ways to ask; a stranger’s own word is OTHER."""


@dataclass(frozen=True)
class Answered:
    """One request, without anything of who asked."""

    endpoint: str  # the page’s name in our code; empty where there is none
    method: str
    status: int
    seconds: float  # until the reply began


Listener = Callable[[Answered], None]


class Timed:
    """Around the application."""

    def __init__(self, app: Callable[..., Iterable[bytes]], listeners: tuple[Listener, ...]) -> None:
        self.app = app
        self.listeners = listeners

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        begun = time.perf_counter()

        def told(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            self._tell(environ, int(status[:3]), time.perf_counter() - begun)
            return start(status, headers, exc_info) if exc_info else start(status, headers)

        return self.app(environ, told)

    def _tell(self, environ: dict[str, Any], status: int, seconds: float) -> None:
        method = environ.get("REQUEST_METHOD", "")
        request = environ.get("werkzeug.request")  # Flask’s own, once it has looked at it
        endpoint = getattr(request, "endpoint", None) or environ.get(ENDPOINT, "")
        found = Answered(endpoint, method if method in KNOWN else "OTHER", status, seconds)
        for listener in self.listeners:
            listener(found)


def listen(app: Flask, listener: Listener) -> None:
    """Have this told of every request; called while the house is put together."""
    app.extensions.setdefault("voice.timing", []).append(listener)


def install(app: Flask, settings: Settings) -> None:
    """Last of all, so that it is outermost."""
    if settings.logs == "json":
        log.setLevel(logging.INFO)
        listen(app, _write)
    listeners = app.extensions.get("voice.timing")
    if listeners:
        app.wsgi_app = Timed(app.wsgi_app, tuple(listeners))  # type: ignore[method-assign, assignment]  # the way Flask says to


def _write(found: Answered) -> None:
    said = {"page": found.endpoint, "method": found.method, "status": found.status, "ms": round(1000 * found.seconds, 1)}
    log.info("request", extra={"said": said})
