"""Paper: PDF made from templates, in the language asked for. Nothing is fetched and no file is left."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import segno
from flask import Response, make_response, render_template
from markupsafe import Markup

from voice.config import settings
from voice.web import catalogues
from voice.web.assets import FOLDER
from voice.web.locale import LANGUAGES, speaking

SHEETS = ("tokens.css", "paper.css")


class NoPrinter(Exception):
    """This machine lacks the libraries that set type on a page."""


def pdf(template: str, name: str, **values: Any) -> Response:
    """A reply that is this template as a PDF file, kept by nobody.

    Raises:
        NoPrinter: the machine has no Pango.
    """
    response = make_response(laid_out(render_template(template, **values)).write_pdf())
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


def laid_out(html: str, sheets: Sequence[str] = SHEETS, **how: Any) -> Any:
    """The pages of a sheet, set but not yet written: `weasyprint.Document`. `sheets`: style sheets of ours; `how`: what WeasyPrint’s `render` takes.

    Raises:
        NoPrinter: the machine has no Pango.
    """
    weasyprint = _typesetter()
    styles = [weasyprint.CSS(string=(FOLDER / name).read_text(encoding="utf-8")) for name in sheets]
    return weasyprint.HTML(string=html, url_fetcher=_nothing(), base_url=settings().public_url).render(stylesheets=styles, **how)


@cache
def _nothing() -> Any:
    """A fetcher that may fetch nothing."""
    return _typesetter().urls.URLFetcher(allowed_protocols=())


def _typesetter() -> Any:
    try:
        import weasyprint  # lazy: heavy, and it needs libraries of the system that a machine may lack
    except OSError as error:
        raise NoPrinter from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it remarks on every rule of tokens.css that is for screens
    return weasyprint


def beside(words: Mapping[str, Any], language: str) -> dict[str, str] | None:
    """The English of these words, to stand beside a language in which somebody has yet to check them; None where nothing need stand there."""
    if LANGUAGES[language].tag == "en":
        return None
    with speaking("en"):
        english = {name: str(said) for name, said in words.items()}
    written = catalogues.written(language)
    return None if all(written.is_checked(each) for each in english.values()) else english
