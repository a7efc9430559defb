"""A young person with a phone, over the net: opens the first page with its files, answers page by page or lets the phone send, opens the receipt.

Pages are read with a few patterns and no parser, as three hundred of these run beside the server they measure.
"""

from __future__ import annotations

import functools
import html
import http.client
import io
import json
import random
import re
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

import brotli
from PIL import Image, ImageDraw

from tests.clients import OPEN, Phone, a_message
from tests.rooms.listening.sealing import seal
from voice.keeping import receipts
from voice.sealing import PublicKey

HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PICKED: Final = re.compile(r'<input type="(?:checkbox|radio)" name="(a\.[^"]+)" value="([^"]+)"(?![^>]*data-skip)')
WRITTEN: Final = re.compile(r'<(?:textarea|input type="text")[^>]* name="(a\.[^"]+)"')
ACTION: Final = re.compile(r'<form id="walk"[^>]* action="([^"]+)"')
FILES: Final = re.compile(r'(?:href|src|data-with)="(/static/[^"]+)"')
WHOLE: Final = re.compile(r"/take-part/[\w-]+/all\S*?w=older|/take-part/[\w-]+/all(?![\w?])")
WORD: Final = re.compile(r'name="word" value="([^"]+)"')
POINT: Final = re.compile(r'"id": ?"([^"]+)", ?"point": ?"([^"]+)"')
ANYTHING: Final = tuple(receipts.WORDS)
LONGEST_WALK: Final = 30  # pages
FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Asked:
    """One request and its reply. `status` 0: no whole reply came. Bytes with headers, without TLS and TCP."""

    who: str
    kind: str
    status: int
    seconds: float
    sent: int
    received: int


@dataclass
class Child:
    """One phone and who holds it. `told` hears of every request. Not to be shared between threads."""

    phone: Phone
    told: Callable[[Asked], None]
    chance: random.Random
    who: str = "school"
    think: Callable[[], None] = lambda: None
    kept: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # address -> its mark (ETag) and body

    def fetch(self, kind: str, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
        """Ask once. (0, b"") where no whole reply came."""
        named = {"Accept": "text/html", "Accept-Encoding": "br", **(headers or {})}
        begun = time.perf_counter()
        try:
            status, read, told = self.phone.ask(method, path, body, named)
        except (OSError, http.client.HTTPException):
            status, read, told = 0, b"", {}
        sent = len(method) + len(path) + len(body or b"") + 150 + sum(len(name) + len(value) + 4 for name, value in named.items())
        received = len(read) + 17 + sum(len(name) + len(value) + 4 for name, value in told.items())
        self.told(Asked(self.who, kind, status, time.perf_counter() - begun, sent, received))
        if told.get("content-encoding") == "br":
            read = brotli.decompress(read)
        if status == 200 and method == "GET" and "etag" in told:
            self.kept[path] = (told["etag"], read)
        return status, read

    def page(self, path: str, kind: str = "page") -> str:
        """A page that may be kept: asked for by its mark where it was seen before."""
        mark, body = self.kept.get(path, ("", b""))
        status, read = self.fetch(kind, "GET", path, headers={"If-None-Match": mark} if mark else {})
        return (body if status == 304 else read).decode(errors="replace")

    def first_page(self, slug: str) -> str:
        """The first page of an activity with all its files; what this phone has already is not asked for again."""
        text = self.page(f"/take-part/{slug}", "first page")
        for path in dict.fromkeys(each for found in FILES.findall(text) for each in found.split()):
            if path not in self.kept:
                status, read = self.fetch("file", "GET", path)
                if status == 200:
                    self.kept[path] = ("", read)
        return text

    def by_forms(self, slug: str) -> tuple[str, tuple[str, ...]]:
        """Answer page by page, without a script. The submission’s own key, and its receipt; both empty where it did not come to that."""
        text, key = self.first_page(slug), ""
        for _ in range(LONGEST_WALK):
            self.think()
            hidden = HIDDEN.findall(text)
            key = dict(hidden).get("key", key)
            action, fields, picture = _filled(text, hidden, self.chance)
            body, kind = _form(fields, picture)
            named = "submit" if action.endswith("/sent") else "page"
            _status, read = self.fetch("submit with picture" if picture else named, "POST", action, body, {"Content-Type": kind})
            text = read.decode(errors="replace")
            words = tuple(WORD.findall(text))[:5]
            if len(words) == 5 or not ACTION.search(text):
                return key, words
        return key, ()

    def by_phone(self, slug: str) -> tuple[str, tuple[str, ...]]:
        """Answer with the phone’s own pages, and let it send, sealed. As `by_forms`."""
        whole = WHOLE.search(self.first_page(slug))
        everything = self.page(html.unescape(whole[0]) if whole else f"/take-part/{slug}/all?w=older", "whole survey")
        self.think()
        message = an_answer(self.chance, slug)
        found = POINT.search(html.unescape(everything))
        content = {"sealed": seal(json.dumps(message).encode(), PublicKey(found[1], found[2]))} if found else message
        return message["key"], self.send(content)

    def send(self, message: dict[str, Any]) -> tuple[str, ...]:
        """Hand one submission to the API; the receipt, or () where none came."""
        said = json.dumps(message).encode()
        status, read = self.fetch("submit", "POST", "/api/v1/submissions", said, {"Content-Type": "application/json", "Accept": "application/json"})
        return tuple(json.loads(read)["receipt"]) if status in (200, 201) else ()

    def receipt(self, words: Sequence[str]) -> None:
        """Look at what became of it."""
        self.page("/your-receipt")
        self.think()
        self.fetch("receipt", "POST", "/your-receipt", urlencode([("word", each) for each in words]).encode(), {"Content-Type": FORM})


def _filled(text: str, hidden: Sequence[tuple[str, str]], chance: random.Random) -> tuple[str, list[tuple[str, str]], bytes | None]:
    """Where the form on this page goes, what is in it, and a picture where it asks for one."""
    found = ACTION.search(text)
    fields = [(name, html.unescape(value)) for name, value in hidden]
    picked = PICKED.findall(text)
    if picked:
        fields.append(chance.choice(picked))
    fields += [(name, a_sentence(chance)) for name in dict.fromkeys(WRITTEN.findall(text))]
    if 'name="w" value="older">11' in text:
        fields.append(("w", "older"))
    on = dict(hidden).get("on", "")
    fields.append(("go", "send" if on else "next"))
    return html.unescape(found[1]) if found else "", fields, a_drawing(chance.randrange(5)) if on == "picture" else None


def a_sentence(chance: random.Random) -> str:
    """Something to say that is not much like what anybody else says."""
    return " ".join(chance.sample(ANYTHING, chance.randrange(7, 20))).capitalize() + "."


def an_answer(chance: random.Random, slug: str = OPEN) -> dict[str, Any]:
    """As `a_message`, in words of one’s own."""
    message = a_message(chance, slug)
    for given in message["answers"].values():
        if "words" in given:
            given["words"] = a_sentence(chance)
    return message


@functools.cache
def a_drawing(number: int) -> bytes:
    """A drawing as a phone makes it smaller: 1,200 x 900, a JPEG of some 100 kB."""
    chance = random.Random(number)
    canvas = Image.effect_noise((1200, 900), 12).convert("RGB")
    pen = ImageDraw.Draw(canvas)
    for _ in range(60):
        line = [(chance.randrange(1200), chance.randrange(900)) for _ in range(3)]
        pen.line(line, fill=tuple(chance.randrange(256) for _ in range(3)), width=chance.randrange(3, 20))
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=60)
    return out.getvalue()


def _form(fields: Sequence[tuple[str, str]], picture: bytes | None) -> tuple[bytes, str]:
    """The body of a form, and what kind it is."""
    if picture is None:
        return urlencode(fields).encode(), FORM
    edge = uuid.uuid4().hex
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="picture"; filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'.encode()
    return b"".join([*parts, head, picture, f"\r\n--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"
