"""What we tell partners works as it stands there."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path

from flask import Flask

from tests.making import an_activity
from tests.rooms.listening.making import people_to_read
from tests.rooms.listening.test_api import post, refused
from voice import storage
from voice.contacting.models import ContactRequest
from voice.contacting.rules import DOORS, LONGEST, WAYS
from voice.listening.api import REFUSALS
from voice.listening.messages import CONTACT, FIELDS

GUIDE = (Path(__file__).resolve().parents[3] / "docs/api.md").read_text(encoding="utf-8")


def test_the_example_in_the_guide_is_taken_and_refused_as_it_says(app: Flask) -> None:
    people_to_read()
    an_activity()
    body = json.loads(re.findall(r"--data '(.*?)'", GUIDE, flags=re.S)[0])
    reply, door, problem = (json.loads(each) for each in re.findall(r"```json\n(.*?)```", GUIDE, flags=re.S))
    first, again = post(app, body), post(app, body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert set(first.json or {}) == set(reply)
    assert len(reply["receipt"]) == 5
    reached = post(app, {**body, **door, "key": str(uuid.uuid4())})
    assert reached.status_code == 201
    assert storage.session().query(ContactRequest).count() == 1
    assert post(app, {**body, **door, "door": "reply", "key": str(uuid.uuid4())}).status_code == 422, "how to reach someone goes with no other door"
    body["answers"]["age"]["codes"] = ["14_16", "11_13"]
    assert refused(post(app, body), 422) == problem


def test_the_guide_names_every_field_and_door() -> None:
    told = {name for row in GUIDE.splitlines() if row.startswith("| `") for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert told >= {*FIELDS, *CONTACT, "never_home"} - {"way"}, "which way a browser came is for our own pages alone"
    assert all(f"`{each}`" in GUIDE for each in (*DOORS, *WAYS))
    assert all(f"({most}" in GUIDE for most in LONGEST.values())


def test_the_guide_names_every_status_and_what_to_do() -> None:
    table = GUIDE[GUIDE.index("| Reply |") : GUIDE.index("Every refusal is")]
    told = {int(code) for row in table.splitlines() if row.startswith("|") for code in re.findall(r"\b[2-5]\d\d\b", row.split("|")[1])}
    assert told == {200, 201, 400, 403, 404, 409, 410, 413, 415, 422, 429, 500, 503}
    assert {code for code, _title, _detail in REFUSALS.values()} <= told
