"""How tests read a page: a visitor follows links, fills labelled fields and presses buttons, and every page read is proof-read."""

from __future__ import annotations

import contextvars
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import html5lib
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.builder import HTML5TreeBuilder
from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from voice.extensions import db

PRIVATE = ("/take-part/", "/your-receipt", "/work", "/board", "/safeguarding", "/sign-in", "/me", "/invitation")
WALKS = ("/take-part/", "/work/assist/", "/box/")
STRAIGHT = re.compile(r"[\"']")
CODE = ("script", "style", "textarea", "svg", "code", "template")
BANNED = ("secret", "confidential", "anonymous", "victim", "are you sure", "unfortunately", "please note", "stakeholder")


Replied = TypeVar("Replied")


def tidy(words: str) -> str:
    return " ".join(words.split())


class Strict(HTML5TreeBuilder):
    """Makes the tree as a browser would, and raises on any mistake in the markup."""

    def feed(self, markup: Any) -> None:
        parser = html5lib.HTMLParser(tree=self.create_treebuilder, strict=True)
        self.underlying_builder.parser = parser
        parser.parse(markup)
        self.underlying_builder.parser = None


def proof_read(response: TestResponse, path: str) -> BeautifulSoup:
    """Check the whole page as a careful reader would; the parsed page comes back.

    Every page of every test comes through here, so it goes once over all tags rather than asking the tree for each kind.
    """
    soup = BeautifulSoup(response.get_data(as_text=True), builder=Strict())
    tags = soup.find_all(True)
    _check_head(soup, tags, path)
    _check_ids(tags, path)
    _check_controls(tags, path)
    _check_sources(tags, path)
    _check_words(soup, path)
    _check_headers(response, path)
    return soup


def _check_head(soup: BeautifulSoup, tags: Sequence[Tag], path: str) -> None:
    assert soup.html is not None
    assert soup.html.get("lang"), f"{path}: no language"
    assert soup.html.get("dir") in ("ltr", "rtl"), f"{path}: no direction"
    headings = [each for each in tags if each.name == "h1"]
    assert len(headings) == 1, f"{path}: {len(headings)} main headings"
    title = tidy(soup.title.get_text()) if soup.title else ""
    assert title, f"{path}: no title"
    walks = any(each in path for each in WALKS) or any(each.name == "form" and each.has_attr("data-walk") for each in tags)
    if not walks:  # a question never stands in the history of a phone
        assert tidy(headings[0].get_text(" ")) in title, f"{path}: the title “{title}” is not the heading"


def _check_ids(tags: Sequence[Tag], path: str) -> None:
    ids = [str(each["id"]) for each in tags if each.has_attr("id")]
    doubled = {each for each, times in Counter(ids).items() if times > 1}
    assert not doubled, f"{path}: ids twice: {doubled}"
    there = set(ids)
    for each in tags:
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for wanted in str(each.get(attribute, "")).split():
                assert wanted in there, f"{path}: {attribute} names {wanted}, which is not there"
        if each.name in ("a", "use") and str(each.get("href", "")).startswith("#"):
            wanted = str(each["href"])[1:]
            assert not wanted or wanted in there, f"{path}: #{wanted} leads nowhere"


def _check_controls(tags: Sequence[Tag], path: str) -> None:
    labels = {str(each["for"]) for each in tags if each.name == "label" and each.has_attr("for")}
    led_to = {str(link["href"])[1:] for each in tags if "errors" in each.get_attribute_list("class") for link in each.find_all("a", href=True)}
    for each in tags:
        if each.name in ("select", "textarea") or (each.name == "input" and each.get("type") != "hidden"):
            labelled = each.get("aria-label") or each.get("aria-labelledby") or each.get("id") in labels or each.find_parent("label")
            assert labelled, f"{path}: a control without a label: {each}"
        if each.name in ("button", "a"):
            assert tidy(each.get_text()) or each.get("aria-label"), f"{path}: nothing to read on {each}"
        if each.get("aria-invalid") == "true":
            assert each.get("id") in led_to, f"{path}: the summary does not lead to {each.get('id')}"
        if each.name == "form" and str(each.get("method", "")).lower() == "post":
            assert not urlsplit(str(each.get("action", ""))).netloc, f"{path}: a form goes elsewhere"


def _check_sources(tags: Sequence[Tag], path: str) -> None:
    for each in tags:
        if each.name == "link" and each.get("rel") == ["canonical"]:
            continue  # says which address the page goes by; a browser loads nothing from it
        if each.has_attr("src") or each.name in ("link", "img", "script", "iframe"):
            address = str(each.get("src") or each.get("href") or "")
            assert not urlsplit(address).netloc, f"{path}: loads {address}"
        for attribute in ("style", "onclick", "onload"):
            assert not each.has_attr(attribute), f"{path}: style or script in an attribute"


def _check_words(soup: BeautifulSoup, path: str) -> None:
    ours: list[str] = []
    for text, is_quoted, is_ours in _texts(soup, is_quoted=True, is_ours=True):
        if is_quoted:
            assert not STRAIGHT.search(text), f"{path}: a straight quote in “{tidy(text)}”"
        if is_ours:
            ours.append(text)
    words = tidy(" ".join(ours)).lower()
    for each in BANNED:
        assert each not in words, f"{path}: says “{each}”"


def _texts(tag: Tag, *, is_quoted: bool, is_ours: bool) -> Iterator[tuple[str, bool, bool]]:
    """Every text, whether its quotes are ours to set, and whether its words are. What young people said, and what a plan’s own document calls
    things, is theirs."""
    for child in tag.children:
        if isinstance(child, Tag):
            said, planned = child.has_attr("data-said"), child.has_attr("data-plan")
            yield from _texts(child, is_quoted=is_quoted and not said and child.name not in CODE, is_ours=is_ours and not said and not planned)
        elif isinstance(child, NavigableString):
            yield str(child), is_quoted, is_ours


def _check_headers(response: TestResponse, path: str) -> None:
    policy = response.headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy, f"{path}: no content policy"
    assert "unsafe" not in policy, f"{path}: an unsafe content policy"
    assert response.headers.get("X-Content-Type-Options") == "nosniff"
    cache = response.headers.get("Cache-Control", "")
    assert "no-store" in cache or "public" in cache, f"{path}: cached as it happens: {cache!r}"
    if "public" in cache:
        assert not response.headers.getlist("Set-Cookie"), f"{path}: a cookie on a page for all"


@dataclass
class Page:
    """A page as a person meets it."""

    path: str
    status: int
    soup: BeautifulSoup
    raw: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        found = self.soup.select_one("h1")
        return tidy(found.get_text(" ")) if found else ""

    @property
    def words(self) -> str:
        """What can be read between the bars."""
        return tidy((self.soup.select_one("main") or self.soup).get_text(" "))

    def one(self, selector: str) -> Tag:
        found = self.soup.select(selector)
        assert len(found) == 1, f"{self.path}: {len(found)} of {selector}"
        return found[0]

    def link(self, words: str) -> str:
        found = [each for each in self.soup.select("a[href]") if words in tidy(each.get_text(" "))]
        assert found, f"{self.path}: no link “{words}”"
        return urljoin(self.path, str(found[0]["href"]))


class Visitor:
    """A person with a browser that has no JavaScript."""

    def __init__(self, client: FlaskClient, at: str | None = None) -> None:
        """`at` is an address in front of them: read once somebody asks what is on the page."""
        self.client = client
        self._at, self._page = at, None  # type: str | None, Page | None

    @property
    def page(self) -> Page | None:
        if self._page is None and self._at is not None:
            self.open(self._at)
        return self._page

    @page.setter
    def page(self, page: Page) -> None:
        self._page = page

    def open(self, path: str, status: int = 200) -> Page:
        return self._read(ask(lambda: self.client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)), status)

    def follow(self, words: str, status: int = 200) -> Page:
        assert self.page
        return self.open(self.page.link(words), status)

    def press(self, words: str, /, status: int = 200, **fields: str | list[str]) -> Page:
        """Press the button with these words, having put `fields` into the form it belongs to."""
        assert self.page
        button, form = self._button(words)
        action = urljoin(self.page.path, str(form.get("action") or button.get("formaction") or self.page.path))
        action = urljoin(self.page.path, str(button.get("formaction"))) if button.get("formaction") else action
        data = {**_filled(form), **{name: _listed(value) for name, value in fields.items()}}
        unknown = set(fields) - {str(each["name"]) for each in form.select("[name]")}
        assert not unknown, f"{self.page.path}: the form has no {unknown}"
        if button.get("name"):
            data[str(button["name"])] = [str(button.get("value", ""))]
        method = str(button.get("formmethod") or form.get("method") or "get").lower()
        if method == "get":
            return self._read(ask(lambda: self.client.get(action, query_string=data, follow_redirects=True)), status)
        headers = {"Origin": "http://localhost", "Referer": f"http://localhost{self.page.path}"}
        return self._read(ask(lambda: self.client.post(action, data=data, headers=headers, follow_redirects=True)), status)

    def _button(self, words: str) -> tuple[Tag, Tag]:
        assert self.page
        found = [each for each in self.page.soup.select("button") if words in (tidy(each.get_text(" ")) or str(each.get("aria-label")))]
        assert found, f"{self.page.path}: no button “{words}” among {[tidy(b.get_text(' ')) for b in self.page.soup.select('button')]}"
        form = found[0].find_parent("form")
        if form is None and found[0].get("form"):
            form = self.page.soup.select_one(f"form#{found[0]['form']}")
        assert form is not None, f"{self.page.path}: the button “{words}” belongs to no form"
        return found[0], form

    def _read(self, response: TestResponse, status: int) -> Page:
        path = response.request.path + (f"?{response.request.query_string.decode()}" if response.request.query_string else "")
        assert response.status_code == status, f"{path}: {response.status_code}, not {status}: {response.get_data(as_text=True)[:600]}"
        soup = proof_read(response, response.request.path)
        self._page = Page(path, response.status_code, soup, response.data, dict(response.headers))
        return self._page


def ask(send: Callable[[], Replied]) -> Replied:
    """Send a request as the server gets it: with a context and a database session of its own. What the test itself has open
    ends first, so that neither waits for the other and both see what was committed."""
    if has_app_context():
        db.session.rollback()
    return contextvars.Context().run(send)


def _listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def _filled(form: Tag) -> dict[str, list[str]]:
    """What a form would send as it stands."""
    data: dict[str, list[str]] = {}
    for each in form.select("input[name], select[name], textarea[name]"):
        name, kind = str(each["name"]), str(each.get("type", ""))
        if kind in ("radio", "checkbox") and not each.has_attr("checked"):
            continue
        if each.name == "select":
            chosen = each.select_one("option[selected]") or each.select_one("option")
            data.setdefault(name, []).append(str(chosen.get("value", chosen.get_text()) if chosen else ""))
        elif each.name == "textarea":
            data.setdefault(name, []).append(each.get_text())
        else:
            data.setdefault(name, []).append(str(each.get("value", "on" if kind == "checkbox" else "")))
    return data
