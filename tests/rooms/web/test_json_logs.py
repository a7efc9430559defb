"""The log as JSON: one object a line, a line for each request, and nothing of who asked or what was said."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from flask import Flask, abort

from voice.config import WrongSetting, read_settings
from voice.web.access import open_to_all
from voice.web.logs import AsJson
from voice.web.timing import Answered, Timed, _write

CANARY = "zinnober-canary"


@pytest.fixture
def heard() -> Iterator[StringIO]:
    caught, ours = StringIO(), logging.getLogger("voice")
    handler = logging.StreamHandler(caught)
    handler.setFormatter(AsJson())
    ours.addHandler(handler)
    before = ours.level
    ours.setLevel(logging.INFO)
    yield caught
    ours.setLevel(before)
    ours.removeHandler(handler)


def _lines(caught: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in caught.getvalue().splitlines()]


def test_a_line_for_each_request_names_the_page_and_nobody(heard: StringIO) -> None:
    app, met = Flask("one"), list[Answered]()

    @app.get("/said/<words>")
    @open_to_all
    def said(words: str) -> str:
        return words if words != "gone" else abort(410)

    app.wsgi_app = Timed(app.wsgi_app, (_write, met.append))  # type: ignore[method-assign]
    client = app.test_client()
    told: dict[str, Any] = {"headers": {"User-Agent": CANARY, "X-Forwarded-For": "192.0.2.77", "Referer": f"https://{CANARY}.example"}}
    for path, method in ((f"/said/{CANARY}?q={CANARY}", "GET"), (f"/{CANARY}", "GET"), ("/said/gone", "GET"), ("/said/x", CANARY.upper())):
        client.open(path, method=method, environ_base={"REMOTE_ADDR": "192.0.2.77"}, **told)
    lines = _lines(heard)
    assert [(each["page"], each["method"], each["status"]) for each in lines] == [
        ("said", "GET", 200),
        ("", "GET", 404),
        ("said", "GET", 410),
        ("", "OTHER", 405),
    ]
    assert all(set(each) == {"time", "level", "part", "process", "event", "page", "method", "status", "ms"} for each in lines)
    assert CANARY not in heard.getvalue().lower()
    assert "192.0.2" not in heard.getvalue()
    assert [each.status for each in met] == [200, 404, 410, 405]
    assert all(0 <= each.seconds < 5 for each in met)


def test_an_error_is_its_kinds_and_places_and_never_its_message(heard: StringIO) -> None:
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as wrong:
            raise ValueError(CANARY) from wrong
    except ValueError:
        logging.getLogger("voice").exception("a page broke: %s", "ValueError")
    (line,) = _lines(heard)
    assert [each["kind"] for each in line["errors"]] == ["builtins.ValueError", "builtins.KeyError"]
    assert "test_json_logs.py:" in line["errors"][0]["at"][-1]
    assert line["level"] == "error"
    assert CANARY not in heard.getvalue()


def test_what_another_library_says_is_told_by_its_place_alone() -> None:
    record = logging.LogRecord("sqlalchemy.pool", logging.WARNING, "/lib/pool.py", 7, "refused %s", (CANARY,), None, "check")
    line = json.loads(AsJson().format(record))
    assert line["event"] == "said something at /lib/pool.py:7 in check"
    assert CANARY not in json.dumps(line)


def test_only_two_ways_to_write_it(tmp_path: Any) -> None:
    with pytest.raises(WrongSetting, match="VOICE_LOGS"):
        read_settings({"VOICE_DATA": str(tmp_path), "VOICE_LOGS": "xml"})
