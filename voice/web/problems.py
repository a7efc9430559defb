"""Replies for programs when something went wrong (RFC 9457): everything under `/api/` answers so, whatever broke.

`title` and `detail` are for whoever wrote the program, so they are English. What a young person is to read (`errors`, each with a
question’s name and a sentence) is in the language of the submission. Nothing that was sent is ever said back.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, json, request

PREFIX = "/api/"
SAYS = {
    400: ("This is not JSON we can read", "Send one JSON object in UTF-8, each name once, without NaN or Infinity. Nothing was kept."),
    403: ("That came from another site", "A page may send to the site it came from, and to no other. Nothing was kept."),
    404: ("There is nothing at this address", "The document at /api/v1/openapi.json names every address."),
    405: ("This address does not take that method", "The Allow header names those it takes. Nothing was kept."),
    413: ("That is too big for us", "This address takes no request of that length. Nothing was kept."),
    415: ("Say that it is JSON", "Send it with “Content-Type: application/json”. Nothing was kept."),
    429: ("Too many at once", "Wait as long as the Retry-After header says, then send the same again."),
    500: ("Something broke here", "It was us. Send the same again in a few minutes: it will not count twice."),
    503: ("We cannot keep anything right now", "Wait as long as the Retry-After header says, then send the same again: it will not count twice."),
}
ENVELOPES = {
    "unknown_key": (400, "Sealed to another key", "Load the page again: it names the key to seal to now. Nothing was kept."),
    "cannot_open": (400, "This envelope cannot be opened", "It was changed on the way, or sealed in another way. Nothing was kept."),
    "paused": (403, "It is closed for now", "Nobody can read it just now. Keep it, and send it again later. Nothing was kept."),
    "taken_back": (410, "This was taken back", "Whoever sent it took it back. It stays gone."),
}
"""Refusals of whatever a phone hands in late, by their reasons: status, title, detail."""


def wanted() -> bool:
    """Whether a program asked, and not a person."""
    return request.path.startswith(PREFIX)


def of_status(code: int) -> Response:
    """What there is to say about a status alone."""
    title, detail = SAYS.get(code) or SAYS[500 if code >= 500 else 400]
    return problem(code, title, detail)


def problem(code: int, title: str, detail: str, *, reason: str = "", errors: Sequence[tuple[str | None, str]] = ()) -> Response:
    """A refusal. `reason` is a word a program may decide by; `errors` are (question or None, sentence)."""
    body: dict[str, object] = {"type": "about:blank", "title": title, "status": code, "detail": detail}
    if reason:
        body["reason"] = reason
    if errors:
        body["errors"] = [{"question": question, "sentence": sentence} for question, sentence in errors]
    return Response(json.dumps(body), code, mimetype="application/problem+json")
