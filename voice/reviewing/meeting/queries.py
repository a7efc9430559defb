"""What a meeting is, who takes part, and what its pack holds."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from voice import counting, identity, plans, understanding
from voice.reviewing import queries as reviewing
from voice.reviewing.meeting.models import Meeting, MeetingTheme, Seat
from voice.reviewing.meeting.rules import meeting_standing
from voice.storage import session, today


@dataclass(frozen=True)
class Adult:
    """The grown-up in the room."""

    name: str
    role: str


@dataclass(frozen=True)
class MeetingFacts:
    """A meeting as the board has it. `standing`: `to_come`, `today`, `over` or `called_off`. `held_back_because` and `held_back_at_least` are as of
    the day the pack went out."""

    id: uuid.UUID
    day: date
    begins_at: time
    ends_at: time
    place: str
    chair_id: uuid.UUID
    chair: str
    adult: Adult
    standing: str
    pack_out_on: date | None
    ended_on: date | None
    held_back_because: tuple[str, ...]
    held_back_at_least: int | None
    seats: tuple[uuid.UUID, ...]
    theme_ids: tuple[uuid.UUID, ...]

    @property
    def may_write(self) -> bool:
        """Whether the board writes in it: from its pack on, until somebody says that it is over."""
        return self.pack_out_on is not None and self.ended_on is None and self.standing != "called_off"


@dataclass(frozen=True)
class Number:
    """A figure that everyone may read: what it says, and the release it is from."""

    words: str
    percent: int | None
    people: int
    activity: str
    slug: str
    published_on: date


def meeting(meeting_id: uuid.UUID) -> MeetingFacts | None:
    row = session().get(Meeting, meeting_id)
    return _facts(row) if row else None


def meetings() -> list[MeetingFacts]:
    """All of them, the newest day first."""
    rows = session().scalars(select(Meeting).order_by(Meeting.day.desc(), Meeting.begins_at.desc(), Meeting.id))
    return [_facts(row) for row in rows]


def next_meeting() -> MeetingFacts | None:
    """The one that is on, or comes first."""
    on = select(Meeting).where(Meeting.day >= today(), Meeting.ended_on.is_(None), Meeting.called_off_on.is_(None))
    row = session().scalars(on.order_by(Meeting.day, Meeting.begins_at, Meeting.id).limit(1)).first()
    return _facts(row) if row else None


def meeting_before(found: MeetingFacts) -> MeetingFacts | None:
    """The one held last before this."""
    earlier = select(Meeting).where(Meeting.day < found.day, Meeting.called_off_on.is_(None), Meeting.pack_out_on.is_not(None))
    row = session().scalars(earlier.order_by(Meeting.day.desc(), Meeting.begins_at.desc()).limit(1)).first()
    return _facts(row) if row else None


def themes_for(found: MeetingFacts, member_id: uuid.UUID) -> list[understanding.ThemeFacts]:
    """Its themes with something on their cards that this member may see; none before the pack is out."""
    return themes_seen(found.theme_ids, member_id) if found.pack_out_on else []


def themes_seen(theme_ids: Collection[uuid.UUID], member_id: uuid.UUID) -> list[understanding.ThemeFacts]:
    """Of these, in this order, those with something on their cards that this member may see."""
    return [theme for each in theme_ids if (theme := understanding.theme(each)) and reviewing.cards(each, member_id)]


def themes_to_choose() -> list[understanding.ThemeFacts]:
    """Themes of the current plan with something on their cards, newest first: for whoever makes the agenda."""
    plan = plans.current_plan()
    return [each for each in understanding.themes(plan.id) if reviewing.cards(each.id)] if plan else []


def numbers_for(theme: understanding.ThemeFacts) -> list[Number]:
    """Figures of releases alone: about how many people’s words were tied to the theme, then how the measures of its priority do."""
    found = [
        Number("", size.percent, size.people, release.activity.title, release.activity.slug, release.published_on)
        for release in counting.published_activities(theme.plan_id)
        for size in counting.tied(release, "theme")
        if size.value == str(theme.id) and size.people and release.published_on
    ]
    known = counting.readings([each.id for each in plans.measures_of(theme.plan_id, theme.priority_id)])
    return found + [Number(each.words, each.percent, each.of, each.activity, each.slug, each.published_on) for each in known.values()]


def held_back_now(theme_ids: Sequence[uuid.UUID]) -> dict[str, object]:
    """Why views of these themes are not in the pack, and how many in steps too coarse to watch one child by; the step is none where they are few."""
    because = sorted({reason for each in theme_ids for reason in reviewing.held_back(each)})
    return {"because": because, "at_least": counting.at_least(sum(reviewing.how_many_held_back(each) for each in theme_ids))}


def _facts(row: Meeting) -> MeetingFacts:
    chair, held = identity.person(row.chair_id), row.held_back or {}
    because, step = held.get("because"), held.get("at_least")
    return MeetingFacts(
        row.id,
        row.day,
        row.begins_at,
        row.ends_at,
        row.place,
        row.chair_id,
        chair.name if chair else "",
        _adult(row),
        meeting_standing(row.day, today(), ended=row.ended_on is not None, called_off=row.called_off_on is not None),
        row.pack_out_on,
        row.ended_on,
        tuple(str(each) for each in because) if isinstance(because, list) else (),
        step if isinstance(step, int) else None,
        tuple(session().scalars(select(Seat.member_id).where(Seat.meeting_id == row.id).order_by(Seat.member_id))),
        tuple(session().scalars(select(MeetingTheme.theme_id).where(MeetingTheme.meeting_id == row.id).order_by(MeetingTheme.place))),
    )


def _adult(row: Meeting) -> Adult:
    worker = identity.person(row.adult_id) if row.adult_id else None
    return Adult(worker.name, str(identity.role_names()["board_worker"])) if worker else Adult(row.adult_name or "", row.adult_role or "")
