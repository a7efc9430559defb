"""Languages: a path prefix on what is read (`/ur/...`), a hidden field on what is sent, the direction of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.support import NullTranslations
from flask import Flask, current_app, g, has_app_context, has_request_context, request
from flask_babel import Domain, gettext

from voice.config import Settings
from voice.extensions import babel
from voice.web import catalogues


@dataclass(frozen=True)
class Language:
    """A language as a page needs it."""

    code: str
    name: str  # in itself
    direction: str
    tag: str  # what `lang` says, and the language whose way of saying dates is used


LANGUAGES = {
    "en": Language("en", "English", "ltr", "en"),
    "cy": Language("cy", "Cymraeg", "ltr", "cy"),
    "pl": Language("pl", "Polski", "ltr", "pl"),
    "ro": Language("ro", "Română", "ltr", "ro"),
    "uk": Language("uk", "Українська", "ltr", "uk"),
    "ur": Language("ur", "اردو", "rtl", "ur"),
    "easy": Language("easy", "Easy Read", "ltr", "en"),  # English in its own register: one idea a sentence
    "qps": Language("qps", "Mirror", "rtl", "en"),  # English seen in a mirror: shows what was never translated or never turned
}


def tag(code: str) -> str:
    """What `lang` says of words that were written in this language: Easy Read and the mirror are English."""
    return LANGUAGES[code].tag if code in LANGUAGES else code


def with_words(codes: Iterable[str]) -> tuple[str, ...]:
    """Of these languages, those we have words for: English, its mirror, and each that has a catalogue."""
    return tuple(code for code in codes if code in ("en", "qps") or catalogues.is_written(code))


def offered() -> tuple[Language, ...]:
    """Languages this installation offers. One without a catalogue is not shown: its page would be English under another name."""
    codes: tuple[str, ...] = current_app.extensions["voice.languages"]
    return tuple(LANGUAGES[code] for code in codes)


class Prefix:
    """Moves `/ur` from the path to the script’s name, so that routing does not see it and every link made here keeps it."""

    def __init__(self, app: Callable[..., Iterable[bytes]], codes: tuple[str, ...]) -> None:
        self.app = app
        self.pattern = re.compile(rf"^/({'|'.join(code for code in codes if code != 'en') or '(?!)'})(?=/|$)")

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        found = self.pattern.match(environ.get("PATH_INFO", ""))
        if found:
            environ["voice.language"] = found[1]
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + found[0]
            environ["PATH_INFO"] = environ["PATH_INFO"][found.end() :] or "/"
        return self.app(environ, start)


class Mirror(NullTranslations):
    """The pseudo-language: English in brackets with marks on its letters, so that an untranslated string shows at once."""

    MARKS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
    KEEP = re.compile(r"(%\(\w+\)[sd]|%[sd%]|<[^>]+>)")

    def gettext(self, message: str) -> str:
        if not message:
            return message
        parts = (part if self.KEEP.fullmatch(part) else part.translate(self.MARKS) for part in self.KEEP.split(message))
        return f"[{''.join(parts)}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def npgettext(self, context: str, singular: str, plural: str, num: int) -> str:
        return self.ngettext(singular, plural, num)

    ugettext = gettext
    ungettext = ngettext
    upgettext = pgettext
    unpgettext = npgettext


class Words(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """The catalogues, and the mirror beside them."""

    def get_translations(self) -> Any:
        code = language().code
        if code == "qps":
            return Mirror()
        overhearing = g.get("voice_overhearing") if has_app_context() and not g.get("voice_speaking") else None
        return overhearing or catalogues.written(code)


def install(app: Flask, settings: Settings) -> None:
    codes = app.extensions["voice.languages"] = with_words(settings.languages)
    app.wsgi_app = Prefix(app.wsgi_app, codes)  # type: ignore[method-assign, assignment]  # Flask’s documented way to wrap it
    babel.init_app(app, locale_selector=_babel_code)
    babel.domain_instance = Words()
    app.jinja_env.filters["tag"] = tag
    app.jinja_env.globals.update(language=language, languages=offered, day=day, week=week, in_language=in_language)


def language() -> Language:
    """The language of the page being made; inside `speaking`, that one."""
    spoken: str | None = g.get("voice_speaking") if has_app_context() else None
    return LANGUAGES[spoken or (_of_the_page() if has_request_context() else "en")]


def _of_the_page() -> str:
    """What the address says. The desk and the board’s room speak English whatever it says, until they have words of their own."""
    asked: str = request.environ.get("voice.language", "en")
    handler = current_app.view_functions.get(request.endpoint or "")
    is_inside = bool(getattr(handler, "access", None) or getattr(handler, "inside", False))
    return "en" if is_inside and asked != "qps" and not catalogues.file_of("desk", asked).is_file() else asked


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Words and dates in this language, in the middle of a page in another."""
    before = g.get("voice_speaking")
    g.voice_speaking = code
    try:
        yield
    finally:
        g.voice_speaking = before


def _babel_code() -> str:
    return language().tag


def in_language(code: str, to: str = "") -> str:
    """An address of ours in another language; of this page, unless `to` says another as `url_for` made it."""
    here = request.path + (f"?{request.query_string.decode()}" if request.query_string else "")
    path = to.removeprefix(request.script_root) if to else here
    return path if code == "en" else f"/{code}{path}"


def day(when: date) -> str:
    """A day in words: 15 January 2027."""
    return format_date(when, "d MMMM y", locale=Locale.parse(language().tag))


def week(when: date) -> str:
    """The week a day is in: the week of 9 November 2026."""
    words: str = gettext("The week of %(monday)s", monday=day(when - timedelta(days=when.weekday())))
    return words
