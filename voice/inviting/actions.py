"""Inviting a group, printing its codes, letting one in."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select, update

from voice import audit
from voice.config import settings
from voice.inviting import codes
from voice.inviting.models import GroupCode, GroupReader, InvitedGroup
from voice.inviting.queries import BadCode, may_name
from voice.keeping import receipts
from voice.storage import session, today

MOST_CODES = 500
LATE = timedelta(days=30)  # a phone without a signal keeps what is final this long, and it may come in after the slip’s day


class NobodyToRead(Exception):
    """A group that is asked on purpose needs somebody who may read what it says."""


class NotYours(Exception):
    """Only those named for a group change who is."""


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A group to be asked together. `audience` and `readers` are a targeted group’s alone."""

    name: str
    kind: str
    expires_on: date
    one_use: bool = True
    audience: str | None = None
    readers: Collection[uuid.UUID] = ()
    organisation_id: uuid.UUID | None = None  # the school or setting it is of; never of a targeted group


@dataclass(frozen=True)
class Slip:
    """What is printed for one person, and kept nowhere: the code, and the receipt that will be theirs alone."""

    code: str
    words: tuple[str, ...]  # none where many share the code


@dataclass(frozen=True)
class UsedCode:
    """What a code gives its submission. `key`: the UUID it must have, where the slip has a receipt on it."""

    group_id: uuid.UUID
    key: str | None


def invite(activity_id: uuid.UUID, invitation: Invitation, by: uuid.UUID) -> uuid.UUID:
    """Make a group; it has no codes yet.

    Raises:
        NobodyToRead: a targeted group for which nobody is named.
    """
    is_targeted = invitation.kind == "targeted"
    readers = set(invitation.readers) if is_targeted else set()
    if is_targeted and not readers:
        raise NobodyToRead
    row = InvitedGroup(
        activity_id=activity_id,
        name=invitation.name,
        kind=invitation.kind,
        audience=invitation.audience if is_targeted else None,
        one_use=invitation.one_use,
        organisation_id=None if is_targeted else invitation.organisation_id,
        expires_on=invitation.expires_on,
    )
    session().add(row)
    session().flush()
    session().add_all([GroupReader(group_id=row.id, member_id=each) for each in readers])
    session().flush()
    audit.record(by, "group invited", "group", row.id)
    return row.id


def make_slips(group_id: uuid.UUID, how_many: int, by: uuid.UUID) -> list[Slip]:
    """New codes for a group, in an order that tells nothing. Only their hashes are kept: what comes back here cannot be had again.

    A code for one use each has its receipt beside it; a code for all is one code, `how_many` times, and no receipt.
    """
    if not 1 <= how_many <= MOST_CODES:
        raise ValueError(how_many)
    group = session().get_one(InvitedGroup, group_id)
    made = _fresh(how_many if group.one_use else 1)
    secret = settings().receipt_key
    session().add_all([GroupCode(code_hash=codes.code_hash(code, secret), group_id=group_id) for code in made])
    session().flush()
    audit.record(by, "codes made", "group", group_id)
    if not group.one_use:
        return [Slip(made[0], ())] * how_many
    slips = [Slip(code, receipts.words_for(codes.submission_key(code, secret), secret)) for code in made]
    secrets.SystemRandom().shuffle(slips)
    return slips


def use_code(typed: str, activity_id: uuid.UUID) -> UsedCode:
    """Let one submission in, in its own transaction: the caller keeps it under `key`, where there is one, and commits.

    The same code again gives the same key, so the same submission is kept once and another one is refused by `keeping.keep`.

    Raises:
        BadCode: no code of this activity, or its day is long over.
    """
    found = _held(typed)
    if found is None:
        raise BadCode("unknown")
    code, row, group = found
    if group.activity_id != activity_id:
        raise BadCode("unknown")
    if today() > group.expires_on + LATE:
        raise BadCode("expired")
    if not group.one_use:
        return UsedCode(group.id, None)
    row.used = True
    session().flush()
    return UsedCode(group.id, codes.submission_key(code, settings().receipt_key))


def end_codes(group_id: uuid.UUID, by: uuid.UUID) -> None:
    """No slip of this group lets anyone in from now on. Who has begun can still finish."""
    session().execute(update(GroupCode).where(GroupCode.group_id == group_id).values(used=True))
    session().expire_all()
    audit.record(by, "codes ended", "group", group_id)


def name_readers(group_id: uuid.UUID, readers: Iterable[uuid.UUID], by: uuid.UUID) -> None:
    """Say anew who may see what a targeted group says. Where everyone named has left, any officer may: words must not wait for nobody.

    Raises:
        NotYours: whoever asks may not say so.
        NobodyToRead: nobody would be left.
    """
    if not may_name(group_id, by):
        raise NotYours
    named = set(readers)
    if not named:
        raise NobodyToRead
    session().execute(delete(GroupReader).where(GroupReader.group_id == group_id))
    session().add_all([GroupReader(group_id=group_id, member_id=each) for each in named])
    session().flush()
    audit.record(by, "readers named", "group", group_id)


def _fresh(how_many: int) -> list[str]:
    """Codes that no group has."""
    made: set[str] = set()
    while len(made) < how_many:
        made.add(codes.new_code())
        if len(made) == how_many:
            hashes = {codes.code_hash(code, settings().receipt_key): code for code in made}
            made -= {hashes[each] for each in session().scalars(select(GroupCode.code_hash).where(GroupCode.code_hash.in_(hashes)))}
    return list(made)


def _held(typed: str) -> tuple[str, GroupCode, InvitedGroup] | None:
    code = codes.read_code(typed)
    row = session().get(GroupCode, codes.code_hash(code, settings().receipt_key), with_for_update=True) if code else None
    return (code, row, session().get_one(InvitedGroup, row.group_id)) if code and row else None
