"""How tests read a page: a visitor follows links, fills labelled fields and presses buttons, and every page read is proof-read."""

from __future__ import annotations

import contextvars
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from voice.extensions import db

PRIVATE = ("/take-part/", "/your-receipt", "/work", "/board", "/safeguarding", "/sign-in", "/me", "/invitation")
WALKS = ("/take-part/", "/work/assist/", "/box/")
STRAIGHT = re.compile(r"[\"']")
BANNED = ("secret", "confidential", "anonymous", "victim", "are you sure", "unfortunately", "please note", "stakeholder")


def tidy(words: str) -> str:
    return " ".join(words.split())


def proof_read(response: TestResponse, path: str) -> BeautifulSoup:
    """Check the whole page as a careful reader would; the parsed page comes back."""
    markup = response.get_data(as_text=True)
    html5lib.HTMLParser(strict=True).parse(markup)  # raises on any mistake in the markup
    soup = BeautifulSoup(markup, "html5lib")
    _check_head(soup, path)
    _check_ids(soup, path)
    _check_controls(soup, path)
    _check_sources(soup, path)
    _check_words(soup, path)
    _check_headers(response, path)
    return soup


def _check_head(soup: BeautifulSoup, path: str) -> None:
    assert soup.html is not None
    assert soup.html.get("lang"), f"{path}: no language"
    assert soup.html.get("dir") in ("ltr", "rtl"), f"{path}: no direction"
    headings = soup.select("h1")
    assert len(headings) == 1, f"{path}: {len(headings)} main headings"
    title = tidy(soup.title.get_text()) if soup.title else ""
    assert title, f"{path}: no title"
    if not any(each in path for each in WALKS) and not soup.select("form[data-walk]"):  # a question never stands in the history of a phone
        assert tidy(headings[0].get_text(" ")) in title, f"{path}: the title “{title}” is not the heading"


def _check_ids(soup: BeautifulSoup, path: str) -> None:
    ids = [str(each["id"]) for each in soup.select("[id]")]
    doubled = {each for each in ids if ids.count(each) > 1}
    assert not doubled, f"{path}: ids twice: {doubled}"
    for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        for each in soup.select(f"[{attribute}]"):
            for wanted in str(each[attribute]).split():
                assert wanted in ids, f"{path}: {attribute} names {wanted}, which is not there"
    for link in soup.select("a[href^='#'], use[href^='#']"):
        wanted = str(link["href"])[1:]
        assert not wanted or wanted in ids, f"{path}: #{wanted} leads nowhere"


def _check_controls(soup: BeautifulSoup, path: str) -> None:
    for control in soup.select("input:not([type=hidden]), select, textarea"):
        labelled = control.get("aria-label") or control.get("aria-labelledby") or control.find_parent("label")
        labelled = labelled or (control.get("id") and soup.select_one(f"label[for='{control['id']}']"))
        assert labelled, f"{path}: a control without a label: {control}"
    for button in soup.select("button, a"):
        assert tidy(button.get_text()) or button.get("aria-label"), f"{path}: nothing to read on {button}"
    for field_ in soup.select("[aria-invalid=true]"):
        assert soup.select_one(f".errors a[href='#{field_.get('id')}']"), f"{path}: the summary does not lead to {field_.get('id')}"
    for form in soup.select("form[method=post]"):
        assert not urlsplit(str(form.get("action", ""))).netloc, f"{path}: a form goes elsewhere"


def _check_sources(soup: BeautifulSoup, path: str) -> None:
    for each in soup.select("[src], link[href], img, script, iframe"):
        address = str(each.get("src") or each.get("href") or "")
        assert not urlsplit(address).netloc, f"{path}: loads {address}"
    assert not soup.select("[style], [onclick], [onload]"), f"{path}: style or script in an attribute"


def _check_words(soup: BeautifulSoup, path: str) -> None:
    for text in soup.find_all(string=True):
        if text.find_parent(["script", "style", "textarea", "svg", "code", "template"]) or text.find_parent(attrs={"data-said": True}):
            continue
        assert not STRAIGHT.search(text), f"{path}: a straight quote in “{tidy(text)}”"
    # What young people said, and what a plan's own document calls things, is theirs.
    ours = (text for text in soup.find_all(string=True) if not text.find_parent(lambda tag: tag.has_attr("data-said") or tag.has_attr("data-plan")))
    words = tidy(" ".join(ours)).lower()
    for each in BANNED:
        assert each not in words, f"{path}: says “{each}”"


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

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page: Page | None = None

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
        self.page = Page(path, response.status_code, soup, response.data, dict(response.headers))
        return self.page


def ask(send: Callable[[], TestResponse]) -> TestResponse:
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
