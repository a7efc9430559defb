"""How somebody came in: by a link, a poster, a code from a slip. It goes along as hidden fields, as everything else does."""

from __future__ import annotations

from typing import NamedTuple

from flask import g, request

from voice.inviting import read_code

BY_FORM = ("web", "qr", "feedback_box", "hand_over")
"""What a page may say of itself. The other ways are known from elsewhere."""


class Came(NamedTuple):
    way: str
    code: str | None


def by(way: str) -> None:
    """This page is where people come in this way."""
    g.came_by = way


def came() -> Came:
    """How the one who reads or sends this page came in."""
    way = g.get("came_by") or request.form.get("way", "")
    return Came(way if way in BY_FORM else "web", read_code(request.form.get("code", "")))


def fields() -> list[tuple[str, str]]:
    """Hidden fields (name, value) for the pages of the walk; none for those who came by a link."""
    way, code = came()
    return [("way", way)] * (way != "web") + ([("code", code)] if code else [])
