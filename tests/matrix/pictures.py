"""Pictures in the states they can be in: for everybody who asks for one by its name, for the officer, and for the safeguarding lead."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from tests.making import a_member, a_picture, a_submission, an_activity, clean_picture, the
from voice import inviting, keeping, reading, safeguarding, storage
from voice.reading.models import LockedPicture, PictureMark
from voice.reading.pictures_alike import join
from voice.safeguarding.models import Screening

NOBODYS = "0" * 30
OFFICER, LEADS = frozenset({"officer"}), frozenset({"safeguarding_lead", "safeguarding_deputy"})
# By the state of a picture: its colour, and who may ever see a pixel of it; None: everybody.
COLOURS: Mapping[str, tuple[str, frozenset[str] | None]] = {
    "nobody has looked": ("#203040", OFFICER),
    "looks alike": ("#204030", OFFICER),
    "shown": ("#302040", None),
    "withheld": ("#304020", OFFICER),
    "locked": ("#402030", LEADS),
    "locked, its concern closed": ("#403020", LEADS),
    "locked, the rest taken back": ("#503020", LEADS),
    "held with its words": ("#502030", LEADS),
    "of a group of others": ("#305020", frozenset()),
    "taken back": ("#305040", frozenset()),
}
PIXELS = {state: clean_picture(colour).sizes["full"] for state, (colour, _who) in COLOURS.items()}


def of_pictures() -> dict[str, Mapping[str, str]]:
    """One picture in every state, committed."""
    ids = {state: _a_picture(state) for state in COLOURS}
    group_id = _alike(ids["nobody has looked"], ids["looks alike"])
    officer, lead = the("officer"), a_member("safeguarding_lead", email="looks@matrix.example")
    reading.show_picture(ids["shown"], "A bench", officer)
    reading.withhold_picture(ids["withheld"], "not_about_this", officer)
    for state in (each for each in ids if each.startswith("locked")):
        reading.lock_picture(ids[state], officer)
        _open_concern(ids[state], lead, close=state == "locked, its concern closed")
    safeguarding.open_concern(_held(ids["held with its words"]), lead)
    kept = keeping.pictures(ids.values())
    for state in ("taken back", "locked, the rest taken back"):
        keeping.erase(kept[ids[state]].submission_id or uuid.UUID(int=0))
    storage.commit()
    named = {state: (kept[picture_id].file, picture_id) for state, picture_id in ids.items()} | {"unknown": (NOBODYS, uuid.UUID(int=7))}
    groups = {"nobody has looked": group_id, "looks alike": group_id}
    return {
        state: {"file": file, "size": "full", "picture_id": str(picture_id), "picture_group_id": str(groups.get(state, uuid.UUID(int=7)))}
        for state, (file, picture_id) in named.items()
    }


def _a_picture(state: str) -> uuid.UUID:
    words = "My uncle hits me every night, here is where." if state == "held with its words" else "Here is a bench."
    facts = keeping.Facts(group_id=_group()) if state == "of a group of others" else None
    return a_picture(a_submission(words, facts=facts).submission_id, colour=COLOURS[state][0])


def _group() -> uuid.UUID:
    readers = (a_member("officer", email="looks-for-them@matrix.example"),)
    asked = inviting.Invitation(
        name="Young carers who draw", kind="targeted", audience="young_carers", readers=readers, expires_on=storage.today() + timedelta(days=9)
    )
    return inviting.invite(an_activity(), asked, readers[0])


def _alike(one: uuid.UUID, other: uuid.UUID) -> uuid.UUID:
    """These two look alike: the group they are in."""
    group_id = uuid.uuid4()
    for each in (one, other):
        join(each, [])
        storage.session().get_one(PictureMark, each).group_id = group_id
    return group_id


def _open_concern(picture_id: uuid.UUID, lead: uuid.UUID, *, close: bool) -> None:
    concern_id = storage.session().scalars(select(LockedPicture.concern_id).where(LockedPicture.picture_id == picture_id)).one()
    safeguarding.open_concern(concern_id, lead)
    if close:
        safeguarding.close(concern_id, lead, "referred", "Told the front door.")


def _held(picture_id: uuid.UUID) -> uuid.UUID:
    submission_id = keeping.pictures([picture_id])[picture_id].submission_id
    return storage.session().scalars(select(Screening.id).where(Screening.submission_id == submission_id, Screening.is_concern)).one()
