"""The document programs read, held against what we do: made-up requests, right and wrong, and every reply looked at."""

from __future__ import annotations

import contextvars
import re
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings

from tests.rooms.listening.making import SHORT, an_open_activity
from voice import storage

DOCUMENT = "/api/v1/openapi.json"
EXAMPLES = 30
NAMES = [question["name"] for question in SHORT["questions"]]


@pytest.fixture
def served(app: Flask) -> Any:
    """The document as it is served, with an activity behind it that takes answers."""
    an_open_activity()
    storage.session().rollback()
    schema = contextvars.Context().run(schemathesis.openapi.from_wsgi, DOCUMENT, app=app)
    schema.hook("map_body")(about_the_open_activity)
    return schema


def about_the_open_activity(_context: object, body: Any) -> Any:
    """What is made up names an activity and questions that are there, else all of it would end at “no such activity”."""
    if isinstance(body, dict) and isinstance(body.get("activity"), str) and re.fullmatch("[a-z0-9][a-z0-9_-]*", body["activity"]):
        body = {**body, "activity": "way"}
        if isinstance(body.get("answers"), dict):
            body["answers"] = dict(zip([*NAMES, *body["answers"]], body["answers"].values(), strict=False))
    return body


schema = schemathesis.pytest.from_fixture("served")


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_reply_is_one_the_document_names(case: schemathesis.Case) -> None:
    reply = contextvars.Context().run(case.call)
    print(case.method, case.path, str(case.body)[:150], reply.status_code)
    contextvars.Context().run(case.validate_response, reply)
