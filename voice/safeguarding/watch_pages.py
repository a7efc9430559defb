"""The address an outside monitor asks: does everything run that alerts depend on? Names of parts, never a number."""

from __future__ import annotations

from flask import Blueprint

from voice.safeguarding.watching import stopped
from voice.storage.session import reachable
from voice.web import open_to_all

blueprint = Blueprint("watch", __name__)
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}


@blueprint.get("/watch")
@open_to_all
def watch() -> tuple[str, int, dict[str, str]]:
    found = stopped() if reachable() else ("database",)
    if found:
        return "".join(f"stopped: {part}\n" for part in found), 503, PLAIN
    return "ok\n", 200, PLAIN
