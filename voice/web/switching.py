"""The way to the same page in another language, from every page, without losing a word.

What was read by address is a link. What was sent is sent again, to the same place under the other language; the page may name a form of its
own that holds all there is, typed and not yet sent words too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, request
from werkzeug.exceptions import HTTPException

from voice.web.headers import same_origin
from voice.web.locale import Language, in_language, language, offered


@dataclass(frozen=True)
class Way:
    """To one language."""

    language: Language
    address: str
    is_here: bool


@dataclass(frozen=True)
class Switch:
    """`form` is the id of the form its buttons send, each to its own address; empty: they are links. `fields` are for a form made for it."""

    ways: list[Way]
    form: str = ""
    go: str = ""
    fields: list[tuple[str, str]] | None = None
    plain: bool = False  # its files stay where they are: only what is typed and picked goes along


def install(app: Flask) -> None:
    app.jinja_env.globals["switch"] = switch


def switch(
    form: str = "",
    to: str = "",
    go: str = "",
    only: Collection[str] | None = None,
    fields: Mapping[str, Sequence[str]] | None = None,
    plain: bool = False,
) -> Switch:
    """How this page changes its language.

    `form`: a form on the page that keeps all there is; `to`: where it is sent, where that is not this address; `go`: what it then asks for;
    `plain`: without the files in it;
    `only`: of the fields that were sent, those to send again; `fields`: others beside them, or instead of all. A page that must not be sent
    again names no field (`only=()`): its ways lead to the first page.
    """
    if form:
        return Switch(_ways(to), form, go, plain=plain)
    if request.method != "POST":
        return Switch(_ways(""))
    more = [(name, value) for name, values in (fields or {}).items() for value in values]
    again = _sent(only if only is not None or not fields else ()) + more
    return Switch(_ways(to), "again", go, again) if again else Switch(_ways(request.script_root + "/"))


def _ways(to: str) -> list[Way]:
    here = language()
    return [Way(each, in_language(each.code, to), each == here) for each in offered()]


def _sent(only: Collection[str] | None) -> list[tuple[str, str]]:
    """What was sent to this page by someone on this site; nothing where it cannot be read, came from elsewhere or belongs to a member’s form."""
    try:
        same_origin()
        sent = [(name, value) for name, values in request.form.lists() for value in values]
    except HTTPException:
        return []
    if "csrf_token" in request.form:
        return []
    return sent if only is None else [(name, value) for name, value in sent if name in only]
