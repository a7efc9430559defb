"""Staff and board sessions, by Flask-Login. The cookie holds a member's id and stamp, and when it began and was last used.

A changed stamp ends it, and so do 12 hours, or too long a pause (`rules.idle_for`). Nothing of a machine or its address is kept.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

from flask import Flask, redirect, request, url_for
from flask import session as cookie
from flask_login import UserMixin, current_user, login_user, logout_user

from voice.config import Settings, settings
from voice.extensions import login
from voice.identity.models import Member
from voice.identity.queries import Person, as_person
from voice.identity.rules import LONGEST_SESSION, is_over
from voice.storage import now, session

Handler = TypeVar("Handler", bound=Callable[..., Any])
NOTED_EVERY: Final = 30
"""Seconds: a cookie is not renewed for each of the pages opened within them."""
HALF_WAY: Final = timedelta(minutes=20)
"""From the passphrase to the second factor: long enough to put an app on a phone."""


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """What Flask-Login keeps of a member during a request."""

    def __init__(self, member: Member) -> None:
        self.person: Person = as_person(member)
        self.stamp = member.stamp

    def get_id(self) -> str:
        return f"{self.person.id}:{self.stamp}"


# --- beginning and ending


def begin(member: Member) -> Person:
    """Sign someone in who has shown all that was asked. Nothing of an earlier session stays."""
    cookie.clear()
    cookie.permanent = True
    cookie["began"] = cookie["seen"] = cookie["proved"] = _seconds()
    who = SignedIn(member)
    login_user(who)
    return who.person


def go_on(member: Member) -> None:
    """Keep this session although the member's stamp has changed: they changed something of their own, here."""
    cookie["proved"] = _seconds()
    login_user(SignedIn(member))


def end() -> None:
    logout_user()
    cookie.clear()


def load(cookie_id: str) -> SignedIn | None:
    """The member a cookie speaks for, or None where they left, their stamp has changed or the session is over."""
    member = _of(cookie_id)
    if member is None:
        return None
    who = SignedIn(member)
    began, seen = (datetime.fromtimestamp(cookie.get(name, 0), UTC) for name in ("began", "seen"))
    if is_over(who.person.roles, began, seen, now()):
        return None
    if _seconds() - cookie["seen"] >= NOTED_EVERY:
        cookie["seen"] = _seconds()
    return who


def _of(cookie_id: str) -> Member | None:
    try:
        member_id, stamp = (uuid.UUID(part) for part in cookie_id.split(":"))
    except ValueError:
        return None
    member = session().get(Member, member_id)
    return member if member and member.closed_at is None and member.stamp == stamp else None


def _seconds() -> int:
    return int(now().timestamp())


# --- half way: the passphrase was right, the second factor is still to come


def begin_half_way(member: Member, back: str | None) -> None:
    """Remember who gave the right passphrase. This opens no page: nobody is signed in yet."""
    cookie.clear()
    cookie["half"] = {"who": SignedIn(member).get_id(), "at": _seconds(), "back": back}


def half_way() -> Member | None:
    """Who gave the right passphrase a short while ago."""
    half = cookie.get("half")
    if not half or not 0 <= _seconds() - half["at"] <= HALF_WAY.total_seconds():
        return None
    return _of(half["who"])


def half_way_back() -> str | None:
    """The page they wanted."""
    half = cookie.get("half")
    return half["back"] if half else None


# --- asking again


def is_fresh(minutes: int) -> bool:
    """Whether whoever is signed in showed their second factor within so many minutes."""
    return 0 <= _seconds() - int(cookie.get("proved", 0)) <= minutes * 60


def prove() -> None:
    """They have shown it again just now."""
    cookie["proved"] = _seconds()


def fresh(minutes: int) -> Callable[[Handler], Handler]:
    """A dangerous act: ask again for the second factor where it was shown longer ago. Stands under `@needs(...)`.

    Put it on the page with the form and on what takes the form. What takes it waits twice as long, so that nobody loses what they typed;
    after that, they are led back to the page of the form (the handler's `back` is where they came from).
    """

    def attach(handler: Handler) -> Handler:
        @functools.wraps(handler)
        def asked(*args: Any, **kwargs: Any) -> Any:
            reads = request.method in ("GET", "HEAD")
            if is_fresh(minutes if reads else 2 * minutes):
                return handler(*args, **kwargs)
            return redirect(url_for("me.again", next=request.full_path.rstrip("?") if reads else _came_from()), 303)

        return asked  # type: ignore[return-value]  # same signature, by functools.wraps

    return attach


def _came_from() -> str:
    """The page of ours the form stood on."""
    here = request.host_url.rstrip("/") if settings().local else settings().desk_url  # behind a web server that ends TLS
    came = request.referrer or ""
    return came.removeprefix(here) if came.startswith(here + "/") else url_for("me.show")


# --- for the house


def current_roles() -> frozenset[str]:
    """Roles of whoever is signed in; none for everyone else."""
    return current_user.person.roles if current_user.is_authenticated else frozenset()


def signed_in() -> uuid.UUID | None:
    """The id of whoever is signed in."""
    return current_user.person.id if current_user.is_authenticated else None


def install(app: Flask, settings: Settings) -> None:
    app.secret_key = settings.session_key
    app.config.update(
        SESSION_COOKIE_NAME="voice" if settings.local else "__Host-voice",
        SESSION_COOKIE_SECURE=not settings.local,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=LONGEST_SESSION,
        SESSION_REFRESH_EACH_REQUEST=False,
        REMEMBER_COOKIE_NAME="voice-never-set",
    )
    login.init_app(app, add_context_processor=False)  # it would ask the database on every page, also on those that say that it is away
    login.session_protection = None  # it would fold the address and browser into the session, and we keep neither
    login._session_identifier_generator = lambda: ""  # and so would this, a mark of both put into the cookie at sign-in
    login.user_loader(load)
