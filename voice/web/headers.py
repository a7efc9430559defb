"""What every reply says about itself: load nothing from elsewhere, keep nothing, tell nobody where one came from."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, make_response, request
from flask.wrappers import Response

from voice.config import Settings

Handler = TypeVar("Handler", bound=Callable[..., Any])

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def install(app: Flask, settings: Settings) -> None:
    @app.after_request
    def dress(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if not settings.local:
            response.headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
        return response


def cacheable(seconds: int) -> Callable[[Handler], Handler]:
    """A page that is the same for everyone: kept by browsers and caches for so long, then asked for by its mark."""

    def attach(handler: Handler) -> Handler:
        @functools.wraps(handler)
        def served(*args: Any, **kwargs: Any) -> Response:
            response = make_response(handler(*args, **kwargs))
            if response.status_code == 200:
                response.headers["Cache-Control"] = f"public, max-age={seconds}"
                response.add_etag()
                response.make_conditional(request)
            return response

        return served  # type: ignore[return-value]  # same signature, by functools.wraps

    return attach


def same_origin() -> None:
    """Refuse a form sent from another site. Where the browser names no origin at all, the referrer must be ours or absent."""
    site = request.headers.get("Sec-Fetch-Site")
    if site and site not in ("same-origin", "none"):
        abort(403)
    origin = request.headers.get("Origin")
    if origin and (origin == "null" or urlsplit(origin).netloc != request.host):
        abort(403)


def leave_nothing(response: Response) -> Response:
    """Ask the browser to forget this site’s pages; for the end of a child’s visit."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
