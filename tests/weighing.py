"""What a page costs to fetch, in bytes as they are sent: brotli, from our own server."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

import brotli
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.reading import Page

MODULE = re.compile(r"""(?:from|import) ?\(?"(\./[\w-]+\.js)\"""")


class Scales(FlaskClient):
    """A browser that takes brotli, and remembers how heavy the last reply was on its way."""

    weight = 0

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        headers = dict(kwargs.pop("headers", None) or {})
        reply: TestResponse = super().open(*args, headers={**headers, "Accept-Encoding": "br"}, **kwargs)
        self.weight = len(reply.data)
        if reply.headers.get("Content-Encoding") == "br":
            reply.set_data(brotli.decompress(reply.data))
        return reply


def scales(app: Flask) -> Scales:
    return Scales(app, app.response_class)


def assets(page: Page) -> set[str]:
    """Every sheet and script a page asks for, at once or in a moment."""
    linked = {str(each.get("href") or each["src"]) for each in page.soup.select("link[rel=stylesheet], script[src]")}
    return linked | set(str(page.one("main").get("data-with", "")).split())


def with_modules(client: Scales, addresses: Iterable[str]) -> set[str]:
    """These files, and every module they import, and so on."""
    found: set[str] = set()
    waiting = list(addresses)
    while waiting:
        address = waiting.pop()
        if address not in found:
            found.add(address)
            if address.endswith(".js"):
                waiting += [urljoin(address, name) for name in MODULE.findall(client.get(address).get_data(as_text=True))]
    return found


def weigh(client: Scales, addresses: Iterable[str]) -> int:
    """Bytes of all of these together, each once."""
    total = 0
    for address in sorted(set(addresses)):
        assert client.get(address).status_code == 200, address
        total += client.weight
    return total
