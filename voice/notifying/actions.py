"""Asking for letters, saying yes to them, stopping them. Nothing of it goes into the record: the record has ids of what was sent."""

from __future__ import annotations

import uuid

from sqlalchemy import delete, select, update

from voice.notifying.models import NewsWish
from voice.notifying.receipts import shown_on
from voice.notifying.sealing import Unreadable, Wanted, locator, seal, seen_marks, unseal, wish_id
from voice.storage import scrub_soon, session, today


def ask(submission_id: uuid.UUID, address: str, language: str) -> None:
    """This address shall hear when the receipt of this submission shows something new, once somebody who reads letters there says yes.
    Another address takes the place of the one before. `address` as `post.address_in` gives it."""
    where = locator(submission_id)
    new_id = wish_id(where, address)
    wanted = Wanted(address, language, seen_marks(where, shown_on(submission_id)))
    row = session().scalar(select(NewsWish).where(NewsWish.locator == where))
    if row is not None and row.id == new_id and row.confirmed_on is None and row.asked_on == today():
        row.sealed = seal(wanted, new_id)  # pressed twice: one letter is enough
    else:
        forget(submission_id)
        session().add(NewsWish(id=new_id, locator=where, sealed=seal(wanted, new_id)))
    session().flush()


def say_yes(wish: uuid.UUID) -> bool:
    """Whoever reads letters there wants them. Returns whether there is still anything to say yes to."""
    row = session().get(NewsWish, wish)
    if row is None or row.first_letter_on is None:
        return False
    row.confirmed_on = row.confirmed_on or today()
    session().flush()
    return True


def stop(wish: uuid.UUID) -> None:
    """No more letters of this asking; nor any that wait for a yes from the same address, so that one press ends what somebody else began."""
    row = session().get(NewsWish, wish)
    if row is None:
        return
    address = _address(row)
    waiting = session().scalars(select(NewsWish).where(NewsWish.confirmed_on.is_(None), NewsWish.id != wish)) if address else ()
    gone = [wish, *(each.id for each in waiting if _address(each) == address)]
    session().execute(delete(NewsWish).where(NewsWish.id.in_(gone)).execution_options(synchronize_session=False))
    session().expire_all()
    scrub_soon()


def forget(submission_id: uuid.UUID) -> None:
    """What was sent is taken back, or its receipt ends."""
    row = session().scalar(select(NewsWish).where(NewsWish.locator == locator(submission_id)))
    if row is not None:
        session().delete(row)
        session().flush()
        scrub_soon()


def wrote(wish: uuid.UUID, wanted: Wanted | None) -> None:
    """A letter went: the first one (None), or “there is news” with what they have been told of now."""
    kept = {"first_letter_on": today()} if wanted is None else {"told_on": today(), "sealed": seal(wanted, wish)}
    session().execute(update(NewsWish).where(NewsWish.id == wish).values(tries=0, not_before=None, **kept))


def _address(row: NewsWish) -> str:
    try:
        return unseal(row.sealed, row.id).address.casefold()
    except Unreadable:
        return ""
