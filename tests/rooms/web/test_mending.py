"""“We are mending something”, switched on by hand: everyone reads it, help goes on, nothing is taken in, and it ends by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from tests.making import member_visitor
from tests.reading import Visitor
from voice import storage
from voice.config import settings
from voice.storage.aside import MENDING, close_until
from voice.web.mending_commands import mending

pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


@pytest.fixture
def command(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    monkeypatch.setenv("VOICE_DATA", str(settings().data))
    yield lambda *words: CliRunner().invoke(mending, list(words))
    (settings().data / MENDING).unlink(missing_ok=True)


def test_everyone_reads_it_and_help_goes_on(app: Flask, command: Callable[..., Result]) -> None:
    officer = member_visitor(app, ["officer"], "officer@demo.example")
    told = command("on", "--minutes", "5")
    assert told.exit_code == 0
    assert "People see the page until" in told.output
    for path in ("/", "/take-part", "/your-receipt", "/no-such-page", "/sign-in"):
        page = Visitor(app.test_client()).open(path, 503)
        assert "We are mending something" in page.words
        assert "0800 1111" in page.words
        assert 30 <= int(page.headers["Retry-After"]) <= 600
    assert "Rydyn ni’n trwsio rhywbeth" in Visitor(app.test_client()).open("/cy/take-part", 503).words
    assert officer.client.get("/work").status_code == 503
    for path in ("/help-now", "/no-net", "/sw.js", "/healthz", "/readyz"):
        assert app.test_client().get(path).status_code == 200, path
    by_program = app.test_client().post("/api/v1/submissions", json={})
    assert (by_program.status_code, by_program.mimetype) == (503, "application/problem+json")
    assert command("off").output == "People are let in again.\n"
    assert app.test_client().get("/take-part").status_code == 200
    assert command("off").output == "Nobody was kept out.\n"


def test_what_was_typed_stays_and_goes_again(app: Flask, command: Callable[..., Result]) -> None:
    command("on")
    client = app.test_client()
    said = "two\nlines “and” <marks>"
    reply = client.post("/your-receipt", data={"word": ["apple", "bus"], "more": said})

    assert "Send it again" in reply.get_data(as_text=True)
    assert "two\nlines “and” &lt;marks&gt;" in reply.get_data(as_text=True)
    assert "Send it again" not in client.post("/sign-in", data={"passphrase": "a long walk"}).get_data(as_text=True), (
        "a passphrase is never said back"
    )


def test_it_ends_by_itself_and_a_spoilt_file_keeps_nobody_out(app: Flask, command: Callable[..., Result]) -> None:
    file: Path = settings().data / MENDING
    for moment in (storage.now() - timedelta(seconds=1), storage.now() + timedelta(days=2)):  # over; or of a clock that was wrong
        close_until(settings(), moment)
        assert app.test_client().get("/take-part").status_code == 200
    for spoilt in ("", "soon", "2026-01-01T00:00:00"):
        file.write_text(spoilt)
        assert app.test_client().get("/take-part").status_code == 200
    assert command("state").output == "People are let in.\n"
