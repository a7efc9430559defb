"""Reviews on paper: made from a page of ours once, then kept under a hash of what they are made from."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

from voice.config import settings
from voice.web import paper
from voice.web.assets import FOLDER
from voice.web.symbols import SYMBOLS

SHEETS: Final = ("tokens.css", "review-print.css")
KEPT: Final = 400  # files; the oldest go, and are made again when somebody asks
USED: Final = re.compile(r'<svg class="([^"]*)" aria-hidden="true"><use href="#([\w-]+)"/></svg>')
COLOUR: Final = re.compile(r"var\(--([\w-]+)\)")
EITHER_WAY: Final = re.compile('dir="auto"')
TAG: Final = re.compile(r"<[^>]*>")
LETTER: Final = re.compile(r"[^\W\d_]")
WAVE: Final = '<path class="mark-wave"'
"""The wave in our sign, which a screen colours by its style sheet; a typesetter colours what is said on the line itself."""
LOOKED_AT: Final = 600  # characters after the mark
_one_at_a_time = Lock()  # setting a review takes seconds and much memory; whoever asks meanwhile waits, and finds it made


def as_pdf(html: str) -> bytes:
    """The page as a PDF file: tagged, with a title, a language and bookmarks.

    Raises:
        NoPrinter: the machine has no Pango.
    """
    drawn = for_paper(html)
    path = _folder() / f"{_mark(drawn)}.pdf"
    with _one_at_a_time:
        if not path.is_file():
            _keep(path, paper.laid_out(drawn, SHEETS, pdf_tags=True).write_pdf(pdf_tags=True))
        return path.read_bytes()


def for_paper(html: str) -> str:
    """The page as the typesetter needs it: small pictures drawn where they stand, colours in daylight, and which way each line runs."""
    colours = _daylight()
    drawn = COLOUR.sub(lambda found: colours.get(found[1], found[0]), USED.sub(_drawn, html.replace(WAVE, f'{WAVE} stroke="var(--band)"')))
    return EITHER_WAY.sub(lambda found: f'dir="{_way(drawn[found.end() :][:LOOKED_AT])}"', drawn)


def _way(following: str) -> str:
    """Which way words run, by their first letter, as a browser finds it: the typesetter does not."""
    letter = LETTER.search(TAG.sub("", following.partition(">")[2]))
    return "rtl" if letter and unicodedata.bidirectional(letter[0]) in ("R", "AL") else "ltr"


def _drawn(found: re.Match[str]) -> str:
    box, drawing = SYMBOLS[found[2]]
    ink, ground = ("var(--sheet)", "var(--did)") if "light" in found[1].split() else ("var(--ink)", "var(--sheet)")
    said = f'fill="none" stroke="{ink}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    drawing = drawing.replace("var(--sheet)", ground).replace("currentColor", ink)
    return f'<svg class="{found[1]}" viewBox="{box}" aria-hidden="true" {said}>{drawing}</svg>'


@cache
def _daylight() -> dict[str, str]:
    """The colours of the tokens, for a light page."""
    first = (FOLDER / "tokens.css").read_text(encoding="utf-8").partition("@media")[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]+)", first))


@cache
def _styles() -> bytes:
    return b"".join((FOLDER / name).read_bytes() for name in SHEETS)


def _mark(html: str) -> str:
    return hashlib.sha256(html.encode() + _styles()).hexdigest()


def _folder() -> Path:
    folder = settings().data / "papers"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _keep(path: Path, data: bytes) -> None:
    """Whole or not there at all."""
    for old in sorted(path.parent.glob("*.pdf"), key=lambda each: each.stat().st_mtime)[: -KEPT + 1]:
        old.unlink(missing_ok=True)
    unfinished = path.with_suffix(f".{secrets.token_hex(4)}")
    unfinished.write_bytes(data)
    os.replace(unfinished, path)
