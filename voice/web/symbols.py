"""Small pictures, put into a page once each: only those the page used."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask, g
from markupsafe import Markup

SYMBOLS: dict[str, tuple[str, str]] = json.loads((Path(__file__).parent / "symbols.json").read_text())


def install(app: Flask) -> None:
    app.jinja_env.globals.update(icon=icon, face=face, path_line=path_line, sprite=sprite)


def _use(name: str) -> str:
    if name not in SYMBOLS:
        raise KeyError(f"There is no picture “{name}”.")
    g.setdefault("symbols", set()).add(name)
    return name


def icon(name: str, extra: str = "") -> Markup:
    """An icon beside words, which say what it means."""
    flip = " flip" if name in ("back", "on", "leave", "turn", "listen") else ""
    return Markup('<svg class="i{}{}" aria-hidden="true"><use href="#{}"/></svg>').format(flip, f" {extra}" if extra else "", _use(f"i-{name}"))


def face(number: int) -> Markup:
    """One of the five faces, 1 slumped to 5 in bloom; always beside its words."""
    return Markup('<svg class="face" aria-hidden="true"><use href="#{}"/></svg>').format(_use(f"f-{number}"))


def path_line(calm: int) -> Markup:
    """The line from one stop of a path to the next: 3 is a wave, 0 is straight."""
    return Markup('<svg class="line flip" aria-hidden="true"><use href="#{}"/></svg>').format(_use(f"p-w{calm}"))


def sprite() -> Markup:
    """The pictures this page used, at its end."""
    used = sorted(g.get("symbols", set()))
    return Markup("<svg hidden>{}</svg>").format(Markup("").join(map(_symbol, used))) if used else Markup("")


def _symbol(name: str) -> Markup:
    box, drawing = SYMBOLS[name]
    start = '<symbol id="{}" viewBox="{}" preserveAspectRatio="none">' if name.startswith("p-") else '<symbol id="{}" viewBox="{}">'
    return Markup(start).format(name, box) + Markup(drawing) + Markup("</symbol>")  # noqa: S704  # our own drawings and tags
