"""How long it takes to be back after everything was lost (bar R8: within an hour), printed by `make bench`."""

from __future__ import annotations

import random
import tempfile
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert

from tests.making import an_activity, the
from voice import keeping, storage
from voice.backups import let_in, make, restore
from voice.config import key_file, read_settings, settings
from voice.keeping import receipts
from voice.keeping.models import Submission, View
from voice.keeping.workers import BATCH, carry_out
from voice.reading.models import Reading
from voice.safeguarding.models import Screening
from voice.storage import migrate
from voice.wiring import create_app

SUBMISSIONS = 20_000
TAKEN_BACK = 50
WORDS = (
    "bus",
    "late",
    "dark",
    "park",
    "club",
    "school",
    "lunch",
    "teacher",
    "help",
    "friend",
    "walk",
    "home",
    "library",
    "road",
    "money",
    "we",
    "need",
    "more",
)


def main() -> None:
    """Fill, back up, take some back, lose everything, restore, let go of what is past its day."""
    app = _installation()
    with app.app_context():
        migrate.upgrade()
        _fill(SUBMISSIONS)
        made = make(settings().data)
        storage.commit()
        size = made.size / 1e6
        print(f"  backup of {SUBMISSIONS} submissions ({sum(made.rows.values())} rows, {size:.1f} MB), read back: {made.seconds:.1f} s")
        _take_some_back()
        key, journal = key_file(settings().backup_key), settings().taken_back
        receipts = (settings().data / "receipt.key").read_bytes()
    there = _installation(receipts)
    with there.app_context():
        done = restore(made.file, key, [journal])
        storage.commit()
        let_in()
        print(f"  restore on an empty machine, checked, {done.taken_back} taken back again: {done.seconds:.1f} s (bar: 3600 s)")
        begun = time.perf_counter()
        gone = sum(carry_out(storage.today() + timedelta(days=400), longest=20)[name] for name in ("receipts", "answers"))
        print(f"  letting go of what is past its day: {gone / (time.perf_counter() - begun):.0f} submissions a second, {BATCH} in one transaction")


def _installation(receipt_key: bytes | None = None) -> Flask:
    folder = Path(tempfile.mkdtemp(prefix="voice-bench-"))
    if receipt_key:
        (folder / "receipt.key").write_bytes(receipt_key)
    return create_app(read_settings({"VOICE_DATA": str(folder)}))


def _fill(count: int) -> None:
    """Submissions with words that were screened and read, as the rows of two years are."""
    chance = random.Random(4)
    activity_id, officer = an_activity(), the("officer")
    for start in range(0, count, 1000):
        made = [_submission(activity_id) for _ in range(min(1000, count - start))]
        said = [_view(each["id"], question, chance) for each in made for question in ("would_change", "good")]
        screened = [{"submission_id": each["id"], "is_concern": False, "read_first": False, "kinds": [], "because": []} for each in made]
        read = [{"view_id": view["id"], "decision": "cleared", "read_by": officer} for view in said]
        for model, rows in ((Submission, made), (View, said), (Screening, screened), (Reading, read)):
            storage.session().execute(insert(model), rows)
        storage.commit()


def _submission(activity_id: uuid.UUID) -> dict[str, Any]:
    key, secret = str(uuid.uuid4()), settings().receipt_key
    words = receipts.look_up_hash(receipts.words_for(key, secret), secret)
    hashes = {"key_hash": receipts.key_hash(key, secret), "receipt_hash": words, "payload_digest": receipts.payload_digest(key.encode(), secret)}
    return {"id": storage.new_id(), "activity_id": activity_id, "answers": {"safe": ["very_safe"]}, "age_band": "11_13", **hashes}


def _view(submission_id: uuid.UUID, question: str, chance: random.Random) -> dict[str, Any]:
    return {"id": storage.new_id(), "submission_id": submission_id, "question": question, "words": " ".join(chance.choices(WORDS, k=20))}


def _take_some_back() -> None:
    for submission_id in storage.session().query(Submission.id).limit(TAKEN_BACK).all():
        keeping.erase(submission_id[0])
    storage.commit()
    storage.scrub()


if __name__ == "__main__":
    main()
