"""Pictures in the states they can be in for everybody who asks for one by its name."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from tests.making import a_picture, a_submission
from voice import keeping, storage

NOBODYS = "0" * 30


def of_pictures() -> dict[str, Mapping[str, str]]:
    """Nobody has looked at one; one was taken back; one never was."""
    waiting, gone = (a_picture(a_submission(f"A picture is {how}.").submission_id) for how in ("waiting", "going"))
    kept = keeping.pictures([waiting, gone])
    keeping.erase(kept[gone].submission_id or uuid.UUID(int=0))
    storage.commit()
    ids = {"nobody has looked": waiting, "taken back": gone, "unknown": uuid.UUID(int=7)}
    files = {"nobody has looked": kept[waiting].file, "taken back": kept[gone].file, "unknown": NOBODYS}
    return {state: {"file": file, "size": "thumb", "picture_id": str(ids[state])} for state, file in files.items()}
