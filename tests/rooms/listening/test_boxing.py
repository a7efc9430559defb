"""A feedback box on a partner's page: without cookies, with and without JavaScript, in frames of the sites that were named alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask import Flask
from playwright.sync_api import Browser, FrameLocator, expect
from sqlalchemy import select

from tests.browsing import a_browser, parsed, served
from tests.reading import Page, Visitor
from tests.rooms.listening.making import WORDS, an_open_activity, shipped
from voice import asking, keeping, storage
from voice.asking.models import Activity
from voice.keeping.models import Submission

BOX = "one-thing-i-would-change"


def a_box(*hosts: str) -> None:
    an_open_activity("box", document=shipped(BOX), embed_hosts=hosts)


def rows() -> list[tuple[str, str]]:
    storage.session().rollback()
    return [(row.way_in, row.purpose) for row in storage.session().scalars(select(Submission))]


def to_the_words(visitor: Visitor) -> Page:
    page = visitor.press("Continue", **{"a.would_change": WORDS})
    while page.soup.select("[name=at]"):
        page = visitor.press("Continue")
    assert f"“{WORDS}”" in page.words
    return visitor.press("Send it")


def test_the_question_is_there_at_once_and_the_receipt_opens_in_the_same_place(visitor: Visitor, app: Flask) -> None:
    a_box("school.example")
    page = visitor.open("/box/box")
    assert page.heading == "What is one thing you would change?"
    assert "A person on our team reads it." in page.soup.get_text()
    page = to_the_words(visitor)
    assert page.path == "/box/box/sent"
    words = [each.get_text(strip=True) for each in page.soup.select(".receipt li")]
    assert rows() == [("feedback_box", "answers")]
    assert keeping.find(words)
    assert "Set-Cookie" not in page.headers


def test_only_the_sites_that_were_named_may_show_it(visitor: Visitor, app: Flask) -> None:
    a_box("school.example", "club.example:8443")
    for page in (visitor.open("/box/box"), visitor.press("Continue", **{"a.would_change": WORDS})):
        assert page.headers["Content-Security-Policy"].endswith("frame-ancestors http://school.example http://club.example:8443")
    assert visitor.open("/take-part/box").headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")


def test_without_a_named_site_nobody_may_show_it(visitor: Visitor, app: Flask) -> None:
    a_box()
    assert visitor.open("/box/box").headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")


def test_a_longer_activity_is_no_box(visitor: Visitor, app: Flask) -> None:
    an_open_activity("way")
    visitor.open("/box/way", status=404)
    visitor.open("/box/nowhere", status=404)


def test_a_form_sent_by_the_page_around_it_keeps_nothing(visitor: Visitor, app: Flask) -> None:
    a_box("school.example")
    data = {"a.would_change": WORDS, "key": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://school.example"}, {"Origin": "null"}):
        assert visitor.client.post("/box/box/sent", data=data, headers=headers).status_code == 403
    assert rows() == []


def test_everything_that_leads_away_leaves_the_frame(visitor: Visitor, app: Flask) -> None:
    a_box("school.example")
    visitor.open("/box/box")
    page = to_the_words(visitor)
    assert page.one(".leave")["target"] == "_top"
    for link in page.soup.select("a[href^='/']"):
        assert str(link["href"]).startswith("/box/") or link["target"] == "_blank", link


@pytest.mark.parametrize("name", ["https://school.example", "school.example/page", "*", "a b", "a.example; script-src *", "x'", "", "-a.example"])
def test_what_is_no_site_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a site"):
        asking.checked_hosts("feedback_box", [name])


def test_only_a_box_goes_into_frames() -> None:
    with pytest.raises(ValueError, match="feedback box"):
        asking.checked_hosts("survey", ["school.example"])
    assert asking.checked_hosts("feedback_box", [" School.Example ", "school.example"]) == ["school.example"]


# --- in a real browser, on a page of another site

# What a browser does does not hang on the database.
on_sqlite = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


@contextmanager
def a_partner_page(inside: str) -> Iterator[str]:
    """Another site with a page that shows `inside` in a frame. Its host and port."""
    markup = f'<!doctype html><title>School</title><h1>School</h1><iframe title="Box" src="{inside}" width="600" height="700"></iframe>'.encode()

    class School(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(markup)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), School)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with served(app) as port:
        yield f"http://localhost:{port}"  # another site than 127.0.0.1, so that its cookies would be a third party's


@pytest.fixture
def chromium() -> Iterator[Browser]:
    with a_browser(["--test-third-party-cookie-phaseout"]) as browser:
        yield browser


def name_site(host: str) -> None:
    storage.session().scalars(select(Activity)).one().embed_hosts = [host]
    storage.commit()


@on_sqlite
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_child_answers_inside_the_schools_page(app: Flask, address: str, chromium: Browser, scripts: bool) -> None:
    a_box()
    with a_partner_page(f"{address}/box/box") as school:
        name_site(school)
        page = chromium.new_page(java_script_enabled=scripts)
        page.goto(f"http://{school}/")
        box = page.frame_locator("iframe")
        box.locator("textarea").fill(WORDS)
        while box.locator("[name=at]").count():
            onward(box)
        box.get_by_role("button", name="Send it").click()
        expect(box.locator(".receipt li")).to_have_count(5)
        assert not page.context.cookies()
        assert page.url == f"http://{school}/"
    assert rows() == [("feedback_box", "answers")]


@on_sqlite
def test_leaving_leaves_the_page_around_it_too(app: Flask, address: str, chromium: Browser) -> None:
    a_box()
    with a_partner_page(f"{address}/box/box") as school:
        name_site(school)
        page = chromium.new_page()
        page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
        page.goto(f"http://{school}/")
        box = page.frame_locator("iframe")
        box.locator("textarea").fill(WORDS)
        box.locator(".leave").click()
        page.wait_for_url("https://www.bbc.co.uk/weather")
        assert page.title() == "Weather"
        assert not page.frame_locator("iframe").locator("textarea").count()


@on_sqlite
def test_a_site_that_was_not_named_sees_nothing(app: Flask, address: str, chromium: Browser) -> None:
    a_box("school.example")
    with a_partner_page(f"{address}/box/box") as stranger:
        page = chromium.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
        page.goto(f"http://{stranger}/")
        page.wait_for_timeout(300)
        assert any("frame-ancestors" in each for each in refused), refused
        assert page.frame_locator("iframe").locator("textarea").count() == 0


def onward(box: FrameLocator) -> None:
    before = box.locator("h1").inner_text()
    box.locator("form .btn").click()
    expect(box.locator("h1")).not_to_have_text(before)
    parsed(box)
