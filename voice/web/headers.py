"""What every reply says about itself: load nothing from elsewhere, keep nothing, tell nobody where one came from."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask.wrappers import Response
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import Forbidden

from voice.config import Settings, settings

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
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


AGAIN_AFTER = {429: "60", 503: "120"}  # seconds


class Foreign(Forbidden):
    """A form that another site sent in somebody’s name."""

    description = _l("That form came from another site. Nothing was sent.")


class QuietSessions(SecureCookieSessionInterface):
    """No page kept for all ever carries a cookie, nor varies by one: libraries look into the session on every reply."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not response.cache_control.public:
            super().save_session(app, session, response)


def install(app: Flask, settings: Settings) -> None:
    app.session_interface = QuietSessions()

    @app.after_request
    def dress(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if response.status_code in AGAIN_AFTER:
            response.headers.setdefault("Retry-After", AGAIN_AFTER[response.status_code])
        if not settings.local:
            response.headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
        return response


def same_origin() -> None:
    """Refuse a form sent from another site, for pages that have no session and so no token.

    A browser that sends `Sec-Fetch-Site` is believed: no page can forge it. An older one names its origin, or the page it comes
    from. Where it names nothing at all it is let through: a cheap phone must be able to send.

    Raises:
        Foreign: a page for the reader.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        if site not in ("same-origin", "none"):
            raise Foreign
        return
    named = request.headers.get("Origin") or request.headers.get("Referer")
    if named and urlsplit(named).netloc != request.host:
        raise Foreign


def in_frames_of(response: Response, hosts: Iterable[str]) -> Response:
    """Let pages of these sites (a host, or host:port) show this one in a frame; without any, nobody's can."""
    scheme = "http" if settings().local else "https"
    ancestors = " ".join(f"{scheme}://{host}" for host in hosts)
    if ancestors:
        response.headers["Content-Security-Policy"] = POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {ancestors}")
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def leave_nothing(response: Response) -> Response:
    """Ask the browser to forget this site’s pages; for the end of a child’s visit.

    Its store stays: the words of others who had no signal may wait there, sealed. What is the visitor’s own in it (a draft) the page’s
    script makes unreadable before it comes here; without a script there is none.
    """
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
