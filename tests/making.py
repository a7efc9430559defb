"""Factories: what tests need to be there, made through the rooms' own doors."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask import Flask

from tests.reading import Visitor
from voice import identity, storage

PASSPHRASE = "a long walk by the river"


def a_member(*roles: str, email: str | None = None) -> uuid.UUID:
    """A member with these roles, committed."""
    email = email or f"{'-'.join(roles)}@demo.example"
    member_id = identity.add_member(email, email.partition("@")[0].replace("_", " ").title(), roles, PASSPHRASE)
    storage.commit()
    return member_id


def member_visitor(app: Flask, roles: Sequence[str], email: str) -> Visitor:
    a_member(*roles, email=email)
    visitor = Visitor(app.test_client())
    visitor.open("/sign-in")
    visitor.press("Sign in", email=email, passphrase=PASSPHRASE)
    return visitor
