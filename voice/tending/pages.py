"""/metrics, for Prometheus. Only who brings the token of the settings finds it; for everyone else there is no such page."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, abort, current_app, request

from voice.config import settings
from voice.tending.counts import Counts
from voice.tending.gauges import gauges
from voice.web import goes_on, open_to_all
from voice.web.senders import network, sender

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


@blueprint.get("/metrics/front")
@goes_on
@open_to_all
def front() -> Response:
    """For `voice doctor`, which asks itself through the web server in front: how many hops it named, and whether we would believe one that was
    forged. No address is told."""
    if not _may():
        abort(404)
    hops = sum(each.count(",") + 1 for each in request.headers.getlist("X-Forwarded-For"))
    forged = network(request.headers.get("X-Voice-Forged", ""))
    believed = bool(forged) and sender() == forged
    return Response(f"{hops} {'yes' if believed else 'no'}\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


def _may() -> bool:
    token, brought = settings().metrics_token, request.headers.get("Authorization", "")
    return token is not None and hmac.compare_digest(brought.encode(), f"Bearer {token}".encode())
