"""Keep, and take back."""

from __future__ import annotations

import json
import unicodedata
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, literal, select

from voice import audit
from voice.config import settings
from voice.keeping import journal, receipts
from voice.keeping.erasers import erasers_of
from voice.keeping.models import Submission, Tombstone, View
from voice.storage import connection, new_id, put, put_once, scrub_soon, session, today

TRIES = 8  # for words nobody has; with ten million submissions the second is needed once in three million times
_GONE = select(literal(1)).where(
    select(Tombstone.key_hash).where((Tombstone.key_hash == bindparam("of_key")) | (Tombstone.receipt_hash == bindparam("of_receipt"))).exists()
)


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


@dataclass(frozen=True)
class Issued:
    """A submission’s own UUID and its receipt words, made before anything is said."""

    key: str
    words: tuple[str, ...]


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


@dataclass(frozen=True, kw_only=True)
class _Sent:
    """One submission on its way in."""

    key: str
    key_hash: str
    digest: str
    activity_id: uuid.UUID | None
    answers: Mapping[str, Any]
    said: tuple[tuple[str, str], ...]
    facts: Facts


def keep(
    key: str,
    *,
    activity_id: uuid.UUID | None,
    answers: Mapping[str, Any],
    words: Sequence[tuple[str, str]],
    facts: Facts | None = None,
    attached: Sequence[str] = (),
) -> Kept:
    """Keep one submission: its coded answers, and each thing said (question name, words) as a view.

    The same submission again (same key, same content) gives the same receipt and stores nothing. `key` is the
    submission's own UUID, made on the phone or by the check page. Without an activity it is a pledge. `attached` are the digests
    (SHA-256, hex) of what came along as files, such as pictures, as they were sent: the same words with another picture are not the same.

    Raises:
        DifferentWords: the key is known with other content.
        AlreadyTakenBack: the key was erased.
    """
    sent = _sent(key, activity_id, answers, words, facts or Facts(), attached)
    for again in range(TRIES):
        # What the database does not let in is the same again, or has words that somebody else has.
        kept = _let_in(sent, again) or _known(sent)
        if kept:
            return kept
    raise RuntimeError(f"{TRIES} receipts in a row belong to others: five words are too few for this many submissions.")


def is_known(key: str) -> bool:
    """Whether a submission of this key came in before, be it still here or taken back. ValueError when the key is not a UUID."""
    hashed = receipts.key_hash(str(uuid.UUID(key)), settings().receipt_key)
    found = select(Submission.key_hash).where(Submission.key_hash == hashed).union(select(Tombstone.key_hash).where(Tombstone.key_hash == hashed))
    return session().execute(found).first() is not None


def issue(count: int) -> list[Issued]:
    """So many new keys with their receipt words, for slips of paper and for phones that have no net while someone answers.

    Nothing is kept of them: words follow from the key, and words that are taken are not handed out. Between this and the
    keeping somebody else may get the same words, with a chance of (submissions meanwhile) / 2^45: for a slip that waits while ten
    thousand others come in, three in ten thousand million. Holding them back in a table would cost a row for every slip
    printed, and would say when a slip was made. `keep` then answers with other words, which are the ones that count.
    """
    secret = settings().receipt_key
    made: dict[str, Issued] = {}
    while len(made) < count:
        keys = [str(uuid.uuid4()) for _ in range(count - len(made))]
        new = {receipts.look_up_hash(words, secret): Issued(key, words) for key in keys for words in [receipts.words_for(key, secret)]}
        taken = _taken(new)
        made |= {hashed: issued for hashed, issued in new.items() if hashed not in taken}
    return list(made.values())


def erase(submission_id: uuid.UUID) -> None:
    """Take a submission back: its rows here, and whatever other rooms hold of it elsewhere. Published releases stay
    until the next one. The caller commits, then calls `storage.scrub()`."""
    row = session().get(Submission, submission_id)
    if row is None:
        return
    taken = journal.TakenBack(today(), row.key_hash, row.receipt_hash)
    session().add(Tombstone(key_hash=taken.key_hash, receipt_hash=taken.receipt_hash))
    forget(submission_id)
    session().expire_all()
    audit.record(None, "taken back", "submission", submission_id)
    journal.write(settings().taken_back, taken)


def take_back_again(taken: Iterable[journal.TakenBack]) -> int:
    """After a restore: everything taken back before goes again, and none can be sent again. Returns how many had come back."""
    written = {each.key_hash for each in journal.read(settings().taken_back)}
    gone = 0
    for each in taken:
        row = session().scalar(select(Submission).where(Submission.key_hash == each.key_hash))
        if row is not None:
            submission_id = row.id
            forget(submission_id)
            session().expire_all()
            audit.record(None, "taken back again after a restore", "submission", submission_id)
            gone += 1
        if session().get(Tombstone, each.key_hash) is None:
            session().add(Tombstone(key_hash=each.key_hash, receipt_hash=each.receipt_hash, erased_on=each.day))
            session().flush()
        if each.key_hash not in written:
            journal.write(settings().taken_back, each)
            written.add(each.key_hash)
    return gone


def forget(submission_id: uuid.UUID) -> None:
    """Every room forgets it. Whoever calls leaves the tombstone, and expires what the session has read of it."""
    view_ids = tuple(session().scalars(select(View.id).where(View.submission_id == submission_id)))
    erasers_of().run(submission_id, view_ids)
    session().flush()
    session().execute(delete(Submission).where(Submission.id == submission_id).execution_options(synchronize_session=False))
    scrub_soon()


def _sent(
    key: str, activity_id: uuid.UUID | None, answers: Mapping[str, Any], words: Sequence[tuple[str, str]], facts: Facts, attached: Sequence[str]
) -> _Sent:
    secret = settings().receipt_key
    key = str(uuid.UUID(key))
    said = tuple((question, unicodedata.normalize("NFC", text)) for question, text in words)
    return _Sent(
        key=key,
        key_hash=receipts.key_hash(key, secret),
        digest=receipts.payload_digest(_canonical(activity_id, answers, said, facts, attached), secret),
        activity_id=activity_id,
        answers=answers,
        said=said,
        facts=facts,
    )


def _canonical(
    activity_id: uuid.UUID | None, answers: Mapping[str, Any], said: Sequence[tuple[str, str]], facts: Facts, attached: Sequence[str] = ()
) -> bytes:
    """What makes two submissions the same. Facts that came later are in it only where they were given, so that what was kept
    before them is still known. The way in is not: the same words by another way are the same words."""
    content: list[Any] = [str(activity_id), answers, said, facts.age_band, facts.place, facts.speaker, facts.may_be_quoted]
    later = {"wording": facts.wording, "group": facts.group_id and str(facts.group_id), "attached": list(attached)}
    given = {name: value for name, value in later.items() if value}
    return json.dumps([*content, given] if given else content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _known(sent: _Sent) -> Kept | None:
    if session().get(Tombstone, sent.key_hash):
        raise AlreadyTakenBack
    row = session().scalar(select(Submission).where(Submission.key_hash == sent.key_hash))
    if row is None:
        return None
    if row.payload_digest != sent.digest:
        raise DifferentWords
    view_ids = tuple(session().scalars(select(View.id).where(View.submission_id == row.id).order_by(View.question)))
    return Kept(submission_id=row.id, view_ids=view_ids, words=_words_of(sent.key, row.receipt_hash), is_new=False)


def _let_in(sent: _Sent, again: int) -> Kept | None:
    """Keep what is not known, by the words that come `again`; None where the key or the words were there before.

    Two keys may have the same five words: among ten million submissions it is to be expected once. The words of a child who comes
    second must not be lost for it, nor may one receipt open two submissions. So the words are derived again, with a counter beside
    the key, until they are free. The counter is stored nowhere: it is found again from the hash in the row (`_words_of`), so the
    same key has the same receipt for good, whatever comes and goes beside it.
    """
    receipt = receipts.words_for(sent.key, settings().receipt_key, again)
    row, on = _row(sent, receipt), connection()
    if not put_once(Submission, row, on):
        return None
    # Only now, as somebody may have taken it back while this waited for the same key.
    if on.execute(_GONE, {"of_key": sent.key_hash, "of_receipt": row["receipt_hash"]}).first():
        on.execute(delete(Submission).where(Submission.id == row["id"]))
        return None
    return Kept(submission_id=row["id"], view_ids=_put_views(row, sent.said, on), words=receipt, is_new=True)


def _words_of(key: str, receipt_hash: str) -> tuple[str, ...]:
    """The words that were given for this key: those whose hash is the row's."""
    secret = settings().receipt_key
    for again in range(TRIES):
        words = receipts.words_for(key, secret, again)
        if receipts.look_up_hash(words, secret) == receipt_hash:
            return words
    raise RuntimeError("This submission has a receipt that its key does not give.")


def _taken(hashes: Iterable[str]) -> set[str]:
    """Those of these receipts that belong to somebody, kept or taken back."""
    wanted = list(hashes)
    kept = select(Submission.receipt_hash).where(Submission.receipt_hash.in_(wanted))
    gone = select(Tombstone.receipt_hash).where(Tombstone.receipt_hash.in_(wanted))
    return set(session().scalars(kept.union_all(gone)))


def _row(sent: _Sent, receipt: tuple[str, ...]) -> dict[str, Any]:
    facts = sent.facts
    return {
        "id": new_id(),
        "purpose": "answers" if sent.activity_id else "pledge",
        "activity_id": sent.activity_id,
        "key_hash": sent.key_hash,
        "receipt_hash": receipts.look_up_hash(receipt, settings().receipt_key),
        "payload_digest": sent.digest,
        "received_on": facts.received_on,
        "way_in": facts.way_in,
        "wording": facts.wording,
        "group_id": facts.group_id,
        "language": facts.language,
        "answers": dict(sent.answers),
        "age_band": facts.age_band,
        "place": facts.place,
        "speaker": facts.speaker,
        "may_be_quoted": facts.may_be_quoted,
        "is_unlinked": False,
    }


def _put_views(row: Mapping[str, Any], said: Sequence[tuple[str, str]], on: Connection) -> tuple[uuid.UUID, ...]:
    shared = {"submission_id": row["id"], "language": row["language"], "received_on": row["received_on"]}
    views = [{"id": new_id(), "question": name, "words": words, **shared} for name, words in said]
    put(View, *views, on=on)
    return tuple(view["id"] for view in views)
