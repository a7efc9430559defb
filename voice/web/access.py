"""Who may open a page: a rule attached to the function that serves it. A page without one is refused at start."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

Handler = TypeVar("Handler", bound=Callable[..., Any])


class NoRule(RuntimeError):
    """A page nobody decided about."""


def open_to_all(handler: Handler) -> Handler:
    """Anyone may open this page; it must not touch the session."""
    handler.access = frozenset()  # type: ignore[attr-defined]  # the rule lives on the function, where a reader finds it
    return handler


def at_the_door(handler: Handler) -> Handler:
    """Anyone may open this page: it is one on the way in, and speaks English as the pages behind it do."""
    handler.inside = True  # type: ignore[attr-defined]
    return open_to_all(handler)


def goes_on(handler: Handler) -> Handler:
    """This page needs no database, and goes on while we mend (`voice mending on`)."""
    handler.goes_on = True  # type: ignore[attr-defined]
    return handler


def for_members(handler: Handler) -> Handler:
    """Anyone may open this page, in their own language, and it stands with those that members work on: signing in and out."""
    handler.at_the_desk = True  # type: ignore[attr-defined]
    return open_to_all(handler)


def needs(*roles: str) -> Callable[[Handler], Handler]:
    """Only members who hold one of these roles may open this page."""

    def attach(handler: Handler) -> Handler:
        handler.access = frozenset(roles)  # type: ignore[attr-defined]
        return handler

    return attach


def rule_of(app: Flask, endpoint: str) -> frozenset[str] | None:
    """Roles a page needs; empty where it is open to all; None where nobody decided."""
    found: frozenset[str] | None = getattr(app.view_functions[endpoint], "access", None)
    return found


def is_inside(app: Flask, endpoint: str) -> bool:
    """Whether this page is one for those who work here or sit on the board, or on their way in."""
    handler = app.view_functions[endpoint]
    return bool(getattr(handler, "access", None) or getattr(handler, "inside", False) or getattr(handler, "at_the_desk", False))


def check_every_route(app: Flask) -> None:
    """Refuse to start with a page nobody decided about.

    Raises:
        NoRule: names the page.
    """
    for rule in app.url_map.iter_rules():
        if rule_of(app, rule.endpoint) is None:
            raise NoRule(f"{rule.rule} ({rule.endpoint}) has no access rule: put @open_to_all or @needs(...) on it.")


def actor() -> uuid.UUID:
    """The id of the member who opened this page, for rooms that may know nothing else of staff accounts.

    Raises:
        RuntimeError: nobody is signed in: the page has no `@needs(...)`.
    """
    who: uuid.UUID | None = current_app.extensions["voice.signed_in"]()
    if who is None:
        raise RuntimeError("Nobody is signed in on this page: put @needs(...) on it.")
    return who


def holds(*roles: str) -> bool:
    """Whether the member who opened this page holds one of these roles."""
    held: frozenset[str] = current_app.extensions["voice.current_roles"]()
    return bool(held & set(roles))


def signed_in_as() -> tuple[uuid.UUID | None, frozenset[str]]:
    """Who opened this page, and what they hold; nobody, and nothing, where the page is open to all."""
    return current_app.extensions["voice.signed_in"](), current_app.extensions["voice.current_roles"]()


def enforce(app: Flask, current_roles: Callable[[], frozenset[str]], signed_in: Callable[[], uuid.UUID | None]) -> None:
    """Ask the rule before every page. Where a page is open to all, the session is not even read."""
    app.extensions["voice.current_roles"], app.extensions["voice.signed_in"] = current_roles, signed_in

    @app.before_request
    def ask() -> Response | None:
        if request.endpoint is None:
            return None
        rule = rule_of(app, request.endpoint)
        if rule is None:
            abort(403)
        if not rule:
            return None
        held = current_roles()
        if not held:
            back = request.script_root + (request.path if request.method == "GET" else "/")
            return redirect(url_for("identity.sign_in", next=back), 303)
        if not held & rule:
            abort(403)
        return None


def local_path(address: str | None) -> str | None:
    """The address, where it is a path of ours; nothing else may be led to."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    parts = urlsplit(address)
    return None if parts.netloc or parts.scheme else address
