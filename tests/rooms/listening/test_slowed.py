"""A machine far over the bound, before the real server: heard slowly, and asked to come again; a child beside it is heard at once. Bar S11."""

from __future__ import annotations

import random
import threading
import uuid
from pathlib import Path
from secrets import token_hex

from sqlalchemy import func, select

from tests.clients import OPEN, Phone, Said, a_message, prepare, serving
from voice import asking, keeping, storage
from voice.config import read_settings
from voice.extensions import db
from voice.keeping.arriving import RUSHES
from voice.keeping.models import Arrival, Submission
from voice.keeping.pacing import FAR
from voice.wiring import create_app

CHILD, BOT = "192.0.2.77", "198.51.100.23"
ALREADY = int(FAR * max(rush.many for rush in RUSHES)) + 5
LINES = 12


def much_came(data: Path) -> None:
    """So many that this machine is far over the bound."""
    app = create_app(read_settings({"VOICE_DATA": str(data)}, testing=True))
    with app.app_context():
        found = asking.activity(OPEN)
        assert found
        rows = [
            Submission(activity_id=found.id, key_hash=token_hex(32), receipt_hash=token_hex(32), payload_digest=token_hex(32), answers={})
            for _ in range(ALREADY)
        ]
        storage.session().add_all(rows)
        storage.session().flush()
        mark, rush = keeping.mark_of(BOT), uuid.uuid4()
        storage.session().add_all([Arrival(submission_id=row.id, mark=mark, burst_id=rush) for row in rows])
        storage.commit()
        db.session.remove()
        db.engine.dispose()


def send(port: int, address: str, seed: object) -> Said:
    phone = Phone(port, address=address)
    said = phone.send(a_message(random.Random(str(seed))))
    phone.hang_up()
    return said


def how_many(data: Path) -> int:
    app = create_app(read_settings({"VOICE_DATA": str(data)}, testing=True))
    with app.app_context():
        many = storage.session().scalar(select(func.count()).select_from(Submission)) or 0
        db.session.remove()
        db.engine.dispose()
    return many


def test_a_machine_is_slowed_and_a_child_beside_it_is_not(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare(data)
    much_came(data)
    environment = {"VOICE_DATA": str(data), "VOICE_FRONT_SERVERS": "1", "VOICE_PROCESSES": "1", "VOICE_THREADS": "4"}  # so that one may wait
    with serving(environment, tmp_path / "log") as server:
        assert send(server.port, BOT, "first").status == 201  # and now this process knows them
        said: list[Said] = []
        lines = [threading.Thread(target=lambda n=n: said.append(send(server.port, BOT, n))) for n in range(LINES)]
        for line in lines:
            line.start()
        child = send(server.port, CHILD, "child")
        for line in lines:
            line.join()
        slow = send(server.port, BOT, "alone")
    heard = [each for each in said if each.status == 201]
    assert child.status == 201
    assert {each.status for each in said} == {201, 429}
    assert 1 <= len(heard) <= LINES // 2
    assert slow.status == 201
    assert slow.seconds > 1.5
    assert how_many(data) == ALREADY + 1 + len(heard) + 1 + 1
