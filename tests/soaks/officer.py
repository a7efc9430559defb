"""An officer in a process of their own, that may be killed at any moment: reads what waits, decides, and says each deed once it is committed.

    python -m tests.soaks.officer      (settings from the environment, as the server's)

A line is what `ledger.Deed` holds, with spaces between. Ends by itself after some minutes.
"""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Collection, Iterator
from typing import Final

from sqlalchemy import select

from tests.making import clean_picture
from tests.soaks.ledger import Deed
from voice import identity, reading, storage
from voice.config import read_settings
from voice.keeping.models import Submission, View
from voice.keeping.picture_models import Picture
from voice.wiring import create_app

LONGEST: Final = 1800.0
COVERED: Final = clean_picture("navy")
"""What they put in the place of a picture, as when faces are covered: its files are known to whoever compares."""


def main() -> None:
    chance, end = random.Random(), time.monotonic() + LONGEST
    with create_app(read_settings(testing=True)).app_context():
        by = identity.members_with("officer")[0].id
        while time.monotonic() < end:
            done = list(_views(by, chance)) + list(_pictures(by, chance))
            storage.commit()
            for deed in done:
                print(*deed, flush=True)
            time.sleep(0.02 if done else 0.2)


def _views(by: uuid.UUID, chance: random.Random) -> Iterator[Deed]:
    wanted = reading.next_to_read(6, by)
    keys = _keys_of_views(wanted)
    for view in reading.take_up(wanted, by):
        what = chance.choice(("cleared", "redacted", "withheld"))
        if what == "cleared":
            reading.clear([view], by)
        elif what == "redacted":
            reading.redact(view, "The bus [...].", reading.REASONS[0], by)
        else:
            reading.withhold(view, reading.REASONS[0], by)
        yield Deed("reading", view.hex, what, keys[view])


def _pictures(by: uuid.UUID, chance: random.Random) -> Iterator[Deed]:
    waiting = [each.id for each in reading.waiting_pictures(2, by=by)]
    keys = _keys_of_pictures(waiting)
    for each in reading.take_up_pictures(waiting, by):
        if chance.random() < 0.7:
            reading.show_picture(each.id, "a slide", by, COVERED if chance.random() < 0.6 else None)
            yield Deed("picture_look", each.id.hex, "shown", keys[each.id])
        else:
            reading.withhold_picture(each.id, reading.PICTURE_REASONS[0], by)
            yield Deed("picture_look", each.id.hex, "withheld", keys[each.id])


def _keys_of_views(views: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    read = select(View.id, Submission.key_hash).join(Submission, Submission.id == View.submission_id).where(View.id.in_(views))
    return {row[0]: row[1] for row in storage.session().execute(read)}


def _keys_of_pictures(pictures: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    read = select(Picture.id, Submission.key_hash).join(Submission, Submission.id == Picture.submission_id).where(Picture.id.in_(pictures))
    return {row[0]: row[1] for row in storage.session().execute(read)}


if __name__ == "__main__":
    main()
