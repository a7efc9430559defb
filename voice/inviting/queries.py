"""Reading groups: what a code leads to, and who may see what a group said."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from sqlalchemy import Select, select

from voice import identity
from voice.asking.models import Activity
from voice.config import settings
from voice.inviting import codes
from voice.inviting.models import GroupCode, GroupReader, InvitedGroup
from voice.keeping.models import Submission
from voice.storage import session, today

READERS = ("officer",)  # whose queue the words come into
Reason: TypeAlias = Literal["unknown", "used", "expired"]


class BadCode(Exception):
    """This code lets nobody in; `reason` is unknown, used or expired."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class GroupFacts:
    """A group as officers see it. Nothing of its codes: how many were used is how many answered."""

    id: uuid.UUID
    activity_id: uuid.UUID
    name: str
    kind: str
    audience: str | None
    one_use: bool
    expires_on: date
    made_on: date
    readers: frozenset[uuid.UUID]
    organisation_id: uuid.UUID | None = None


def check_code(typed: str) -> str:
    """The address (slug) of the activity that a code leads to.

    Raises:
        BadCode: with its reason.
    """
    code = codes.read_code(typed)
    row = session().get(GroupCode, codes.code_hash(code, settings().receipt_key)) if code else None
    if row is None:
        raise BadCode("unknown")
    group = session().get_one(InvitedGroup, row.group_id)
    if today() > group.expires_on:
        raise BadCode("expired")
    if row.used:
        raise BadCode("used" if group.one_use else "expired")
    return session().get_one(Activity, group.activity_id).slug


def is_slip(typed: str) -> bool:
    """Whether this is a code that lets one person in, once."""
    code = codes.read_code(typed)
    row = session().get(GroupCode, codes.code_hash(code, settings().receipt_key)) if code else None
    return row is not None and session().get_one(InvitedGroup, row.group_id).one_use


def groups(activity_id: uuid.UUID) -> list[GroupFacts]:
    """The groups of an activity, newest first."""
    rows = session().scalars(
        select(InvitedGroup).where(InvitedGroup.activity_id == activity_id).order_by(InvitedGroup.made_on.desc(), InvitedGroup.name)
    )
    return [_facts(row) for row in rows]


def groups_of(organisation_id: uuid.UUID) -> list[GroupFacts]:
    """The groups of a school or setting, newest first; none that was asked on purpose."""
    theirs = (InvitedGroup.organisation_id == organisation_id, InvitedGroup.kind != "targeted")
    rows = session().scalars(select(InvitedGroup).where(*theirs).order_by(InvitedGroup.made_on.desc(), InvitedGroup.name))
    return [_facts(row) for row in rows]


def groups_of_settings() -> Select[uuid.UUID]:
    """Ids of all groups of schools and settings."""
    return select(InvitedGroup.id).where(InvitedGroup.organisation_id.is_not(None), InvitedGroup.kind != "targeted")


def names_of_groups() -> dict[uuid.UUID, str]:
    """What officers call each group, of all activities."""
    return dict(session().execute(select(InvitedGroup.id, InvitedGroup.name)).all())


def groups_with_one_code() -> Select[uuid.UUID]:
    """Ids of all groups whose one code lets in whoever knows it, any number of times."""
    return select(InvitedGroup.id).where(InvitedGroup.one_use.is_(False))


def group(group_id: uuid.UUID) -> GroupFacts | None:
    row = session().get(InvitedGroup, group_id)
    return _facts(row) if row else None


def may_read(group_id: uuid.UUID, member_id: uuid.UUID) -> bool:
    """Whether this member may see what this group said."""
    found = session().get(InvitedGroup, group_id)
    return found is not None and (found.kind != "targeted" or session().get(GroupReader, (group_id, member_id)) is not None)


def may_name(group_id: uuid.UUID, member_id: uuid.UUID) -> bool:
    """Whether this member may say who sees what a targeted group says: one who is named, or any reader where all of those have left."""
    found = group(group_id)
    readers = {each.id for each in identity.members_with(*READERS)}
    return found is not None and member_id in readers and (member_id in found.readers or not found.readers & readers)


def hidden_from(member_id: uuid.UUID | None) -> Select[uuid.UUID]:
    """Ids of the groups whose words and results this member may not see. None stands for whoever is nobody by name: all targeted ones."""
    hidden = select(InvitedGroup.id).where(InvitedGroup.kind == "targeted")
    if member_id is None:
        return hidden
    named = select(GroupReader.group_id).where(GroupReader.member_id == member_id)
    return hidden.where(InvitedGroup.id.not_in(named))


def hidden_submissions(member_id: uuid.UUID | None) -> Select[uuid.UUID]:
    """Ids of the submissions of groups that are `hidden_from` this member, for other rooms’ queries: `….not_in(this)`."""
    return select(Submission.id).where(Submission.group_id.in_(hidden_from(member_id)))


def _facts(row: InvitedGroup) -> GroupFacts:
    readers = frozenset(session().scalars(select(GroupReader.member_id).where(GroupReader.group_id == row.id)))
    return GroupFacts(
        row.id, row.activity_id, row.name, row.kind, row.audience, row.one_use, row.expires_on, row.made_on, readers, row.organisation_id
    )
