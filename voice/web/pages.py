"""The two doors a load balancer knocks at."""

from __future__ import annotations

from flask import Flask

from voice.storage.migrate import current, pinned_head
from voice.storage.session import reachable
from voice.web.access import goes_on, open_to_all


@open_to_all
@goes_on
def healthz() -> tuple[str, int, dict[str, str]]:
    """The process is alive."""
    return "ok\n", 200, {"Content-Type": "text/plain"}


@open_to_all
@goes_on
def readyz() -> tuple[str, int, dict[str, str]]:
    """The database answers and has the shape we expect."""
    if not reachable():
        return "the database does not answer\n", 503, {"Content-Type": "text/plain"}
    if current() != pinned_head():
        return "the database waits for: voice migrate\n", 503, {"Content-Type": "text/plain"}
    return "ready\n", 200, {"Content-Type": "text/plain"}


def install(app: Flask) -> None:
    app.add_url_rule("/healthz", view_func=healthz)
    app.add_url_rule("/readyz", view_func=readyz)
