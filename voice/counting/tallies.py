"""Folding what came into the tallies, and taking out what was taken back or set aside. Tallies and the list of what is still to do
change in one transaction, so that a process that dies in the middle leaves both as they were."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, ColumnElement, Select, Text, Uuid, bindparam, case, cast, delete, exists, false, func, insert, select, true, update

from voice import asking, inviting, reading
from voice.config import settings
from voice.counting.folding import FACTS, HEARD, Cell, Sender, Sums, cells_of
from voice.counting.hearing import how_far
from voice.counting.tally_models import Counted, CountedWords, Generation, Uncounted, UncountedWords
from voice.counting.tally_rows import add_sums
from voice.keeping.models import Submission, View
from voice.reading.models import SetAside
from voice.storage import session
from voice.understanding.models import Tag, ThemeView

AT_ONCE = 1000  # submissions in one transaction: whoever sends their words meanwhile waits a quarter of a second
ALONE = 0x766F_6963  # the number of PostgreSQL's lock


class Sent(NamedTuple):
    """A submission as it is counted."""

    id: str  # as the database writes it: thousands are read at once, and making ids of them takes longer than counting
    sender: Sender
    cells: list[Cell]


def alone() -> None:
    """Until the end of the transaction nobody else changes tallies or begins a release. SQLite has one writer at a time as it is."""
    if not settings().is_sqlite:
        session().execute(select(func.pg_advisory_xact_lock(ALONE)))


def fold(most: int = AT_ONCE) -> int:
    """Count what came and is in no tally yet, at most so many. Flushes; returns how many."""
    alone()
    due = list(session().scalars(select(cast(Uncounted.submission_id, Text)).limit(most).with_for_update(skip_locked=True)))
    if not due:
        return 0
    mine = among(due)
    left_out = reading.set_aside().where(SetAside.submission_id.in_(mine))
    aside = set(session().scalars(left_out.with_only_columns(cast(SetAside.submission_id, Text))))
    born = select(Submission.id, func.coalesce(Generation.number, 0), case((Submission.id.in_(left_out), true()), else_=false()))
    born = born.outerjoin(Generation, Generation.activity_id == Submission.activity_id).where(Submission.id.in_(mine))
    session().execute(insert(Counted).from_select(["submission_id", "generation", "left_out"], born))
    generations = dict(session().execute(select(Generation.activity_id, Generation.number)).all())
    sums = Sums()
    for each in read_sent(Submission.id.in_(mine)):
        generation = generations.get(each.sender.activity_id, 0)
        if each.id in aside:
            sums.add_aside(each.sender, generation)
        else:
            sums.add(each.sender, generation, each.cells)
    add_sums(sums)
    spoke = select(View.submission_id).where(View.submission_id.in_(mine)).distinct()  # their words are counted next, by `fold_words`
    session().execute(insert(UncountedWords).from_select(["submission_id"], spoke))
    session().execute(delete(Uncounted).where(Uncounted.submission_id.in_(mine)))
    return len(due)


def among(ids: Sequence[str]) -> Select[Any]:
    """These ids, as the database writes them, handed to it in one piece: for `….in_(this)`, where there are thousands."""
    if settings().is_sqlite:
        return select(func.json_each(json.dumps(ids)).table_valued("value").c.value)
    return select(func.unnest(bindparam(None, ids, type_=ARRAY(Uuid(as_uuid=False)))))


def settle_aside(most: int = AT_ONCE) -> int:
    """Take out what was set aside since it was counted, and put back what a person judged to be real. Flushes; returns how many."""
    alone()
    still_in = exists().where(Counted.submission_id == SetAside.submission_id, Counted.left_out.is_(False))  # not a list: it would hold everybody
    going = list(session().scalars(reading.set_aside().where(still_in).limit(most)))
    coming = list(
        session().scalars(select(Counted.submission_id).where(Counted.left_out, Counted.submission_id.not_in(reading.set_aside())).limit(most))
    )
    if going:
        _take_out(going)
        session().execute(delete(CountedWords).where(CountedWords.submission_id.in_(going)))
    if coming:
        _change(coming, 1)
        session().execute(insert(UncountedWords), [{"submission_id": each} for each in coming])
    _count_aside(going, 1)
    _count_aside(coming, -1)
    for ids, out in ((going, True), (coming, False)):
        session().execute(update(Counted).where(Counted.submission_id.in_(ids)).values(left_out=out))
    return len(going) + len(coming)


def fold_words(most: int = AT_ONCE) -> int:
    """Count anew what priorities and themes the words of these people are tied to, where that changed. Flushes; returns how many changes it saw."""
    alone()
    counted = exists().where(Counted.submission_id == UncountedWords.submission_id)
    due = session().execute(select(UncountedWords.id, UncountedWords.submission_id).where(counted).limit(most)).all()
    if not due:
        return 0
    ids = {each.submission_id for each in due}
    _count_words({each.submission_id: each for each in _counted_in(ids)})
    session().execute(delete(UncountedWords).where(UncountedWords.id.in_([each.id for each in due])))
    return len(due)


def catch_up() -> None:
    """Everything that is due, in the transaction that is open: for a few thousand at most."""
    for part in (fold, settle_aside, fold_words):
        while part(AT_ONCE):
            pass


def forget(submission_id: uuid.UUID, _view_ids: Sequence[uuid.UUID]) -> None:
    """The eraser: what is taken back is taken out of every tally it is in. Its rows in the lists go by the database’s own cascade."""
    alone()
    if list(_counted_in([submission_id])):
        _take_out([submission_id])
    elif session().get(Counted, submission_id) is not None:
        _count_aside([submission_id], -1)


def read_sent(condition: ColumnElement[bool]) -> Iterator[Sent]:
    """Submissions to an activity, as they are counted; a few hundred in memory at a time. Ids and answers are read as text, and understood once
    for everybody alike."""
    facts = [getattr(Submission, each) for each in FACTS]
    activity, answers, group = (cast(each, Text) for each in (Submission.activity_id, Submission.answers, Submission.group_id))
    targeted = set(session().scalars(inviting.hidden_from(None)))
    ranked: dict[uuid.UUID, frozenset[str]] = {}
    senders: dict[tuple[str | None, ...], Sender] = {}
    columns = select(cast(Submission.id, Text), answers, activity, group, *facts).where(Submission.activity_id.is_not(None), condition)
    for submission_id, given, *own in session().execute(columns.execution_options(yield_per=500)):
        key = tuple(own)
        sender = senders.get(key)
        if sender is None:
            sender = senders[key] = _sender(*own, targeted=targeted)
            if sender.activity_id not in ranked:
                ranked[sender.activity_id] = _ranked(sender.activity_id)
        yield Sent(submission_id, sender, cells_of(json.loads(given), ranked[sender.activity_id]))


def _sender(activity: str, group: str | None, *facts: str | None, targeted: Collection[uuid.UUID]) -> Sender:
    group_id = uuid.UUID(group) if group else None
    return Sender(uuid.UUID(activity), tuple(each or "" for each in facts), group_id, group_id in targeted)


def generations_of(activity_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many releases of these activities were begun; one of which none was is not there."""
    found = session().execute(select(Generation.activity_id, Generation.number).where(Generation.activity_id.in_(activity_ids)))
    return dict(found.all())


def _ranked(activity_id: uuid.UUID) -> frozenset[str]:
    """Names of the questions whose choices are put in order."""
    activity = asking.activity_by_id(activity_id)
    questions: Iterable[Mapping[str, Any]] = activity.document.get("questions", ()) if activity else ()
    return frozenset(each["name"] for each in questions if each.get("type") == "rank")


def _counted_in(submission_ids: Collection[uuid.UUID]) -> Iterator[Counted]:
    """Of these, those that are in the tallies."""
    return iter(session().scalars(select(Counted).where(Counted.submission_id.in_(submission_ids), Counted.left_out.is_(False))))


def _take_out(submission_ids: Collection[uuid.UUID]) -> None:
    """Out of every tally, with what their words were tied to."""
    _change(submission_ids, -1)
    senders = {uuid.UUID(each.id): each.sender for each in read_sent(Submission.id.in_(submission_ids))}
    sums = Sums()
    for row in session().scalars(select(CountedWords).where(CountedWords.submission_id.in_(submission_ids))):
        sums.add_words(senders[row.submission_id], row.generation, row.fact, row.value, -1)
    add_sums(sums)


def _change(submission_ids: Collection[uuid.UUID], by: int) -> None:
    """Add what these picked (1) or take it out (-1), in the generation they came in."""
    born = select(cast(Counted.submission_id, Text), Counted.generation).where(Counted.submission_id.in_(submission_ids))
    generations = dict(session().execute(born).all())
    sums = Sums()
    for each in read_sent(Submission.id.in_(submission_ids)):
        sums.add(each.sender, generations[each.id], each.cells)
    add_sums(sums, by)


def _count_aside(submission_ids: Collection[uuid.UUID], by: int) -> None:
    """So many more are set aside (1), or fewer (-1)."""
    born = select(cast(Counted.submission_id, Text), Counted.generation).where(Counted.submission_id.in_(submission_ids))
    generations = dict(session().execute(born).all())
    sums = Sums()
    for each in read_sent(Submission.id.in_(submission_ids)):
        sums.add_aside(each.sender, generations[each.id], by)
    add_sums(sums)


def _count_words(counted: Mapping[uuid.UUID, Counted]) -> None:
    """What is tied now against what was counted: the difference goes into the tallies."""
    senders = {uuid.UUID(each.id): each.sender for each in read_sent(Submission.id.in_(counted))}
    generations = generations_of({each.activity_id for each in senders.values()})
    rows = session().scalars(select(CountedWords).where(CountedWords.submission_id.in_(counted)))
    known = {(row.submission_id, row.fact, row.value): row for row in rows}
    tied = _tied(counted)
    sums, new = Sums(), list[dict[str, Any]]()
    for submission_id, fact, value in tied - known.keys():
        born = generations.get(senders[submission_id].activity_id, 0)
        sums.add_words(senders[submission_id], born, fact, value)
        new.append({"submission_id": submission_id, "fact": fact, "value": value, "generation": born})
    if new:
        session().execute(insert(CountedWords), new)
    for key in known.keys() - tied:
        sums.add_words(senders[key[0]], known[key].generation, key[1], key[2], -1)
        session().delete(known[key])
    add_sums(sums)
    session().flush()


def _tied(submission_ids: Collection[uuid.UUID]) -> set[tuple[uuid.UUID, str, str]]:
    """The priorities and themes that anything in these submissions is tied to. Pledges are in no activity, and not here."""
    tags = select(View.submission_id, Tag.priority_id).join(Tag, Tag.view_id == View.id).where(View.submission_id.in_(submission_ids))
    themes = select(View.submission_id, ThemeView.theme_id).join(ThemeView, ThemeView.view_id == View.id)
    priorities = {(submission_id, "priority", str(each)) for submission_id, each in session().execute(tags)}
    in_themes = session().execute(themes.where(View.submission_id.in_(submission_ids)))
    found = priorities | {(submission_id, "theme", str(each)) for submission_id, each in in_themes}
    return found | {(submission_id, HEARD, far) for submission_id, far in how_far(submission_ids, found)}
