"""Nothing anybody wrote, and nothing of their machine, comes into a log (P11)."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from sqlalchemy import text

from voice.storage import session
from voice.web.access import open_to_all
from voice.web.logs import WithoutWords

CANARY = "a-word-a-child-wrote"


@pytest.fixture
def broken(app: Flask) -> Flask:
    """A database that refuses a row names its values in the error, and an error may have another as its cause."""

    def handler() -> str:
        try:
            session().execute(text("SELECT nowhere FROM lease WHERE job = :words"), {"words": CANARY})
        except Exception as error:
            raise ValueError(CANARY) from error
        return ""

    return_to = app.view_functions["publishing.privacy"]
    app.view_functions["publishing.privacy"] = open_to_all(handler)
    yield app
    app.view_functions["publishing.privacy"] = return_to


def test_a_page_that_breaks_logs_no_word_no_address_and_no_browser(broken: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.setFormatter(WithoutWords())
    with caplog.at_level(logging.DEBUG, logger="voice"):
        reply = broken.test_client().get(f"/privacy?said={CANARY}", headers={"User-Agent": CANARY}, environ_base={"REMOTE_ADDR": "192.0.2.77"})
    assert reply.status_code == 500
    assert "a page broke: ValueError" in caplog.text
    assert "sqlalchemy.exc" in caplog.text
    for never in (CANARY, "192.0.2.77", "said="):
        assert never not in caplog.text


def test_the_servers_own_log_is_written_this_way(app: Flask) -> None:
    from flask.logging import default_handler

    assert isinstance(default_handler.formatter, WithoutWords)
