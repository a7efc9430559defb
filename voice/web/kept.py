"""Pages that are the same for everyone, kept ready to send: packed, marked, without a look at the database.

A page is kept with the marks of every table it read while it was made, and of the day (`storage.changes`). Once one of them was written, or
the day turned, it is made anew. So whatever changes a page refreshes it, wherever it was changed: an answer, a release, a theme
taken off, an activity that closes.

Kept in this process’s memory, at most so many bytes; what was not asked for longest goes first. An address with a question mark has a shelf of
its own, so that whoever makes up addresses can put nothing off the other. Nothing else is ever kept: no other status than 200, nothing that
says no-store, nothing with a cookie, nothing asked for with words the page does not know, and no page for a name that is not ours.
"""

from __future__ import annotations

import functools
import gzip
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import brotli
from flask import Flask, make_response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header, parse_etags
from werkzeug.wrappers import Response

from voice.config import Settings
from voice.storage import Marks, changes_of
from voice.storage.aside import closed_until, is_half_restored

Handler = TypeVar("Handler", bound=Callable[..., Any])
Headers = list[tuple[str, str]]
Key = tuple[str, str, str, str]

READS: Final = ("GET", "HEAD")
OFFERED: Final = "voice.offered"
ENDPOINT: Final = "voice.endpoint"
"""Under this the page’s name in our code stands in the request, for who counts (`timing`)."""
PLAIN: Final = 12 * 2**20  # bytes of pages at plain addresses
ASKED: Final = 4 * 2**20  # and of pages at addresses with a question
MOST: Final = 4000  # pages on a shelf
BIGGEST: Final = 2**20  # bytes of one page, unpacked
SMALL: Final = 500  # bytes; less is not worth packing
WELL, QUICKLY = 10, 5
"""How hard brotli tries: on a page that is kept (4 ms for the first page of an activity, 9 % smaller) and on one that is sent once."""
OF_THE_BODY: Final = frozenset(("content-encoding", "content-length", "content-type", "etag", "date"))
PACKED: Final = ("text/", "application/json", "application/xml", "application/atom+xml", "application/javascript")


def cacheable(seconds: int, by: Iterable[str] = (), anew: bool = False) -> Callable[[Handler], Handler]:
    """A page that is the same for everyone: kept by browsers and caches for `seconds`, then asked for by its mark (ETag); and kept here until
    something it is made of changes. `by`: what may be asked for behind the question mark; a page asked for with anything else is made each time.
    `anew`: others ask each time whether it still stands.

    Only a GET that went well is kept. Such a page carries no cookie (see `QuietSessions`).
    """
    known = frozenset(by)
    control = f"public, max-age={seconds}" + (", must-revalidate" if anew else "")

    def attach(handler: Handler) -> Handler:
        @functools.wraps(handler)
        def served(*args: Any, **kwargs: Any) -> Response:
            if request.method not in READS:
                return make_response(handler(*args, **kwargs))
            with changes_of().watching() as watch:
                response = make_response(handler(*args, **kwargs))
            if response.status_code == 200:
                response.headers["Cache-Control"] = control
                marks = watch.marks() if known.issuperset(request.args) else None
                _offer(response, marks)
            return response

        return served  # type: ignore[return-value]  # same signature, by functools.wraps

    return attach


@dataclass(frozen=True, slots=True)
class Offer:
    """A page that was just made, on its way out. `marks`: None where it must not be kept."""

    body: bytes
    etag: str
    marks: Marks | None
    endpoint: str


def _offer(response: Response, marks: Marks | None) -> None:
    response.add_etag()
    request.environ[OFFERED] = Offer(response.get_data(), response.get_etag()[0] or "", marks, request.endpoint or "")
    response.headers["Content-Encoding"] = "identity"  # packed on the way out, and by nobody else


# --- one page


@dataclass(slots=True)
class Page:
    """Ready to send. `body` is packed (brotli) where `packs`; other encodings are made of it when somebody wants them."""

    headers: Headers  # those of every way it is sent
    kind: str
    etag: str
    body: bytes
    packs: bool
    marks: Marks | None = None
    endpoint: str = ""  # its name in our code, for whoever measures
    under: Settings | None = None
    _ways: dict[str, tuple[Headers, Headers, bytes, str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return 2 * len(self.body) + 2000

    def send(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ[ENDPOINT] = self.endpoint
        encoding = wanted(environ.get("HTTP_ACCEPT_ENCODING", "")) if self.packs else ""
        whole, bare, body, etag = self._ways.get(encoding) or self._way(encoding)
        if _is_known(environ.get("HTTP_IF_NONE_MATCH"), etag):
            start_response("304 NOT MODIFIED", list(bare))
            return []
        start_response("200 OK", list(whole))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _way(self, encoding: str) -> tuple[Headers, Headers, bytes, str]:
        body, etag = self._encoded(encoding), f"{self.etag}:{encoding}" if encoding else self.etag
        bare = [*self.headers, ("ETag", f'"{etag}"')]
        whole = [*bare, ("Content-Type", self.kind), ("Content-Length", str(len(body)))]
        way = (whole + [("Content-Encoding", encoding)] * bool(encoding), bare, body, etag)
        if encoding or not self.packs:  # unpacked for the few who can do nothing else, each time
            self._ways[encoding] = way
        return way

    def _encoded(self, encoding: str) -> bytes:
        if not self.packs or encoding == "br":
            return self.body
        whole: bytes = brotli.decompress(self.body)
        return gzip.compress(whole, 9, mtime=0) if encoding == "gzip" else whole


def page_of(offer: Offer, headers: Headers) -> Page:
    """The page as it is to go out, with the headers its reply had."""
    kind = next((value for name, value in headers if name.lower() == "content-type"), "text/html")
    rest = [(name, value) for name, value in headers if name.lower() not in OF_THE_BODY]
    packs = kind.startswith(PACKED) and len(offer.body) >= SMALL
    body = brotli.compress(offer.body, mode=brotli.MODE_TEXT, quality=WELL if offer.marks else QUICKLY) if packs else offer.body
    return Page(rest, kind, offer.etag, body, packs, offer.marks, offer.endpoint)


@functools.lru_cache(maxsize=256)
def wanted(accepted: str) -> str:
    """The encoding a browser likes best of those we have; empty: as it is."""
    found = parse_accept_header(accepted, Accept)
    return next((each for each in ("br", "gzip") if found[each] > 0), "")


def _is_known(named: str | None, etag: str) -> bool:
    return named is not None and parse_etags(named).contains_weak(etag)


# --- all of them


class Shelf:
    """Pages by address, the last asked for last."""

    def __init__(self, most_bytes: int, most: int = MOST) -> None:
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = Lock()
        self.bytes = 0
        self.most_bytes, self.most = most_bytes, most

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, key: Key) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
        return page

    def put(self, key: Key, page: Page) -> None:
        with self._lock:
            self._take_off(key)
            self._pages[key] = page
            self.bytes += len(page) + sum(map(len, key))
            while self.bytes > self.most_bytes or len(self._pages) > self.most:
                self._take_off(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.bytes = 0

    def _take_off(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.bytes -= len(page) + sum(map(len, key))


class Kept:
    """In front of the application: sends what is kept, and keeps what may be."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._next = app.wsgi_app
        self._changes = changes_of(app)
        self._any_name = settings.local  # whoever can reach one's own machine by another name is on it
        self._our_name = urlsplit(settings.public_url).netloc
        self._listens = not settings.testing
        self.plain, self.asked = Shelf(PLAIN), Shelf(ASKED)
        self.is_on = True
        self.sent = self.made = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in READS:
            return self._next(environ, start_response)
        key = (environ.get("HTTP_HOST", ""), environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))
        page = self._shelf(key).find(key)
        if page is None or not self._stands(page):
            return self._make(key, environ, start_response)
        self.sent += 1
        return page.send(environ, start_response)

    def clear(self) -> None:
        self.plain.clear()
        self.asked.clear()

    def _shelf(self, key: Key) -> Shelf:
        return self.asked if key[3] else self.plain

    def _stands(self, page: Page) -> bool:
        told = settings_of(self._app)
        if closed_until(told) is not None or is_half_restored(told):  # while we mend nothing is shown as if all were well
            return False
        is_told = page.marks is not None and self._changes.still(page.marks)
        return is_told and page.under is told

    def _make(self, key: Key, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        told: list[Any] = []

        def hear(*reply: Any) -> Callable[[bytes], object]:
            told[:] = reply
            return _by_hand

        body = self._next(environ, hear)
        offer: Offer | None = environ.pop(OFFERED, None)
        if offer is None or not told[0].startswith("200 "):
            start_response(*told)
            return body
        if hasattr(body, "close"):
            body.close()
        page = page_of(offer, told[1])
        page.under = settings_of(self._app)
        if self._may_keep(key, page):
            self.made += 1
            self._shelf(key).put(key, page)
        return page.send(environ, start_response)

    def _may_keep(self, key: Key, page: Page) -> bool:
        if self._listens:
            self._changes.listen()
        is_ours = self._any_name or key[0] == self._our_name
        is_alike = not any(name.lower() == "set-cookie" for name, _ in page.headers)
        return self.is_on and page.marks is not None and is_ours and is_alike and len(page.body) <= BIGGEST


def _by_hand(_data: bytes) -> None:
    """The older way to send a body (PEP 3333), which Flask does not go."""
    raise NotImplementedError


def settings_of(app: Flask) -> Settings:
    found: Settings = app.extensions["voice.settings"]
    return found


def install(app: Flask, settings: Settings) -> None:
    """After all that wraps the application and must not run for a page that is ready."""
    app.extensions["voice.kept"] = kept = Kept(app, settings)
    app.wsgi_app = kept  # type: ignore[method-assign]  # Flask’s documented way to wrap it


def kept_of(app: Flask) -> Kept:
    found: Kept = app.extensions["voice.kept"]
    return found
