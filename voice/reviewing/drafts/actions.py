"""What officers, the board and whoever wrote it do with a draft."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from voice import audit, plans
from voice.reviewing.drafts.models import BoardDraft, BoardDraftSay, BoardDraftSection, BoardDraftWords
from voice.reviewing.drafts.queries import stage_of
from voice.storage import session, today


class TooLate(Exception):
    """The draft is further than this act: it was laid before the board, closed, or answered meanwhile."""


class NothingToRead(Exception):
    """A draft without parts cannot be laid before anyone."""


class WrittenMeanwhile(Exception):
    """Somebody else of the board wrote this part since the page was opened."""


@dataclass(frozen=True)
class NewDraft:
    """What a draft is, before it has parts. `plan_id`: its parts are the priorities of this plan."""

    kind: str
    title: str
    owner_role: str
    organisation: str
    owner_id: uuid.UUID | None = None
    plan_id: uuid.UUID | None = None


def make_draft(new: NewDraft, by: uuid.UUID) -> uuid.UUID:
    """Keep a draft that nobody of the board sees yet; of a plan, with a part for each of its priorities."""
    row = BoardDraft(
        kind=new.kind,
        title=new.title,
        owner_role=new.owner_role,
        organisation=new.organisation,
        owner_id=new.owner_id,
        plan_id=new.plan_id,
        made_by=by,
    )
    session().add(row)
    session().flush()
    for place, each in enumerate(plans.priorities(new.plan_id) if new.plan_id else (), 1):
        part = BoardDraftSection(draft_id=row.id, place=place, title=each.title, words=_words_of(each), priority_id=each.id)
        session().add(part)
    session().flush()
    audit.record(by, "draft made", "draft", row.id)
    return row.id


def _words_of(priority: plans.PriorityFacts) -> str:
    """What a plan says of a priority: its sentence for children, why, and what it promises or aims for, a line each."""
    listed: Iterable[str] = (f"• {each}" for name in ("promises", "aims") for each in priority.details.get(name, ()) if isinstance(each, str))
    parts = [priority.child_sentence, str(priority.details.get("why") or "").strip(), "\n".join(listed)]
    return "\n\n".join(each for each in parts if each)


def add_section(draft_id: uuid.UUID, title: str, words: str, by: uuid.UUID) -> int:
    """One more part at the end. Returns its place.

    Raises:
        TooLate: the board has it.
    """
    _in_the_making(draft_id)
    last = session().scalar(select(func.max(BoardDraftSection.place)).where(BoardDraftSection.draft_id == draft_id)) or 0
    session().add(BoardDraftSection(draft_id=draft_id, place=last + 1, title=title, words=words))
    session().flush()
    audit.record(by, "draft part written", "draft", draft_id)
    return last + 1


def change_section(section_id: uuid.UUID, title: str, words: str, by: uuid.UUID) -> None:
    """Other words for a part. Raises TooLate."""
    row = session().get_one(BoardDraftSection, section_id)
    _in_the_making(row.draft_id)
    row.title, row.words = title, words
    session().flush()
    audit.record(by, "draft part written", "draft", row.draft_id)


def take_out_section(section_id: uuid.UUID, by: uuid.UUID) -> None:
    """One part less; those after it move up. Raises TooLate."""
    row = session().get_one(BoardDraftSection, section_id)
    _in_the_making(row.draft_id)
    draft_id = row.draft_id
    session().delete(row)
    session().flush()
    left = session().scalars(select(BoardDraftSection).where(BoardDraftSection.draft_id == draft_id).order_by(BoardDraftSection.place)).all()
    for place, each in enumerate(left, 1):
        each.place = place
        session().flush()
    audit.record(by, "draft part taken out", "draft", draft_id)


def lay(draft_id: uuid.UUID, until: date, by: uuid.UUID) -> None:
    """Lay it before the board until this day; while it is there, say another day.

    Raises:
        NothingToRead: it has no parts.
        TooLate: it went to its owner.
    """
    row = _locked(draft_id)
    if row.closed_on is not None:
        raise TooLate
    if not session().scalar(select(func.count()).select_from(BoardDraftSection).where(BoardDraftSection.draft_id == draft_id)):
        raise NothingToRead
    row.laid_on, row.until = row.laid_on or today(), until
    session().flush()
    audit.record(by, "draft laid before the board", "draft", draft_id)


def say(section_id: uuid.UUID, by: uuid.UUID, stance: str | None, words: str | None, *, held: bool) -> None:
    """What one member thinks of a part, in place of what they said before; neither stance nor words takes it back. Which stance is never recorded.

    Raises:
        TooLate: the board’s days with it are over.
    """
    section = session().get_one(BoardDraftSection, section_id)
    if stage_of(_locked(section.draft_id)) != "open":
        raise TooLate
    row = session().get(BoardDraftSay, (section_id, by))
    if stance is None and not words:
        if row is not None:
            session().delete(row)
    else:
        row = row or BoardDraftSay(section_id=section_id, member_id=by)
        same = row.words == (words or None)
        row.stance, row.words, row.said_on = stance, words or None, today()
        row.held = row.held if same and row.held is not None else held
        session().add(row)
    session().flush()


def look_at(section_id: uuid.UUID, member_id: uuid.UUID, by: uuid.UUID, *, show: bool) -> None:
    """The board’s worker lets a comment through to the board, or takes its words out."""
    row = session().get_one(BoardDraftSay, (section_id, member_id))
    row.held = False
    if not show:
        row.words = None
        if row.stance is None:
            session().delete(row)
    session().flush()
    audit.record(by, "board comment shown" if show else "board comment taken out", "draft part", section_id)


def write_words(draft_id: uuid.UUID, place: int, words: str, since: int, by: uuid.UUID) -> None:
    """What the board says together of a part (0: of the whole). `since`: which writing the page showed, 0 where there was none; what was there
    stays in the history.

    Raises:
        TooLate: the board’s days with it are over.
        WrittenMeanwhile: somebody wrote it since.
    """
    if stage_of(_locked(draft_id)) != "open":
        raise TooLate
    here = (BoardDraftWords.draft_id == draft_id, BoardDraftWords.place == place)
    newest = session().scalar(select(func.max(BoardDraftWords.number)).where(*here)) or 0
    if newest != since:
        raise WrittenMeanwhile
    session().add(BoardDraftWords(draft_id=draft_id, place=place, number=newest + 1, words=words, written_by=by))
    session().flush()
    audit.record(by, "board words on a draft written", "draft", draft_id)


def close(draft_id: uuid.UUID, by: uuid.UUID | None) -> None:
    """Send what the board says to whoever wrote it. None: its days are over and nobody pressed the button.

    Raises:
        TooLate: it is there already, or was never laid.
    """
    row = _locked(draft_id)
    if stage_of(row) not in ("open", "closing"):
        raise TooLate
    row.closed_on, row.closed_by = today(), by
    session().flush()
    audit.record(by, "draft sent to its owner", "draft", draft_id)


def answer(section_id: uuid.UUID, outcome: str, words: str, by: uuid.UUID) -> None:
    """Say of a part how it was changed, or why not. With the last part the draft is answered; an answer may be put better later.

    Raises:
        TooLate: the board still has it, or never had.
    """
    section = session().get_one(BoardDraftSection, section_id)
    row = _locked(section.draft_id)
    if stage_of(row) not in ("with_owner", "answered"):
        raise TooLate
    section.outcome, section.answer, section.answered_by = outcome, words, by
    session().flush()
    waits = select(func.count()).select_from(BoardDraftSection).where(BoardDraftSection.draft_id == row.id, BoardDraftSection.outcome.is_(None))
    if row.answered_on is None and not session().scalar(waits):
        row.answered_on = today()
        session().flush()
    audit.record(by, "draft part answered", "draft", row.id)


def _in_the_making(draft_id: uuid.UUID) -> None:
    if _locked(draft_id).laid_on is not None:
        raise TooLate


def _locked(draft_id: uuid.UUID) -> BoardDraft:
    return session().scalars(select(BoardDraft).where(BoardDraft.id == draft_id).with_for_update()).one()
