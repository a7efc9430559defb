"""How long it takes to be back after everything was lost (bar R8: within an hour), printed by `make bench`."""

from __future__ import annotations

import random
import tempfile
import time
import uuid
from datetime import timedelta
from pathlib import Path

from flask import Flask

from tests.making import an_activity, the
from voice import keeping, safeguarding, storage
from voice.backups import make, restore
from voice.config import key_file, read_settings, settings
from voice.keeping.models import Submission
from voice.keeping.workers import carry_out
from voice.reading.models import Reading
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
        print(f"  restore on an empty machine, checked, {done.taken_back} taken back again: {done.seconds:.1f} s (bar: 3600 s)")
        begun = time.perf_counter()
        gone = carry_out(storage.today() + timedelta(days=1200), longest=3600)["answers"]
        print(f"  letting go of {gone} submissions past their day: {time.perf_counter() - begun:.1f} s, at most 200 in one transaction")


def _installation(receipt_key: bytes | None = None) -> Flask:
    folder = Path(tempfile.mkdtemp(prefix="voice-bench-"))
    if receipt_key:
        (folder / "receipt.key").write_bytes(receipt_key)
    return create_app(read_settings({"VOICE_DATA": str(folder)}))


def _fill(count: int) -> None:
    """Submissions with words that were screened and read, as the rows of two years are."""
    chance = random.Random(4)  # noqa: S311  # words for a measurement need no secrets
    activity_id, officer = an_activity(), the("officer")
    for start in range(0, count, 1000):
        for _ in range(min(1000, count - start)):
            _one(activity_id, officer, " ".join(chance.choices(WORDS, k=20)))
        storage.commit()
        storage.session().expunge_all()


def _one(activity_id: uuid.UUID, officer: uuid.UUID, words: str) -> None:
    facts = keeping.Facts(age_band="11_13")
    said = [("would_change", words), ("good", words)]
    kept = keeping.keep(str(uuid.uuid4()), activity_id=activity_id, answers={"safe": ["very_safe"]}, words=said, facts=facts)
    storage.session().add(safeguarding.actions.Screening(submission_id=kept.submission_id, is_concern=False, read_first=False, kinds=[], because=[]))
    storage.session().add_all([Reading(view_id=view_id, decision="cleared", read_by=officer) for view_id in kept.view_ids])


def _take_some_back() -> None:
    for submission_id in storage.session().query(Submission.id).limit(TAKEN_BACK).all():
        keeping.erase(submission_id[0])
    storage.commit()
    storage.scrub()


if __name__ == "__main__":
    main()
