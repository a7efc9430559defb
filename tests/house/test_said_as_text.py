"""Text is text everywhere: what people type is never a tag, a script or a header, on any page, for anybody. Bar S5."""

from __future__ import annotations

import csv
import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.browsing import PHONE, a_browser, served
from tests.making import a_theme, an_answer, the
from tests.matrix.decisions import address, decisions, fill, read
from tests.matrix.world import NOBODY, World
from tests.pages_of_the_house import open_now
from tests.payloads import MARK, payloads, short
from tests.rooms.listening.conftest import onward
from tests.rooms.listening.every import EVERY
from voice import counting, identity, inviting, reading, reviewing, storage
from voice.asking import activity
from voice.command import voice
from voice.keeping.models import Submission, View
from voice.reading import exports
from voice.reading.models import Reading
from voice.understanding.models import Theme

Tell = Callable[[str, object], None]
SAID_IN = ("why", "one_word", "play_else")
CONTACT = ("c.name", "c.where", "c.when")
ASKED = ("q", "at", "after", "next", "done", "page", "priority", "w", "way", "home", "place", "undo", "code", "kind")
TOLD = ("Accept-Language", "Referer", "User-Agent", "Accept", "Origin", "X-Requested-With", "If-None-Match", "Cookie")
# Not pages that a browser shows.
PLAIN = (
    "/static/<digest>/<path:name>",
    "/sw.js",
    "/healthz",
    "/readyz",
    "/watch",
    "/metrics",
    "/metrics/front",
    "/api/v1/openapi.json",
    "/take-part/<slug>/all",
)
PLAIN += (
    "/work/asking/<slug>/flyer.pdf",
    "/work/asking/<slug>/poster.pdf",
    "/work/numbers/file",
    "/work/populations/template",
    "/what-we-heard/<slug>/figures.csv",
)
PLAIN += ("/pledges/<uuid:pledge_id>/card.png", "/pledges/<uuid:pledge_id>/certificate.pdf", "/pictures/<file>/<size>.webp")
PLAIN += ("/work/pictures/<uuid:picture_id>/<size>.webp", "/safeguarding/pictures/<uuid:picture_id>/full.webp")  # shown by the browser’s own viewer
PLAIN += (
    "/from-the-board/<slug>/paper.pdf",
    "/plan/for-children.pdf",
    "/review/<int:year>/<any(review, poster, 'for-children'):kind>.pdf",
    "/review/<int:year>/<kind>.pdf",
    "/work/measures/template",
    "/work/quarter/<code>.pdf",
    "/work/review/<int:year>/draft.pdf",
)
PLAIN += ("/you-said-we-did.atom", "/share/<kind>/<name>.png", "/sitemap.xml", "/robots.txt")
# What only somebody who writes the page can make, and never somebody who types.
MADE = (
    "(() => { const all = [...document.querySelectorAll('*')]; const bad = all.filter(each => each.localName.startsWith('MARK')"
    " || each.getAttributeNames().some(name => name.startsWith('on') || name.includes('MARK') || name === 'srcdoc' || name === 'style')"
    " || (each.id + ' ' + each.className).includes('MARK')"
    " || ['href', 'src', 'action', 'formaction', 'data', 'xlink:href'].some("
    "name => /^\\s*(javascript|data|vbscript|blob|file):|elsewhere\\.example/i.test(each.getAttribute(name) || ''))"
    " || ['iframe', 'object', 'embed', 'base', 'frameset', 'math', 'marquee', 'portal', 'style', 'audio', 'video'].includes(each.localName));"
    " return { ran: window.__x || 0, made: bad.map(each => each.outerHTML.slice(0, 120)),"
    " wide: document.documentElement.scrollWidth - innerWidth }; })()"
).replace("MARK", MARK)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def typed(world: World) -> Iterator[World]:
    """The county, after somebody typed everything of the list into it."""
    with world.app.app_context():
        open_now("every", EVERY)
    _say(world.app.test_client())
    with world.app.app_context():
        reading.clear(reading.next_to_read(2000), the("officer"))
        storage.commit()
        _write()
    yield world
    world.put_back()


def _say(client: FlaskClient) -> None:
    """Into answers, “other” words, what says how to reach them, and pledges; three to a sender."""
    said = list(payloads())
    for first in range(0, len(said), 3):
        few = said[first : first + 3]
        words = {f"a.{name}": each for name, each in zip(SAID_IN, few, strict=False)}
        reach = {name: each[:60] for name, each in zip(CONTACT, few, strict=False)}
        page = {"key": str(uuid.uuid4()), "on": "check", "go": "send", "a.best": "bike", "a.play": "something_else", "w": "older"}
        door = {"door": "contact", "c.how": "phone", **reach} if first % 5 == 0 else {}
        _is_text(client.post("/take-part/every/sent", data={**page, **words, **door}))
    for each in short():
        ways = {"priority": "1", "kind": "words", "age": "13_or_over", "words_ok": "yes", "picture_alt": each[:160]}
        _is_text(client.post("/pledges/sent", data={"pledge": each[:160], "key": str(uuid.uuid4()), **ways}))


def _write() -> None:
    """Into what the council and the board write: themes, answers, objections, words of the board, groups, names, reasons."""
    sentences = cycle(each for each in short() if each.strip() and "\x00" not in each)  # what pages turn away before
    views = list(storage.session().scalars(select(View.id).join(Reading, Reading.view_id == View.id).order_by(View.question, View.id)))
    officer, member, known = the("officer"), the("board_member"), activity("every")
    assert known
    for first in range(0, len(views) - 2, 3):
        if not counting.may_be_public(views[first : first + 3]):  # two of them came from one sender
            continue
        theme_id = a_theme(next(sentences)[:200], views=views[first : first + 3], heard=True)
        words = {name: next(sentences)[:120] for name in ("words", "owner_role", "organisation", "because", "instead")}
        an_answer(theme_id, state="cant", **words)
        reviewing.object_to(theme_id, next(sentences), member)
    for _ in range(20):
        group = inviting.Invitation(name=next(sentences)[:80], kind="class", audience=None, readers=(), expires_on=storage.today())
        inviting.invite(known.id, group, officer)
        exports.ask(known.id, (next(sentences) + " as a reason")[:300], officer)
    for number, name in enumerate(short()):
        if number % 20 == 0:
            identity.add_member(f"named-{number}@matrix.example", name[:60] or "-", ("officer",), "a long walk by the river")
    storage.commit()


def _is_text(reply: TestResponse) -> None:
    """No reply breaks, none has a tag or a header that was typed."""
    assert reply.status_code < 500, reply.request.path
    for name, value in reply.headers:
        assert MARK not in name.lower()
        assert "\n" not in value
        assert "\r" not in value
        assert name != "Set-Cookie" or MARK not in value
    assert "elsewhere.example" not in reply.headers.get("Location", "")
    if reply.mimetype == "text/html" and MARK.encode() in reply.data:
        for found in BeautifulSoup(reply.get_data(as_text=True), "html5lib").find_all(True):
            assert not found.name.startswith(MARK), f"{reply.request.path}: {found}"
            assert not any(MARK in name or name.startswith("on") for name in found.attrs), f"{reply.request.path}: {str(found)[:200]}"


def test_every_field_of_every_form_takes_it_as_text(typed: World, record_property: Tell) -> None:
    """Each field of each form of the matrix, one after another, as somebody who may send it."""
    given, sent, fields = cycle(payloads()), 0, set()
    for page, what in read().items():
        for decision in decisions(page, what, typed.objects):
            if decision.method != "POST" or decision.state != next(iter(typed.objects[decision.kind])):
                continue
            role = next((who for who, status in reversed(decision.expected.items()) if status < 400), NOBODY)
            values = typed.objects[decision.kind][decision.state]
            plain = {name: fill(text, values) for name, text in decision.sent.items()}
            for name in (*plain, *ASKED[:2]):
                for _ in range(3):
                    data = {**plain, name: next(given), "csrf_token": typed.token()}
                    _is_text(typed.client(role).post(address(page, values), data=data))
                    sent, fields = sent + 1, fields | {(page, name)}
    record_property(
        "budget",
        f"S5: {len(payloads())} payloads, {sent} forms sent, {len(fields)} fields: 0 tags, 0 headers, 0 errors of ours",
    )


def test_addresses_and_headers_take_it_as_text(typed: World, record_property: Tell) -> None:
    client, given, asked = typed.client("officer"), cycle(payloads()[:-8]), 0
    rules = [page for page, what in read().items() if "GET" in what and page != "/watch"]  # which says 503 while nobody works
    for page in rules:
        values = {name: quote(next(given).encode("utf-8", "replace")[:300], safe="") for name in re.findall(r"<(?:\w+:)?(\w+)>", page)}
        told = {name: _in_header(next(given)) for name in TOLD[:-1]}
        query = {name: next(given)[:2000] for name in ASKED}
        language = quote(next(given).encode("utf-8", "replace")[:100], safe="")
        for path in (address(page, values), f"/{language}{page if '<' not in page else '/plan'}", f"/cy{address(page, values)}"):
            _is_text(client.get(path, query_string=query, headers=told))
            asked += 1
    for each in payloads():
        _is_text(client.get("/", headers={"Host": _in_header(each)[:200] or "x"}))
        _is_text(typed.client(NOBODY).get("/sign-in", query_string={"next": each[:2000]}))
        _is_text(client.post("/api/v1/submissions", json={"activity": each[:500], each[:100]: each[:500], "answers": {each[:100]: {"words": each}}}))
    assert asked == 3 * len(rules) > 300
    record_property("budget", f"S5: {asked + 3 * len(payloads())} addresses, queries, languages, hosts and headers: 0 tags, 0 headers of theirs")


def _in_header(text: str) -> str:
    """What a client can put into a header at all."""
    return "".join(sign for sign in text if " " <= sign < "\x7f")[:500]


def test_a_file_that_is_brought_in_takes_it_as_text(typed: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name, its columns and every cell."""
    monkeypatch.setattr("voice.command._make_app", lambda: typed.app)
    said = [each.replace("\x00", "") for each in payloads() if len(each) < 5000]
    file = tmp_path / "<voice-x-1 onload=x>{{7*7}}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["<voice-x-2>", "comment", "=1+1", "\u202e"])
        rows.writerows([[each[:100], each, each[:50], each[:50]] for each in said])
    result = CliRunner().invoke(voice, ["submissions", "import", str(file), "--activity", "every", "--text", "comment"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output[-500:]
    assert "Traceback" not in result.output
    assert "brought in" in result.output, result.output[-500:]
    with typed.app.app_context():
        brought = select(View.words).join(Submission, Submission.id == View.submission_id).where(Submission.way_in == "import")
        assert sum(MARK in words for words in storage.session().scalars(brought)) > 50
        storage.session().rollback()
    for path in ("/work", "/work/many", "/work/sort", "/work/search"):
        _is_text(typed.client("officer").get(path, query_string={"q": "voice"}))


# --- in a browser


def test_nothing_typed_runs_or_becomes_part_of_a_page(typed: World, browser: Browser, record_property: Tell) -> None:
    seen = made = ran = wide = 0
    wrong = []
    with served(typed.app) as port:
        for role, paths in _to_see(typed).items():
            page = _page(browser, typed, role, port)
            for path in paths:
                reply = page.goto(path, wait_until="load")
                assert reply, path
                assert reply.status < 500, path
                found = page.evaluate(MADE)
                seen, made, ran = seen + 1, made + len(found["made"]), ran + found["ran"]
                wide += found["wide"] > 0
                if found["made"] or found["ran"] or found["wide"] > 0:
                    wrong.append(f"{role} {path}: {found}")
            page.context.close()
    assert not wrong, "\n".join(wrong[:20])
    record_property("budget", f"S5: {seen} pages in Chromium, {len(payloads())} payloads: {ran} ran, {made} elements made, {wide} too wide")


def test_the_walk_that_runs_on_the_phone_shows_it_as_text(typed: World, browser: Browser) -> None:
    """There the pages are made by our script, without the server."""
    with served(typed.app) as port:
        page = _page(browser, typed, NOBODY, port, width=PHONE["width"])
        for first in range(0, len(short()), 40):
            few = short()[first : first + 40]
            said = {"a.why": "\n".join(few), "a.one_word": few[0], "a.best": "bike", "a.play": "something_else", "a.play_else": few[-1]}
            page.goto("/take-part/every?w=older")
            page.evaluate(
                "([words]) => { const form = document.querySelector('form'); for (const [name, value] of words) {"
                " const field = document.createElement('input'); field.type = 'hidden'; field.name = name; field.value = value; form.append(field); }"
                " }",
                [[[name, value] for name, value in said.items()]],
            )
            onward(page)
            while page.locator("[name=at]").count():
                onward(page)
            found = page.evaluate(MADE)
            assert found == {"ran": 0, "made": [], "wide": 0}, found
        page.context.close()


def _to_see(world: World) -> Mapping[str, Sequence[str]]:
    """Pages by role: each page once in each state of what it is about, and lists of what was typed."""
    found: dict[str, list[str]] = {}
    known = set()
    for page, what in read().items():
        for decision in decisions(page, what, world.objects):
            path = address(page, world.objects[decision.kind][decision.state])
            roles = [who for who, status in decision.expected.items() if status == 200]
            if decision.method != "GET" or not roles or path in known or page in PLAIN:
                continue
            known.add(path)
            found.setdefault(roles[0], []).append(path)
    with world.app.app_context():
        slugs = list(storage.session().scalars(select(Theme.slug).order_by(Theme.id)))
        storage.session().rollback()
    found[NOBODY] += [f"/you-said-we-did/{slug}" for slug in slugs[::6]] + ["/cy/you-said-we-did", "/ur/pledges", "/pledges?page=2"]
    found["officer"] += [f"/work/themes/{slug}" for slug in slugs[::6]] + ["/work/search?q=voice", "/work/asking/every"]
    found["board_member"] += [f"/board/{slug}" for slug in slugs[::6]]
    return found


def _page(browser: Browser, world: World, role: str, port: int, width: int = 1280) -> Page:
    address_ = f"http://127.0.0.1:{port}"
    context: BrowserContext = browser.new_context(viewport={"width": width, "height": 900}, base_url=address_)
    cookie = world.client(role).get_cookie(world.app.config["SESSION_COOKIE_NAME"])
    if cookie:
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address_}])
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    return page
