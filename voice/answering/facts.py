"""What is known of an answer, put together from its rows."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import select

from voice.answering.models import Answer, AnswerFollowUp, AnswerMilestone, AnswerTheme, AnswerVersion, Verdict
from voice.answering.rules import collective
from voice.storage import session, today

Row: TypeAlias = Answer | AnswerVersion


@dataclass(frozen=True)
class WhereDecided:
    """`kind`: strategy, policy, budget or meeting. `link`: an http(s) address."""

    kind: str
    title: str
    link: str | None


@dataclass(frozen=True)
class Milestone:
    """A step on the way, and whether it was reached."""

    id: uuid.UUID
    words: str
    due_on: date
    reached_on: date | None
    why_not: str | None
    said_on: date

    @property
    def standing(self) -> str:
        """reached, not_reached, late or to_come."""
        if self.reached_on:
            return "reached"
        if self.why_not:
            return "not_reached"
        return "late" if self.due_on < today() else "to_come"


@dataclass(frozen=True)
class FollowUp:
    """What became of it. `outcome`: happened, partly or not; without `next_on` this was the end of it."""

    outcome: str
    words: str
    evidence: str | None
    why_closed: str | None
    next_on: date | None
    said_on: date


@dataclass(frozen=True)
class Earlier:
    """Words the board had, that others took the place of, with the board's verdict on them. `published_on`: none, they never went out."""

    number: int
    state: str
    words: str
    because: str | None
    instead: str | None
    evidence: str | None
    due_on: date | None
    owner_role: str
    organisation: str
    where_decided: WhereDecided | None
    sent_to_board_on: date | None
    published_on: date | None
    verdict: str | None
    follow_ups: tuple[FollowUp, ...]


@dataclass(frozen=True)
class AnswerFacts:
    """An answer to one of its themes. The days and the verdict are those of these words; `history` has the words before, oldest first.

    `published_on` is None while these words are not public; `public_since` is then the day of the words that are, where there are any.
    """

    id: uuid.UUID
    theme_id: uuid.UUID
    state: str
    words: str
    because: str | None
    instead: str | None
    evidence: str | None
    owner_role: str
    organisation: str
    answered_on: date
    due_on: date | None
    follow_up_on: date  # as these words said; `look_again_on` is the day that counts now
    sent_to_board_on: date | None
    published_on: date | None
    verdict: str | None  # the board's
    written_at: datetime | None
    number: int = 1
    theme_ids: tuple[uuid.UUID, ...] = ()
    where_decided: WhereDecided | None = None
    milestones: tuple[Milestone, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    history: tuple[Earlier, ...] = ()
    public_since: date | None = None

    @property
    def look_again_on(self) -> date | None:
        """When it is looked at again; None: it was looked at for the last time."""
        return self.follow_ups[-1].next_on if self.follow_ups else self.follow_up_on

    @property
    def followed_up_on(self) -> date | None:
        """When it was looked at last."""
        return self.follow_ups[-1].said_on if self.follow_ups else None

    @property
    def is_overdue(self) -> bool:
        """Whether the day on which we said we would look again is over, and these words are public."""
        return self.published_on is not None and self.look_again_on is not None and self.look_again_on < today()


def id_of(row: Row) -> uuid.UUID:
    return row.id if isinstance(row, Answer) else row.answer_id


@dataclass
class Around:
    """What hangs on some answers, read at once however many there are."""

    themes: dict[uuid.UUID, list[AnswerTheme]] = field(default_factory=lambda: defaultdict(list))
    versions: dict[uuid.UUID, list[AnswerVersion]] = field(default_factory=lambda: defaultdict(list))
    milestones: dict[uuid.UUID, list[AnswerMilestone]] = field(default_factory=lambda: defaultdict(list))
    follow_ups: dict[tuple[uuid.UUID, int], list[FollowUp]] = field(default_factory=lambda: defaultdict(list))
    verdicts: dict[tuple[uuid.UUID, int], list[str]] = field(default_factory=lambda: defaultdict(list))

    def verdict(self, row: Row) -> str | None:
        return collective(self.verdicts.get((id_of(row), row.number), ()))


def around(answer_ids: Collection[uuid.UUID]) -> Around:
    found = Around()
    for theme in _themes(answer_ids):
        found.themes[theme.answer_id].append(theme)
    for version in _rows(AnswerVersion, answer_ids, AnswerVersion.number):
        found.versions[version.answer_id].append(version)
    for milestone in _rows(AnswerMilestone, answer_ids, AnswerMilestone.due_on, AnswerMilestone.id):
        found.milestones[milestone.answer_id].append(milestone)
    for said in _rows(AnswerFollowUp, answer_ids, AnswerFollowUp.said_on, AnswerFollowUp.said_at):
        found.follow_ups[said.answer_id, said.number].append(
            FollowUp(said.outcome, said.words, said.evidence, said.why_closed, said.next_on, said.said_on)
        )
    for row in _rows(Verdict, answer_ids, Verdict.member_id):
        found.verdicts[row.answer_id, row.number].append(row.verdict)
    return found


def _themes(answer_ids: Collection[uuid.UUID]) -> Sequence[AnswerTheme]:
    """The one an answer was first given to comes first."""
    wanted = select(AnswerTheme).join(Answer, Answer.id == AnswerTheme.answer_id).where(AnswerTheme.answer_id.in_(answer_ids))
    order = (AnswerTheme.theme_id != Answer.theme_id, AnswerTheme.since, AnswerTheme.theme_id)
    return session().scalars(wanted.order_by(*order)).all() if answer_ids else ()


def _rows(model: Any, answer_ids: Collection[uuid.UUID], *order: Any) -> Sequence[Any]:
    return session().scalars(select(model).where(model.answer_id.in_(answer_ids)).order_by(*order)).all() if answer_ids else ()


def working(pairs: Iterable[tuple[uuid.UUID, Answer]]) -> list[AnswerFacts]:
    """Theme and answer, in its newest words: for those who write and judge."""
    rows = list(pairs)
    near = around({row.id for _theme_id, row in rows})
    return [_facts(theme_id, row, near, is_public=False) for theme_id, row in rows]


def public(pairs: Iterable[tuple[uuid.UUID, Row]]) -> list[AnswerFacts]:
    """Theme and its newest public words, with nothing beside them that is not public."""
    rows = list(pairs)
    near = around({id_of(row) for _theme_id, row in rows})
    return [_facts(theme_id, row, near, is_public=True) for theme_id, row in rows]


def _facts(theme_id: uuid.UUID, row: Row, near: Around, *, is_public: bool) -> AnswerFacts:
    answer_id = id_of(row)
    themes = [each for each in near.themes[answer_id] if not is_public or each.since <= row.number]
    since = next((each.since for each in themes if each.theme_id == theme_id), 1)
    steps = [each for each in near.milestones[answer_id] if not is_public or each.since <= row.number]
    return AnswerFacts(
        answer_id,
        theme_id,
        row.state,
        row.words,
        row.because,
        row.instead,
        row.evidence,
        row.owner_role,
        row.organisation,
        row.answered_on,
        row.due_on,
        row.follow_up_on,
        row.sent_to_board_on,
        row.published_on,
        near.verdict(row),
        row.written_at,
        row.number,
        tuple(each.theme_id for each in themes),
        where_decided(row),
        tuple(Milestone(each.id, each.words, each.due_on, each.reached_on, each.why_not, each.said_on) for each in steps),
        tuple(near.follow_ups.get((answer_id, row.number), ())),
        tuple(_earlier(each, near) for each in near.versions[answer_id] if _shows(each, row, since, is_public=is_public)),
        row.published_on or max((each.published_on for each in near.versions[answer_id] if each.published_on), default=None),
    )


def _shows(version: AnswerVersion, row: Row, since: int, *, is_public: bool) -> bool:
    """Whether a page that shows `row` shows these earlier words: to everyone only what everyone could read, and where it answered this theme."""
    if version is row:
        return False
    return not is_public or (version.published_on is not None and since <= version.number < row.number)


def _earlier(row: AnswerVersion, near: Around) -> Earlier:
    return Earlier(
        row.number,
        row.state,
        row.words,
        row.because,
        row.instead,
        row.evidence,
        row.due_on,
        row.owner_role,
        row.organisation,
        where_decided(row),
        row.sent_to_board_on,
        row.published_on,
        near.verdict(row),
        tuple(near.follow_ups.get((row.answer_id, row.number), ())),
    )


def where_decided(row: Row) -> WhereDecided | None:
    return WhereDecided(row.decided_by, row.decided_title or "", row.decided_link) if row.decided_by else None
