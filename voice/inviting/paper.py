"""Paper: PDF made from templates, in the language asked for. Nothing is fetched and no file is left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import segno
from flask import Response, make_response, render_template, request
from flask_babel import refresh
from markupsafe import Markup

from voice.config import settings
from voice.web.assets import FOLDER

SHEETS = ("tokens.css", "paper.css")


class NoPrinter(Exception):
    """This machine lacks the libraries that set type on a page."""


def pdf(template: str, name: str, **values: Any) -> Response:
    """A reply that is this template as a PDF file, kept by nobody.

    Raises:
        NoPrinter: the machine has no Pango.
    """
    response = make_response(_pages(render_template(template, **values)))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def can_print() -> bool:
    """Whether this machine can make PDF files."""
    try:
        _typesetter()
    except NoPrinter:
        return False
    return True


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Say what is made inside in this language, whatever the page’s own is."""
    before = request.environ.get("voice.language")
    request.environ["voice.language"] = code
    refresh()
    try:
        yield
    finally:
        request.environ.pop("voice.language") if before is None else request.environ.update({"voice.language": before})
        refresh()


def address(path: str, language: str = "en") -> str:
    """The whole address of a page of ours, to be read from paper or by a camera."""
    return settings().public_url + ("" if language == "en" else f"/{language}") + path


def spoken(url: str) -> str:
    """The address as people type it."""
    parts = urlsplit(url)
    return parts.netloc + parts.path


def qr(url: str) -> Markup:
    """The square picture a camera reads: dark on light, with nothing around it."""
    return Markup(segno.make(url, error="m", micro=False).svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S704  # our own address


def _pages(html: str) -> bytes:
    weasyprint = _typesetter()
    sheets = [weasyprint.CSS(string=(FOLDER / name).read_text(encoding="utf-8")) for name in SHEETS]
    made: bytes = weasyprint.HTML(string=html, url_fetcher=_nothing()).write_pdf(stylesheets=sheets)
    return made


@cache
def _nothing() -> Any:
    """A fetcher that may fetch nothing."""
    return _typesetter().urls.URLFetcher(allowed_protocols=())


def _typesetter() -> Any:
    try:
        import weasyprint  # lazy: heavy, and it needs libraries of the system that a machine may lack
    except OSError as error:
        raise NoPrinter from error
    return weasyprint


def is_drafted(language: str) -> bool:
    """Whether nobody has checked the words of this language yet."""
    return language != "en"
