"""A board member hears a theme of its own in some cards: proposing it, and what an officer makes of it. Who proposed it is on no page."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select

from voice import audit, reading, understanding
from voice.reviewing.models import ThemeProposal, ThemeProposalView
from voice.reviewing.queries import Card, cards_by_view
from voice.storage import session, today

SHOWN = 20  # settled ones that the board still finds


class AlreadySettled(Exception):
    """Somebody made something of it already."""


class NoCards(Exception):
    """A proposal names at least one card, and of these none may be seen any more."""


@dataclass(frozen=True)
class Marked:
    """A card with the mark by which a form names it: of this member alone, and not the view’s own number."""

    mark: str
    card: Card


@dataclass(frozen=True)
class Proposal:
    id: uuid.UUID
    theme_id: uuid.UUID
    words: str
    proposed_on: date
    outcome: str | None  # made, joined, declined
    reason: str | None
    became: understanding.ThemeSentence | None


def marked_cards(theme_id: uuid.UUID, member_id: uuid.UUID) -> list[Marked]:
    """The cards of a theme as this member may see them."""
    return [Marked(_mark(member_id, view_id), card) for view_id, card in cards_by_view(theme_id, member_id)]


def propose(theme_id: uuid.UUID, words: str, marks: Collection[str], by: uuid.UUID) -> uuid.UUID:
    """Keep what a member hears in these cards.

    Raises:
        NoCards: none of them may be seen by this member.
    """
    named = [view_id for view_id, _card in cards_by_view(theme_id, by) if _mark(by, view_id) in marks]
    if not named:
        raise NoCards
    row = ThemeProposal(theme_id=theme_id, words=words, proposed_by=by)
    session().add(row)
    session().flush()
    session().add_all([ThemeProposalView(proposal_id=row.id, view_id=each) for each in named])
    session().flush()
    audit.record(by, "theme proposed", "theme", theme_id)
    return row.id


def waiting() -> list[Proposal]:
    """Proposals nobody has decided about, oldest first."""
    return _proposals(ThemeProposal.outcome.is_(None))


def of_the_board() -> list[Proposal]:
    """What the board proposed: what waits, then what became of the others, newest first."""
    settled = _proposals(ThemeProposal.outcome.is_not(None))
    return [*waiting(), *sorted(settled, key=lambda each: each.proposed_on, reverse=True)[:SHOWN]]


def proposal(proposal_id: uuid.UUID) -> Proposal | None:
    return next(iter(_proposals(ThemeProposal.id == proposal_id)), None)


def views_of(proposal_id: uuid.UUID, by: uuid.UUID) -> list[reading.ShownView]:
    """The views behind its cards, as this officer may see them."""
    ids = session().scalars(select(ThemeProposalView.view_id).where(ThemeProposalView.proposal_id == proposal_id).order_by(ThemeProposalView.view_id))
    return list(reading.shown(list(ids), by).values())


def make(proposal_id: uuid.UUID, you_said: str, by: uuid.UUID, why: str | None = None) -> uuid.UUID:
    """Make it a theme, under the priority of the one its cards are in. Returns the theme.

    Raises:
        AlreadySettled: somebody decided about it.
        NoCards: none of its views may be seen now.
    """
    row = _open(proposal_id)
    views = _views(proposal_id, by)
    came_from = understanding.theme(row.theme_id)
    if came_from is None:
        raise NoCards
    made: uuid.UUID = understanding.make_theme(came_from.priority_id, you_said, views, by, came_from.place, why)
    _settle(row, "made", by, became=made)
    return made


def join(proposal_id: uuid.UUID, into_id: uuid.UUID, by: uuid.UUID) -> None:
    """Put its views to a theme that says it already.

    Raises:
        AlreadySettled, NoCards: as in `make`.
    """
    row = _open(proposal_id)
    understanding.gather(into_id, _views(proposal_id, by), by)
    _settle(row, "joined", by, became=into_id)


def decline(proposal_id: uuid.UUID, reason: str, by: uuid.UUID) -> None:
    """Say to the board why it is not taken up.

    Raises:
        AlreadySettled: somebody decided about it.
    """
    _settle(_open(proposal_id), "declined", by, reason=reason)


def _settle(row: ThemeProposal, outcome: str, by: uuid.UUID, *, became: uuid.UUID | None = None, reason: str | None = None) -> None:
    row.outcome, row.became_id, row.reason, row.settled_on, row.settled_by = outcome, became, reason, today(), by
    session().flush()
    audit.record(by, f"proposal {outcome}", "theme", became or row.theme_id)


def _open(proposal_id: uuid.UUID) -> ThemeProposal:
    row = session().scalars(select(ThemeProposal).where(ThemeProposal.id == proposal_id).with_for_update()).one()
    if row.outcome is not None:
        raise AlreadySettled
    return row


def _views(proposal_id: uuid.UUID, by: uuid.UUID) -> Sequence[uuid.UUID]:
    found = [each.id for each in views_of(proposal_id, by)]
    if not found:
        raise NoCards
    return found


def _mark(member_id: uuid.UUID, view_id: uuid.UUID) -> str:
    return hashlib.sha256(f"{member_id} {view_id}".encode()).hexdigest()[:20]


def _proposals(*conditions: ColumnElement[bool]) -> list[Proposal]:
    rows = session().scalars(select(ThemeProposal).where(*conditions).order_by(ThemeProposal.proposed_on, ThemeProposal.id)).all()
    return [Proposal(row.id, row.theme_id, row.words, row.proposed_on, row.outcome, row.reason, _became(row.became_id)) for row in rows]


def _became(theme_id: uuid.UUID | None) -> understanding.ThemeSentence | None:
    found = understanding.theme(theme_id) if theme_id else None
    return understanding.where_it_went(found) if found else None
