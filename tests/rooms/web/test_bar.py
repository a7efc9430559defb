"""The bar of a desk is remembered, and never shows what was: it is looked for again once something it was made of is written."""

from __future__ import annotations

import dataclasses
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import Ground
from tests.making import a_plan, a_view, an_activity, member_visitor, people_to_read, the
from tests.watching import act, statements
from voice import reading, storage
from voice.keeping.models import View

WAIT = re.compile(r'href="/work"[^>]*>[^<]*<span class="num">(\d+)</span>')
FEW = 15
"""Questions of a page with nothing on it, where its bar is known; the bar alone asks some forty."""


@pytest.fixture
def app(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """As it is served: without a context of its own, and with a memory."""
    monkeypatch.setitem(ground.app.extensions, "voice.settings", dataclasses.replace(ground.settings, testing=False))
    with act(ground.app):
        people_to_read()
        a_plan()
        an_activity("open-now", instrument="one-thing-i-would-change")
        a_view("The bus comes once a day.", cleared=False)
        a_view("The park is dark.", cleared=False)
    return ground.app


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    with act(app):
        return member_visitor(app, ("officer",), "officer@demo.example").client


def waiting(officer: FlaskClient) -> int:
    found = WAIT.search(officer.get("/work/mine").get_data(as_text=True))
    return int(found[1]) if found else 0


def test_the_bar_is_looked_for_once_and_again_when_something_was_read(app: Flask, officer: FlaskClient) -> None:
    with statements(app) as first:
        assert waiting(officer) == 2
    with statements(app) as again:
        assert waiting(officer) == 2
    assert len(again) <= FEW < len(first)
    with act(app):
        one = storage.session().scalars(select(View.id)).first()
        assert one
        reading.clear([one], the("officer"))
    assert waiting(officer) == 1, "in the process that wrote it shows at once"


def test_nobody_sees_the_bar_of_another(app: Flask, officer: FlaskClient) -> None:
    assert waiting(officer) == 2
    with act(app):
        owner = member_visitor(app, ("answer_owner",), "owner@demo.example").client
    page = owner.get("/work/mine").get_data(as_text=True)
    assert 'class="deskbar"' in page
    assert 'href="/work"' not in page
