"""Nobody at the child’s side can tell that an answer worried us: two hundred that did and two hundred that did not, byte for byte."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.conftest import Ground
from tests.rooms.listening.making import an_open_activity
from tests.rooms.safeguarding.alike import Again, Reply, look, send, texts
from voice import storage
from voice.safeguarding.models import Screening

PAIRS = 200
pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


def test_what_comes_back_is_the_same_to_the_byte(app: Flask, ground: Ground, record_property: Any) -> None:
    an_open_activity()
    again = Again(ground.folder)
    different = 0
    for pair in texts(PAIRS):
        key, seen, worried = str(uuid.uuid4()), list[list[Reply]](), []
        for words in pair:
            again.begin()
            sent = send(app, key, words)
            worried.append(storage.session().query(Screening).one().is_concern)
            storage.session().rollback()
            receipt = [each.get_text().strip() for each in BeautifulSoup(sent[2], "html.parser").select(".receipt li")]
            assert len(receipt) == 5
            seen.append(
                [sent, look(app, receipt), look(app, receipt, "/your-receipt/take-back"), look(app, receipt, "/your-receipt/take-back", sure="yes")]
            )
        assert worried == [True, False]
        assert [status for status, _headers, _body in seen[0]] == [200] * 4
        different += seen[0] != seen[1]
    assert different == 0
    record_property("budget", f"G3: {PAIRS} pairs under the same key, sent, looked up, asked back and taken back: {different} differ by a byte")
