"""What the board heard and said."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from voice import plans, reading, understanding
from voice.reviewing.hiding import own_groups
from voice.reviewing.meeting.models import RoundTheme, VoteRound
from voice.reviewing.meeting.rules import score
from voice.reviewing.models import BoardWords, Hearing, Objection, Vote
from voice.storage import session, today

# Reasons a board may be told. What hints at a worry about someone is “another reason”: a peer might work out who.
NAMED_REASONS = ("names_someone", "could_be_known", "unkind_to_someone", "not_about_this")


@dataclass(frozen=True)
class ObjectionFacts:
    id: uuid.UUID
    words: str
    raised_on: date
    settled_on: date | None
    settlement: str | None


@dataclass(frozen=True)
class Heard:
    """A theme as the board has it; `my_vote` is the asking member's own."""

    heard_on: date | None
    words: str | None
    words_on: date | None
    my_vote: int | None
    objections: tuple[ObjectionFacts, ...]


@dataclass(frozen=True)
class Card:
    """One cleared view as the board reads it: the week and not the day, the age band and never the place beside it."""

    words: str
    language: str
    week: date
    age_band: str | None
    translation: reading.Translated | None = None

    @property
    def has_gaps(self) -> bool:
        """Whether the reader took some words out."""
        return "[…]" in self.words


@dataclass(frozen=True)
class ThemeToHear:
    """A theme on the board's list."""

    id: uuid.UUID
    slug: str
    you_said: str
    priority: str
    heard_on: date | None
    has_objection: bool


def cards(theme_id: uuid.UUID, member_id: uuid.UUID | None = None) -> list[Card]:
    """The theme's views that others may see, but for those of this member's own groups, in an order of this member's own and of this day:
    it tells neither what came first nor, laid beside another member's, who said what elsewhere."""
    return [card for _view_id, card in cards_by_view(theme_id, member_id)]


def cards_by_view(theme_id: uuid.UUID, member_id: uuid.UUID | None = None) -> list[tuple[uuid.UUID, Card]]:
    """As `cards`, each with the view it shows, which is on no page of the board's."""
    near = too_near(theme_id, member_id)
    ids = [each for each in understanding.theme_views(theme_id) if each not in near]
    shown = reading.shown(ids, with_targeted=True)
    order = sorted((each for each in ids if each in shown), key=lambda view_id: _shuffled(member_id, theme_id, view_id))
    return [(view_id, _card(shown[view_id])) for view_id in order]


def too_near(theme_id: uuid.UUID, member_id: uuid.UUID | None) -> set[uuid.UUID]:
    """Views of a theme that people of this member's own school or setting sent."""
    found: set[uuid.UUID] = reading.sent_by_groups(understanding.theme_views(theme_id), own_groups(member_id))
    return found


def _card(view: reading.ShownView) -> Card:
    return Card(view.words, view.language, view.week, view.age_band, view.translation)


def _shuffled(member_id: uuid.UUID | None, theme_id: uuid.UUID, view_id: uuid.UUID) -> bytes:
    return hashlib.sha256(f"{member_id} {today()} {theme_id} {view_id}".encode()).digest()


def held_back(theme_id: uuid.UUID) -> set[str]:
    """Why some of its views are not on the cards: reasons, never words nor how many. A worry about someone’s safety is not named."""
    return {reason if reason in NAMED_REASONS else "other" for reason in reading.withheld_reasons(understanding.theme_views(theme_id))}


def how_many_held_back(theme_id: uuid.UUID) -> int:
    """How many of its views were withheld. Exact: whoever shows it says it in steps (`counting.at_least`), frozen, and never for one theme alone."""
    return sum(reading.withheld_reasons(understanding.theme_views(theme_id)).values())


def themes_to_hear(member_id: uuid.UUID | None = None) -> list[ThemeToHear]:
    """Themes of the current plan with something on their cards: those not heard yet, oldest first, then by what matters most."""
    plan = plans.current_plan()
    found = [each for each in reversed(understanding.themes(plan.id)) if cards(each.id, member_id)] if plan else []
    titles = {each.id: each.child_title for each in plans.priorities(plan.id, closed_too=True)} if plan else {}
    heard, places = heard_on([each.id for each in found]), {each: place for place, each in enumerate(ranking([each.id for each in found]))}
    order = sorted(found, key=lambda each: (each.id in heard, places[each.id] if each.id in heard else 0))
    return [ThemeToHear(each.id, each.slug, each.you_said, titles[each.priority_id], heard.get(each.id), open_objection(each.id)) for each in order]


def review_of(theme_id: uuid.UUID, member_id: uuid.UUID) -> Heard:
    """Everything the board's page of one theme shows to one member."""
    hearing, words, mine = session().get(Hearing, theme_id), session().get(BoardWords, theme_id), session().get(Vote, (theme_id, member_id))
    return Heard(
        hearing.heard_on if hearing else None,
        words.words if words else None,
        words.written_on if words else None,
        mine.weight if mine else None,
        tuple(objections(theme_id)),
    )


def heard_on(theme_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    """The day the board heard each of these."""
    return {row.theme_id: row.heard_on for row in session().scalars(select(Hearing).where(Hearing.theme_id.in_(theme_ids)))}


def board_words(theme_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The board's own words on each of these."""
    return {row.theme_id: row.words for row in session().scalars(select(BoardWords).where(BoardWords.theme_id.in_(theme_ids)))}


def objections(theme_id: uuid.UUID) -> list[ObjectionFacts]:
    rows = session().scalars(select(Objection).where(Objection.theme_id == theme_id).order_by(Objection.raised_on, Objection.id))
    return [ObjectionFacts(row.id, row.words, row.raised_on, row.settled_on, row.settlement) for row in rows]


def open_objection(theme_id: uuid.UUID) -> bool:
    """Whether the board says “that isn’t what they said” and nobody has settled it."""
    return any(each.settled_on is None for each in objections(theme_id))


def objected(theme_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of these, the themes of which the board says “that isn’t what they said” and nobody has settled it."""
    unsettled = select(Objection.theme_id).where(Objection.theme_id.in_(theme_ids), Objection.settled_on.is_(None))
    return set(session().scalars(unsettled))


def tally(theme_id: uuid.UUID) -> int:
    """How many members have voted. How they voted is in no page."""
    return session().scalar(select(func.count()).select_from(Vote).where(Vote.theme_id == theme_id)) or 0


def ranking(theme_ids: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """These themes by what matters most to the board: by the last round that weighed them, else by what members put down by themselves. The
    tally itself stays inside."""
    weights = select(Vote.theme_id, func.avg(Vote.weight), func.count()).where(Vote.theme_id.in_(theme_ids)).group_by(Vote.theme_id)
    scored = {theme_id: (float(mean), count) for theme_id, mean, count in session().execute(weights)}
    scored |= {row.theme_id: score(row.weights or 0, row.voices or 0) for row in _weighed(theme_ids)}
    return sorted(theme_ids, key=lambda each: (scored.get(each, (0.0, 0)), str(each)), reverse=True)


def weighed_on(theme_id: uuid.UUID) -> date | None:
    """The day the last round that weighed it closed."""
    closed = [session().get_one(VoteRound, row.round_id).closed_at for row in _weighed([theme_id])]
    return max((moment.date() for moment in closed if moment), default=None)


def weighed_in(theme_id: uuid.UUID) -> uuid.UUID | None:
    """The meeting in which a round over this theme is open now."""
    rounds = select(VoteRound.meeting_id).join(RoundTheme, RoundTheme.round_id == VoteRound.id)
    return session().scalar(rounds.where(RoundTheme.theme_id == theme_id, VoteRound.closed_at.is_(None)).limit(1))


def _weighed(theme_ids: Collection[uuid.UUID]) -> list[RoundTheme]:
    """What rounds made of these themes, the last round last."""
    rounds = select(RoundTheme).join(VoteRound, VoteRound.id == RoundTheme.round_id)
    return list(session().scalars(rounds.where(RoundTheme.theme_id.in_(theme_ids), RoundTheme.voices.is_not(None)).order_by(VoteRound.closed_at)))
