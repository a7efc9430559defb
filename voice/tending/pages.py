"""/metrics, for Prometheus. Only who brings the token of the settings finds it; for everyone else there is no such page."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, abort, current_app, request

from voice.config import settings
from voice.tending.counts import Counts
from voice.tending.gauges import gauges
from voice.web import goes_on, open_to_all

blueprint = Blueprint("tending", __name__)


@blueprint.get("/metrics")
@goes_on
@open_to_all
def metrics() -> Response:
    if not _may():
        abort(404)
    from voice.tending.writing import TYPE, as_text  # lazy: its library is loaded by whoever is asked

    counts: Counts = current_app.extensions["voice.counts"]
    return Response(as_text(counts.all(), gauges()), content_type=TYPE, headers={"Cache-Control": "no-store"})


def _may() -> bool:
    token, brought = settings().metrics_token, request.headers.get("Authorization", "")
    return token is not None and hmac.compare_digest(brought.encode(), f"Bearer {token}".encode())
