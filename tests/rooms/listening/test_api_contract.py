"""The document programs read, held against what we do: made-up requests, right and wrong, and every reply looked at."""

from __future__ import annotations

import contextvars
import re
from collections.abc import Iterable
from typing import Any

import pytest
import schemathesis
import yaml
from flask import Flask
from hypothesis import HealthCheck, settings

from tests.rooms.listening.making import SHORT, an_open_activity
from voice import storage
from voice.asking import WORDINGS
from voice.listening import api, messages
from voice.web.locale import LANGUAGES
from voice.web.problems import SAYS

EXAMPLES = 30
NAMES = [question["name"] for question in SHORT["questions"]]
DOCUMENT: dict[str, Any] = yaml.safe_load(api.DOCUMENT.read_text(encoding="utf-8"))
here: dict[str, Flask] = {}


def the_application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """The application of the test that runs, in a context of its own as a server would have it."""
    return contextvars.Context().run(here["app"], environ, start)


schema = schemathesis.openapi.from_dict(DOCUMENT)
schema.app = the_application


@schema.hook
def map_body(_context: object, body: Any) -> Any:
    """What is made up names an activity and questions that are there, else all of it would end at “no such activity”."""
    if isinstance(body, dict) and isinstance(body.get("activity"), str) and re.fullmatch("[a-z0-9][a-z0-9_-]*", body["activity"]):
        body = {**body, "activity": "way"}
        if isinstance(body.get("answers"), dict):
            body["answers"] = dict(zip([*NAMES, *body["answers"]], body["answers"].values(), strict=False))
    return body


@pytest.fixture
def open_activity(app: Flask) -> None:
    an_open_activity()
    storage.session().rollback()
    here["app"] = app


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_reply_is_one_the_document_names(case: schemathesis.Case, open_activity: None) -> None:
    reply = case.call()
    print(case.method, case.path, str(case.body)[:150], reply.status_code)
    case.validate_response(reply)
