"""Staff and board sessions, by Flask-Login. The cookie holds a member's id and stamp; a changed stamp ends it."""

from __future__ import annotations

import uuid
from datetime import timedelta

from flask import Flask
from flask_login import UserMixin, current_user

from voice.config import Settings
from voice.extensions import login
from voice.identity.models import Member
from voice.identity.queries import Person, as_person
from voice.storage import session

LONGEST_SESSION = timedelta(hours=12)


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """What Flask-Login keeps of a member during a request."""

    def __init__(self, member: Member) -> None:
        self.person: Person = as_person(member)
        self.stamp = member.stamp

    def get_id(self) -> str:
        return f"{self.person.id}:{self.stamp}"


def load(cookie_id: str) -> SignedIn | None:
    """The member a cookie speaks for, or None where they left or their stamp has changed."""
    try:
        member_id, stamp = (uuid.UUID(part) for part in cookie_id.split(":"))
    except ValueError:
        return None
    member = session().get(Member, member_id)
    if member is None or member.closed_at is not None or member.stamp != stamp:
        return None
    return SignedIn(member)


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
    login.init_app(app)
    login.session_protection = None  # it would fold the address and browser into the session, and we keep neither
    login.user_loader(load)
