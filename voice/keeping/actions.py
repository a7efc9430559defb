"""Keep, and take back."""

from __future__ import annotations

import json
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from voice import audit
from voice.config import settings
from voice.keeping import receipts
from voice.keeping.erasers import erasers_of
from voice.keeping.models import Submission, Tombstone, View
from voice.storage import session, today


class DifferentWords(Exception):
    """The same submission was sent before with other words. Nothing was overwritten."""


class AlreadyTakenBack(Exception):
    """This submission was taken back; a late replay does not bring it back."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What keeping a submission gave."""

    submission_id: uuid.UUID
    view_ids: tuple[uuid.UUID, ...]
    words: tuple[str, ...]  # the receipt
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The little we keep about the sender: coarse, and only what they gave."""

    age_band: str | None = None
    place: str | None = None
    speaker: str | None = None
    may_be_quoted: bool = False
    language: str = "en"
    way_in: str = "web"
    wording: str | None = None  # which age’s words were answered, where an instrument has several
    group_id: uuid.UUID | None = None  # the group whose code was used
    received_on: date = field(default_factory=today)


def keep(
    key: str,
    *,
    activity_id: uuid.UUID | None,
    answers: Mapping[str, Any],
    words: Sequence[tuple[str, str]],
    facts: Facts | None = None,
) -> Kept:
    """Keep one submission: its coded answers, and each thing said (question name, words) as a view.

    The same submission again (same key, same content) gives the same receipt and stores nothing. `key` is the
    submission's own UUID, made on the phone or by the check page. Without an activity it is a pledge.

    Raises:
        DifferentWords: the key is known with other content.
        AlreadyTakenBack: the key was erased.
    """
    facts = facts or Facts()
    secret = settings().receipt_key
    key = str(uuid.UUID(key))
    said = tuple((question, unicodedata.normalize("NFC", text)) for question, text in words)
    key_hash = receipts.key_hash(key, secret)
    digest = receipts.payload_digest(_canonical(activity_id, answers, said, facts), secret)
    receipt = receipts.words_for(key, secret)
    known = _known(key_hash, digest, receipt)
    if known:
        return known
    row = Submission(
        purpose="answers" if activity_id else "pledge",
        activity_id=activity_id,
        key_hash=key_hash,
        receipt_hash=receipts.look_up_hash(receipt, secret),
        payload_digest=digest,
        answers=dict(answers),
        age_band=facts.age_band,
        place=facts.place,
        speaker=facts.speaker,
        may_be_quoted=facts.may_be_quoted,
        language=facts.language,
        way_in=facts.way_in,
        wording=facts.wording,
        group_id=facts.group_id,
        received_on=facts.received_on,
    )
    try:
        with session().begin_nested():
            session().add(row)
            session().flush()
    except IntegrityError:  # two sent it at the same moment: the database let one in
        found = _known(key_hash, digest, receipt)
        if found is None:
            raise
        return found
    views = [
        View(submission_id=row.id, question=question, words=text, language=facts.language, received_on=facts.received_on) for question, text in said
    ]
    session().add_all(views)
    session().flush()
    return Kept(submission_id=row.id, view_ids=tuple(view.id for view in views), words=receipt, is_new=True)


def erase(submission_id: uuid.UUID) -> None:
    """Take a submission back: its rows here, and whatever other rooms hold of it elsewhere. Published releases stay
    until the next one. The caller commits, then calls `storage.scrub()`."""
    row = session().get(Submission, submission_id)
    if row is None:
        return
    view_ids = tuple(session().scalars(select(View.id).where(View.submission_id == submission_id)))
    erasers_of().run(submission_id, view_ids)
    session().add(Tombstone(key_hash=row.key_hash, receipt_hash=row.receipt_hash))
    session().flush()
    session().execute(delete(Submission).where(Submission.id == submission_id))
    session().expire_all()
    audit.record(None, "taken back", "submission", submission_id)


def _canonical(activity_id: uuid.UUID | None, answers: Mapping[str, Any], said: Sequence[tuple[str, str]], facts: Facts) -> bytes:
    content = [str(activity_id), answers, said, facts.age_band, facts.place, facts.speaker, facts.may_be_quoted]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _known(key_hash: str, digest: str, receipt: tuple[str, ...]) -> Kept | None:
    if session().get(Tombstone, key_hash):
        raise AlreadyTakenBack
    row = session().scalar(select(Submission).where(Submission.key_hash == key_hash))
    if row is None:
        return None
    if row.payload_digest != digest:
        raise DifferentWords
    view_ids = tuple(session().scalars(select(View.id).where(View.submission_id == row.id).order_by(View.question)))
    return Kept(submission_id=row.id, view_ids=view_ids, words=receipt, is_new=False)
