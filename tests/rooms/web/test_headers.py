"""What replies say about themselves, what they keep, and whose forms they take."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from flask import Flask

from tests.rooms.web.conftest import Roles
from voice.web.headers import POLICY


def test_no_page_may_load_or_send_elsewhere(furnished: Flask) -> None:
    headers = furnished.test_client().get("/own").headers
    assert headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    for each in ("default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert each in POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]


def test_nothing_is_kept_unless_a_page_says_so(furnished: Flask) -> None:
    client = furnished.test_client()
    assert client.get("/own").headers["Cache-Control"] == "no-store"
    assert client.get("/no-such-page").headers["Cache-Control"] == "no-store"
    assert client.get("/same").headers["Cache-Control"] == "public, max-age=60"
    assert client.post("/same", data={}).headers["Cache-Control"] == "no-store"


def test_a_page_for_all_never_carries_a_cookie_nor_varies_by_one(furnished: Flask) -> None:
    client = furnished.test_client()
    same = client.get("/same")
    assert not same.headers.getlist("Set-Cookie")
    assert "Cookie" not in same.headers.get("Vary", "")
    assert client.get("/own").headers.getlist("Set-Cookie")  # the same session, where a page is one’s own


def test_the_real_pages_for_all_carry_none_either(app: Flask) -> None:
    for path in ("/take-part", "/your-receipt"):
        reply = app.test_client().get(path)
        assert "public" in reply.headers["Cache-Control"], path
        assert not reply.headers.getlist("Set-Cookie"), path
        assert "Cookie" not in reply.headers.get("Vary", ""), path


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_a_page_not_changed_is_not_sent_again(furnished: Flask, encoding: str) -> None:
    client = furnished.test_client()
    asking = {"Accept-Encoding": encoding} if encoding else {}
    first = client.get("/same", headers=asking)
    assert first.headers.get("Content-Encoding", "") == encoding
    again = client.get("/same", headers={**asking, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),  # an old phone that names nothing
        ({"Origin": "http://localhost"}, 200),
        ({"Referer": "http://localhost/child"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),  # a page that sends no referrer names its origin “null”
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "http://localhost.elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Referer": "https://elsewhere.example/localhost"}, 403),
    ],
)
def test_a_form_from_another_site_is_refused_kindly(furnished: Flask, headers: dict[str, str], status: int) -> None:
    reply = furnished.test_client().post("/send", headers=headers)
    assert reply.status_code == status
    if status == 403:
        assert "came from another site" in reply.text
        assert "Nothing was sent" in reply.text


def test_a_form_of_the_staff_needs_its_token(furnished: Flask, roles: Roles) -> None:
    roles.held = frozenset({"officer"})
    reply = furnished.test_client().post("/work")
    assert reply.status_code == 400
    assert "Nothing was sent" in reply.text


def test_static_files_are_kept_for_good_and_sent_small(furnished: Flask) -> None:
    client = furnished.test_client()
    with furnished.test_request_context():
        address = furnished.jinja_env.globals["asset_url"]("base.css")  # type: ignore[operator]
    plain = client.get(address)
    assert plain.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert plain.mimetype == "text/css"
    small = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert small.headers["Content-Encoding"] == "br"
    assert len(small.data) < len(plain.data) / 3
    assert client.get("/static/0000/base.css").headers["Cache-Control"] == "public, max-age=60"
    assert client.get("/static/0000/../conftest.py").status_code == 404


def test_the_last_page_needs_nothing_of_ours(furnished: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_given: object, **_named: object) -> str:
        raise OSError("no templates")

    monkeypatch.setattr("voice.web.errors.render_template", gone)
    reply = furnished.test_client().get("/broken")
    assert reply.status_code == 500
    assert "0800 1111" in reply.text
    assert not re.search(r"(?:src|href)=\"(?!tel:)", reply.text)
    style = re.search(r"<style>(.*?)</style>", reply.text, re.S)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in reply.headers["Content-Security-Policy"]
