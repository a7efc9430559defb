"""The document programs read, held against what we do: made-up requests, right and wrong, and every reply looked at."""

from __future__ import annotations

import contextvars
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
import yaml
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.rooms.listening.making import an_open_activity
from tests.rooms.listening.test_api import post
from voice import storage
from voice.asking import WORDINGS
from voice.config import KNOWN_LANGUAGES
from voice.listening import api, messages
from voice.web.locale import LANGUAGES
from voice.web.problems import SAYS

EXAMPLES = 30
DOCUMENT: dict[str, Any] = yaml.safe_load(api.DOCUMENT.read_text(encoding="utf-8"))
SEND, ISSUE = DOCUMENT["paths"]["/api/v1/submissions"]["post"], DOCUMENT["paths"]["/api/v1/receipts"]["post"]
# What the questions of the open activity take: what is made up must get past “no such question” to be of use.
TAKEN = {
    "safe": {"required": ["codes"], "properties": {"codes": {"type": "array", "items": {"enum": ["very_safe", "rather_not"]}}}},
    "minutes": {"required": ["number"], "properties": {"number": {"type": "integer", "minimum": 0, "maximum": 300}}},
    "change": {"required": ["words"], "properties": {"words": {"type": "string", "maxLength": 10_000}}},
}
here: dict[str, Flask] = {}


def narrowed() -> dict[str, Any]:
    """The document, for one activity."""
    document = deepcopy(DOCUMENT)
    fields = document["components"]["schemas"]["Submission"]["properties"]
    fields["activity"] = {"enum": ["way"]}
    closed = {name: {"type": "object", "additionalProperties": False, **what} for name, what in TAKEN.items()}
    fields["answers"] = {"type": "object", "additionalProperties": False, "properties": closed}
    fields["code"] = {"type": "null"}
    return document


def the_application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """The application of the test that runs, in a context of its own as a server would have it. The client here asks for packed
    replies and cannot unpack them."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    return contextvars.Context().run(here["app"], environ, start)


schema = schemathesis.openapi.from_dict(narrowed())
schema.app = the_application


@pytest.fixture
def open_activity(app: Flask) -> Flask:
    an_open_activity()
    storage.session().rollback()
    here["app"] = app
    return app


# The document cannot say which key an envelope is sealed to, nor that a key may come with one submission only: a request to keep
# something may follow it and be refused. Whatever else follows it must be taken.
@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_reply_is_one_the_document_names(case: schemathesis.Case, open_activity: Flask) -> None:
    reply = case.call()
    case.validate_response(reply, excluded_checks=[positive_data_acceptance] if case.path.endswith("submissions") else [])


def test_the_document_names_every_address_and_no_other(app: Flask) -> None:
    ours = {(rule.rule, method.lower()) for rule in app.url_map.iter_rules() for method in rule.methods or () if rule.rule.startswith("/api/")}
    told = {(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert {each for each in ours if each[1] not in ("head", "options")} == told


def test_the_document_names_every_refusal_and_every_limit(app: Flask) -> None:
    fields = DOCUMENT["components"]["schemas"]["Submission"]["properties"]
    codes = {int(code) for code in SEND["responses"]}
    assert codes == {200, 201, 409, 410, 422, *SAYS} - {405}  # 405 is for other methods than those it names
    assert {code for code, _title, _detail in api.REFUSALS.values()} <= codes
    assert set(fields) == set(messages.FIELDS)
    assert tuple(fields["way"]["enum"]) == messages.WAYS
    assert fields["wording"]["enum"] == [*WORDINGS, None]
    assert fields["language"]["enum"] == [code for code in KNOWN_LANGUAGES if code != "qps"] == [code for code in LANGUAGES if code != "qps"]
    assert ISSUE["requestBody"]["content"]["application/json"]["schema"]["properties"]["count"]["maximum"] == messages.MOST_ISSUED
    comments = api.DOCUMENT.read_text(encoding="utf-8")
    assert all(reason in comments for reason in api.REFUSALS)


def test_words_and_numbers_at_their_limits_are_taken(open_activity: Flask) -> None:
    key = "0d9488f2-6d6c-4f0e-9a51-0f5f7b0c4e11"
    answers = {"safe": {"codes": ["very_safe"]}, "minutes": {"number": 300}, "change": {"words": "a" * 10_000}}
    replies = [post(open_activity, {"activity": "way", "key": key, "wording": wording, "answers": answers}) for wording in (None, *WORDINGS)]
    assert [reply.status_code for reply in replies] == [201, 200, 200, 200]
