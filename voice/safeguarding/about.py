"""Whom a concern is about, so that it never comes to them: not in a list, a count, an alert or a search.

A row names a member, or a team or setting by its name. A member belongs to the groups they are named for, to their organisation and to
the team of each role they hold. Where only the words name an organisation, it is kept from its own people alone, and not from whoever reads a
group of that place: young people name their school when they speak of its bus. The council itself is no setting: kept from all of its people,
it would be read by nobody. Teams and people of it can be named.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, or_, select

from voice import identity, storage
from voice.identity.models import Member, MemberRole
from voice.inviting.models import GroupReader, InvitedGroup
from voice.safeguarding.models import ConcernAbout, Screening
from voice.safeguarding.rules import Said, names, same_setting
from voice.storage import session

COUNCIL = "council"  # among the kinds of organisations


def concerns_about(member_id: uuid.UUID) -> Select[uuid.UUID]:
    """Ids of the concerns that this member must know nothing of."""
    named = _settings_named()
    by_somebody = [setting for setting, is_said in named if is_said and _belongs(member_id, setting)]
    by_words = [setting for setting, is_said in named if not is_said and _comes_from(member_id, setting)]
    theirs = or_(
        ConcernAbout.member_id == member_id,
        and_(ConcernAbout.said_by.is_not(None), ConcernAbout.setting.in_(by_somebody)),
        and_(ConcernAbout.said_by.is_(None), ConcernAbout.setting.in_(by_words)),
    )
    return select(ConcernAbout.concern_id).where(theirs)


def submissions_about(member_id: uuid.UUID | None) -> Select[uuid.UUID | None]:
    """Submissions that this member never reads, not even once their concern is closed; none where nobody in particular asks."""
    wanted = select(Screening.submission_id).where(Screening.submission_id.is_not(None))
    return wanted.where(Screening.id.in_(concerns_about(member_id))) if member_id else wanted.where(Screening.id.is_(None))


def not_for(concern_ids: Collection[uuid.UUID], people: Iterable[uuid.UUID]) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """For each of these concerns, which of these people it is about."""
    rows = session().scalars(select(ConcernAbout).where(ConcernAbout.concern_id.in_(concern_ids))).all()
    found: dict[uuid.UUID, set[uuid.UUID]] = {each: set() for each in concern_ids}
    for row in rows:
        found[row.concern_id] |= {each for each in people if _is_about(row, each)}
    return {each: frozenset(them) for each, them in found.items()}


def write_about(concern_id: uuid.UUID, said: Sequence[str], by: uuid.UUID | None = None) -> None:
    """These names are whom it is about: members where their name is among them, else teams or settings as they stand."""
    for each in (" ".join(line.split())[:120] for line in said):
        if len(each) < 3:
            continue
        members = [member_id for member_id, name in _people() if names(each, name)]
        for member_id in members:
            _add(concern_id, by, member_id=member_id)
        if not members:
            _add(concern_id, by, setting=each)
    session().flush()


@dataclass(frozen=True)
class Named:
    """Members and settings whose name stands in what was said."""

    members: tuple[uuid.UUID, ...]
    settings: tuple[str, ...]


def named_in(texts: Sequence[str]) -> Named:
    """Members and organisations whose name stands in what was said: it may be about them, so it goes past them. Looked for in everything
    that comes in, whether it worries us or not. Somebody new is known to every process within two seconds (`storage.lately`)."""
    said, (people, places) = Said("\n".join(texts)), storage.lately("names that are kept from their own", _known)
    return Named(tuple(member_id for member_id, name in people if said.names(name)), tuple(name for name in places if said.names_setting(name)))


def write_named(concern_id: uuid.UUID, named: Named) -> None:
    """It is about these, as far as the words say."""
    for member_id in named.members:
        _add(concern_id, None, member_id=member_id)
    for setting in named.settings:
        _add(concern_id, None, setting=setting)


def names_of_about(concern_id: uuid.UUID) -> list[str]:
    """Whom it is about, for those who may open it."""
    rows = session().scalars(select(ConcernAbout).where(ConcernAbout.concern_id == concern_id).order_by(ConcernAbout.at, ConcernAbout.id))
    people = ((row, identity.person(row.member_id) if row.member_id else None) for row in rows)
    return list(dict.fromkeys(person.name if person else row.setting or "" for row, person in people))


def _add(concern_id: uuid.UUID, by: uuid.UUID | None, *, member_id: uuid.UUID | None = None, setting: str | None = None) -> None:
    there = select(ConcernAbout.id).where(ConcernAbout.concern_id == concern_id)
    if by:  # what a person says counts for more than that a name stands in the words: the LADO is to be told
        there = there.where(ConcernAbout.said_by.is_not(None))
    same = ConcernAbout.member_id == member_id if member_id else ConcernAbout.setting == setting
    if session().scalar(there.where(same)) is None:
        session().add(ConcernAbout(concern_id=concern_id, member_id=member_id, setting=setting, said_by=by))
        session().flush()


def _known() -> tuple[list[tuple[uuid.UUID, str]], list[str]]:
    return _people(), [place.name for place in identity.organisations() if place.kind != COUNCIL]


def _people() -> list[tuple[uuid.UUID, str]]:
    """Adults who sign in. Board members are young people: they see no raw words anyway."""
    staff = select(MemberRole.member_id).where(MemberRole.role != "board_member")
    found = session().execute(select(Member.id, Member.name).where(Member.id.in_(staff), Member.closed_at.is_(None)).order_by(Member.id))
    return [(member_id, name) for member_id, name in found]


def _settings_named() -> list[tuple[str, bool]]:
    """Each setting a concern is about, with whether somebody said so or it stands in the words."""
    said = ConcernAbout.said_by.is_not(None)
    found = session().execute(select(ConcernAbout.setting, said).where(ConcernAbout.setting.is_not(None)).distinct())
    return [(setting, bool(is_said)) for setting, is_said in found if setting]


def _is_about(row: ConcernAbout, member_id: uuid.UUID) -> bool:
    if row.setting is None:
        return row.member_id == member_id
    return _belongs(member_id, row.setting) if row.said_by else _comes_from(member_id, row.setting)


def _comes_from(member_id: uuid.UUID, setting: str) -> bool:
    place = identity.organisation_of(member_id)
    return place is not None and place.kind != COUNCIL and same_setting(setting, place.name)


def _belongs(member_id: uuid.UUID, setting: str) -> bool:
    groups = session().scalars(select(InvitedGroup.name).join(GroupReader).where(GroupReader.member_id == member_id))
    if any(same_setting(setting, each) for each in groups) or _comes_from(member_id, setting):
        return True
    person, teams = identity.person(member_id), identity.role_names()
    return person is not None and any(str(teams[role]).casefold() == setting.casefold() for role in person.roles)
