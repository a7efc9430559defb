"""Whoever takes the database away takes no receipt with it (bar S14): not in it, nor in logs, letters, files or addresses."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import logging
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, request
from sqlalchemy import select

from tests.reading import Visitor
from tests.rooms.keeping.test_canary import words_on
from tests.rooms.listening.making import an_open_activity, to_check
from voice import keeping, safeguarding, storage
from voice.backups import databases
from voice.config import settings
from voice.extensions import db
from voice.keeping import receipts
from voice.keeping.models import Submission
from voice.workers import run_due


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Path]:
    """All that is logged at any level."""
    file = tmp_path / "log" / "all.log"
    file.parent.mkdir()
    handler, root = logging.FileHandler(file), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield file
    root.setLevel(before)
    root.removeHandler(handler)
    handler.close()


@pytest.fixture
def addresses(app: Flask) -> Iterator[list[str]]:
    """Every address that is asked for or led to, with what the browser says it came from."""
    seen: list[str] = []

    def asked() -> None:
        seen.extend((request.full_path, request.referrer or "", *(f"{name}={value}" for name, value in request.cookies.items())))

    app.before_request_funcs.setdefault(None, []).append(asked)
    yield seen
    app.before_request_funcs[None].remove(asked)


def ways_to_write(words: tuple[str, ...]) -> set[bytes]:
    """The receipt as somebody could have written it down: any two neighbours, with whatever between."""
    pairs = list(itertools.pairwise(words))
    return {f"{one}{between}{two}".encode() for one, two in pairs for between in (" ", "-", "+", "%20", ",", ", ", "_", "/", "&word=", '", "', "")}


def the_whole_way(visitor: Visitor, app: Flask) -> tuple[str, ...]:
    """Sent, looked up, marked as worrying, the leads written to, looked up wrongly, looked up again."""
    an_open_activity()
    to_check(visitor, change="my dad hits me every night and i am scared")
    page = visitor.press("Send it")
    words = words_on(page.words)
    look_up(visitor, words)
    look_up(visitor, (*words[:4], "zzzzzz"))
    look_up(visitor, words[:3])
    db.session.remove()
    run_due(app, "a worker")
    assert safeguarding.waiting() == 1
    return words


def look_up(visitor: Visitor, words: tuple[str, ...]) -> None:
    answered = visitor.client.post("/your-receipt", data={"word": list(words)}, headers={"Origin": "http://localhost"})
    assert answered.status_code == 200


def test_no_receipt_is_in_the_database_nor_beside_it(app: Flask, visitor: Visitor, told: Path, addresses: list[str], tmp_path: Path) -> None:
    words = the_whole_way(visitor, app)
    db.session.remove()
    stolen = tmp_path / "stolen"
    stolen.mkdir()
    databases.write_out(stolen)
    wanted = ways_to_write(words)
    for folder in (stolen, settings().data, told.parent):
        for file in (each for each in folder.rglob("*") if each.is_file()):
            found = {each for each in wanted if each in file.read_bytes().lower()}
            assert not found, f"{file}: {found}"
    assert len(list((settings().data / "outbox").iterdir())) >= 2
    assert len(addresses) > 10
    assert not [each for each in addresses if any(way.decode() in each.lower() for way in wanted) or sum(word in each for word in words) > 1]


def test_hashes_tell_nothing_without_the_key(app: Flask, visitor: Visitor) -> None:
    """With the words in hand, and every plain way to hash them, nobody finds the row; with the key we do."""
    words = the_whole_way(visitor, app)
    row = storage.session().scalars(select(Submission)).one()
    plain = [" ".join(words), "".join(words), "-".join(words)]
    tried = {hashlib.new(kind, each.encode()).hexdigest()[:64] for kind in ("sha256", "sha512", "sha3_256", "blake2b") for each in plain}
    tried |= {hmac.new(b"", each.encode(), "sha256").hexdigest() for each in plain}
    assert not tried & {row.receipt_hash, row.key_hash, row.payload_digest}
    assert receipts.look_up_hash(words, b"\0" * 32) != row.receipt_hash
    assert receipts.look_up_hash(words, settings().receipt_key) == row.receipt_hash
    assert keeping.find(words)


def test_a_receipt_has_bits_enough_and_the_key_lies_outside(app: Flask) -> None:
    assert len(receipts.WORDS) ** receipts.HOW_MANY >= 2**44
    guesses_a_year = 30 * 60 * 24 * 365
    assert math.log(2) * len(receipts.WORDS) ** receipts.HOW_MANY / 100_000 / guesses_a_year > 7.7  # years to one hit in two
    key = settings().receipt_key
    assert len(key) == 32
    with db.engine.connect() as connection:
        for table in db.metadata.tables.values():
            assert key.hex() not in str([tuple(row) for row in connection.execute(select(table))])
