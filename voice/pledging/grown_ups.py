"""Under 13 a parent or carer says yes before anybody sees a pledge: with words of their own, which come from its receipt and do not lead back to it.

They see what would stand on the wall, and nothing else: the words and the picture as a person let them through. Before that there is nothing to
see, whatever the reason; so a slip tells nobody what a child wrote to us in trust, nor that somebody is worried about it.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from flask import Flask, current_app
from sqlalchemy import select

from voice import audit, keeping, plans
from voice.config import settings
from voice.keeping import receipts
from voice.pledging.models import WITH_PICTURE, Pledge
from voice.storage import session, today

TRIES = 8
WORDS, PICTURES = "voice.pledging.words", "voice.pledging.let through"


class LetThrough(Protocol):
    """Of these pictures, those a person looked at and let through. The room where a person looks provides it."""

    def __call__(self, picture_ids: Collection[uuid.UUID]) -> Collection[uuid.UUID]: ...


@dataclass(frozen=True)
class ForGrownUp:
    """What a parent or carer is asked about."""

    pledge_id: uuid.UUID
    words: str | None  # None: there is nothing to see yet
    kind: str
    priority: str | None
    has_picture: bool  # whether one was sent with it
    picture: uuid.UUID | None  # where a person let it through
    alt: str
    ends_on: date | None
    words_agreed: bool
    picture_agreed: bool


def provide_let_through(app: Flask, let_through: LetThrough) -> None:
    app.extensions[PICTURES] = let_through


def free_words(receipt: tuple[str, ...]) -> tuple[str, ...]:
    """Words for the parent of this receipt’s owner that no other pledge has."""
    secret = settings().receipt_key
    for again in range(TRIES):
        words = receipts.grown_up_words(receipt, secret, again)
        if _of_words(words) is None:
            return words
    raise RuntimeError(f"{TRIES} slips in a row belong to others: five words are too few for this many pledges.")


def words_beside(submission_id: uuid.UUID, receipt: tuple[str, ...]) -> tuple[str, ...] | None:
    """The words for a parent, for whoever has the receipt; None where no parent need say yes."""
    pledge = session().scalar(select(Pledge).where(Pledge.submission_id == submission_id))
    if pledge is None or pledge.grown_up_hash is None:
        return None
    secret = settings().receipt_key
    tries = (receipts.grown_up_words(receipt, secret, again) for again in range(TRIES))
    return next((words for words in tries if receipts.grown_up_hash(words, secret) == pledge.grown_up_hash), None)


def find(words: Sequence[str]) -> ForGrownUp | None:
    """What these words lead to."""
    pledge = _of_words(tuple(words))
    return _seen(pledge) if pledge else None


def decide(words: Sequence[str], *, words_agreed: bool, picture_agreed: bool) -> None:
    """A parent or carer says yes or no, to the words and to the picture; or takes a yes back. What they have not seen they cannot agree to.

    The caller commits.
    """
    pledge = _of_words(tuple(words))
    if pledge is None:
        return
    seen = _seen(pledge)
    words_on = today() if words_agreed and seen.words is not None else None
    pledge.picture_agreed_on = today() if words_on and picture_agreed and seen.picture else None
    pledge.words_agreed_on = words_on
    audit.record(None, "a grown-up decided", "pledge", pledge.id)  # by whoever has the words: nobody knows who
    session().flush()


def _of_words(words: tuple[str, ...]) -> Pledge | None:
    wanted = receipts.grown_up_hash(words, settings().receipt_key)
    return session().scalar(select(Pledge).where(Pledge.grown_up_hash == wanted))


def _seen(pledge: Pledge) -> ForGrownUp:
    shown = current_app.extensions.get(WORDS)
    said = shown([pledge.view_id]).get(pledge.view_id) if shown else None
    picture = _picture(pledge)
    priority = plans.priority_by_id(pledge.priority_id) if pledge.priority_id else None
    let_through = picture is not None and said is not None and picture.id in _let_through([picture.id])
    return ForGrownUp(
        pledge.id,
        said,
        pledge.kind,
        priority.child_title if priority else None,
        picture is not None,
        picture.id if picture and let_through else None,
        picture.alt if picture and let_through else "",
        pledge.ends_on,
        pledge.words_agreed_on is not None,
        pledge.picture_agreed_on is not None,
    )


def _picture(pledge: Pledge) -> keeping.KeptPicture | None:
    if pledge.kind not in WITH_PICTURE:
        return None
    return next(iter(keeping.pictures_of([pledge.submission_id]).get(pledge.submission_id, [])), None)


def _let_through(picture_ids: Collection[uuid.UUID]) -> Collection[uuid.UUID]:
    let_through: LetThrough | None = current_app.extensions.get(PICTURES)
    return let_through(picture_ids) if let_through else ()
