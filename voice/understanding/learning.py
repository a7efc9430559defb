"""Learning from what people confirm: when it is due, from which words, what is in use, and how to go back.

Everything is derived from rows. `taught` counts what people confirmed, changed or took back; each version remembers how that count stood. A view
that was erased makes every version older than that useless: the next one is made without it, and they are deleted with it.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, func, select, update

from voice import audit, plans, reading
from voice.config import settings
from voice.plans.models import PlanVersion
from voice.storage import now, scrub_soon, session
from voice.understanding import refitting
from voice.understanding.fitting import Figures
from voice.understanding.learned import METHOD_NAME, VERSION, Learned, NotReadable, read
from voice.understanding.models import LearnedVersion, Sorting, Tag, Taught, Tone
from voice.understanding.refitting import Said
from voice.understanding.rules import is_due_to_learn
from voice.understanding.suggest import PriorityText

PRIORITIES, TONE = "priorities", "tone"
KINDS = (PRIORITIES, TONE)
KEPT = 5  # versions of each kind
MOST_LESSONS = 5000  # the newest; more hardly teach anything new (docs/suggestions.md)
AT_ONCE = 500
TONE_LANGUAGE = "en"


PlanTexts = Callable[[uuid.UUID], tuple[PriorityText, ...]]


@dataclass(frozen=True)
class _Plan:
    """The plan that views are tied to: its words, the codes of its priorities, and which version it is in."""

    id: uuid.UUID
    version: int
    texts: tuple[PriorityText, ...]
    codes: dict[uuid.UUID, str]


def teach(kind: str) -> None:
    """A person confirmed, changed or took back something of this kind."""
    _count(kind, changes=1)


def unlearn(view_ids: Collection[uuid.UUID]) -> None:
    """These views go, or are no longer there to learn from: what may have learned from them must be made again without them."""
    for kind, table in ((PRIORITIES, Sorting), (TONE, Tone)):
        if session().scalar(select(table.view_id).where(table.view_id.in_(view_ids)).limit(1)) is not None:
            _count(kind, changes=1, erased=1)


def in_use(kind: str, plan_id: uuid.UUID | None = None) -> uuid.UUID | None:
    """The version that is asked now, if there is one for this plan."""
    wanted = select(LearnedVersion.id).where(LearnedVersion.kind == kind, LearnedVersion.in_use)
    return session().scalar(wanted if plan_id is None else wanted.where(LearnedVersion.plan_id == plan_id))


def load(version_id: uuid.UUID) -> Learned | None:
    """A version to be asked; None where it was made with another key or for another version of this program."""
    found = session().execute(select(LearnedVersion.weights, LearnedVersion.key_mark).where(LearnedVersion.id == version_id)).first()
    if found is None or found.key_mark != _mark():
        return None
    try:
        return read(found.weights, key())
    except NotReadable:
        return None


def number_of(version_id: uuid.UUID) -> int:
    """The number that people and records call a version by."""
    return session().scalar(select(LearnedVersion.number).where(LearnedVersion.id == version_id)) or 0


def key() -> bytes:
    """What words are hashed with: made from a key that is in no database and no backup of one."""
    return hmac.digest(settings().receipt_key, b"what was learned from words", hashlib.sha256)


def learn_if_due(texts_of: PlanTexts) -> int:
    """The worker’s part: learn again what is due. How many versions were made."""
    plan = _plan(texts_of)
    made = _learn(PRIORITIES, plan) if plan else 0
    return made + _learn(TONE, None)


def go_back(kind: str, by: uuid.UUID) -> bool:
    """Use the version before the one in use, until the next is learned. Whether there was one."""
    current, before = _two_newest_usable(kind)
    if current is None or before is None:
        return False
    session().execute(update(LearnedVersion).where(LearnedVersion.id == current).values(in_use=False))
    session().execute(update(LearnedVersion).where(LearnedVersion.id == before).values(in_use=True))
    session().flush()
    audit.record(by, "suggestions put back", "learned version", before)
    return True


def can_go_back(kind: str) -> bool:
    return None not in _two_newest_usable(kind)


def counts(kind: str) -> Taught:
    """How often this kind was taught and had something erased, as a row; zeros before the first time."""
    return session().get(Taught, kind, populate_existing=True) or Taught(kind=kind, changes=0, erased=0)


def newest(kind: str) -> LearnedVersion | None:
    wanted = select(LearnedVersion).where(LearnedVersion.kind == kind).order_by(LearnedVersion.number.desc()).limit(1)
    return session().scalar(wanted)


def _two_newest_usable(kind: str) -> tuple[uuid.UUID | None, uuid.UUID | None]:
    """The version in use and the one before it, leaving out those that may hold something erased, and other plans’."""
    current = session().scalar(select(LearnedVersion).where(LearnedVersion.kind == kind, LearnedVersion.in_use))
    if current is None:
        return None, None
    older = select(LearnedVersion.id).where(
        LearnedVersion.kind == kind,
        LearnedVersion.number < current.number,
        LearnedVersion.erased == counts(kind).erased,
        LearnedVersion.plan_id.is_(None) if current.plan_id is None else LearnedVersion.plan_id == current.plan_id,
    )
    return current.id, session().scalar(older.order_by(LearnedVersion.number.desc()).limit(1))


def _learn(kind: str, plan: _Plan | None) -> int:
    stood = counts(kind)
    changes, erased = stood.changes, stood.erased
    last = newest(kind)
    if not is_due_to_learn(
        changes - (last.changes if last else 0),
        lessons=last.lessons if last else None,
        erased=bool(last and last.erased != erased),
        otherwise=bool(last and (last.key_mark != _mark() or (plan and (last.plan_id, last.plan_version) != (plan.id, plan.version)))),
    ):
        return 0
    said = _tagged(plan) if plan else _toned()
    session().rollback()  # nothing was written; learning takes long and must hold nothing
    if not said:
        _drop_all(kind)
        return 0
    table, figures = refitting.learn_apart(plan.texts if plan else (), said, key())
    if counts(kind).erased != erased:
        return 0  # something was erased meanwhile; the next round is without it
    _keep(kind, plan, table, figures, Taught(kind=kind, changes=changes, erased=erased))
    return 1


def _keep(kind: str, plan: _Plan | None, table: bytes, figures: Figures, stood: Taught) -> None:
    """A new version beside the last ones, in use unless it did worse than the machine that learned nothing."""
    number = (session().scalar(select(func.max(LearnedVersion.number)).where(LearnedVersion.kind == kind)) or 0) + 1
    session().execute(update(LearnedVersion).where(LearnedVersion.kind == kind).values(in_use=False))
    session().add(
        LearnedVersion(
            kind=kind,
            number=number,
            plan_id=plan.id if plan else None,
            plan_version=plan.version if plan else None,
            method=f"{METHOD_NAME} {VERSION}",
            lessons=figures.lessons,
            changes=stood.changes,
            erased=stood.erased,
            figures=asdict(figures),
            key_mark=_mark(),
            weights=table,
            made_at=now(),
            in_use=figures.is_better,
        )
    )
    session().flush()
    old = LearnedVersion.number <= number - KEPT
    session().execute(delete(LearnedVersion).where(LearnedVersion.kind == kind, old | (LearnedVersion.erased < stood.erased)))
    scrub_soon()


def _drop_all(kind: str) -> None:
    session().execute(delete(LearnedVersion).where(LearnedVersion.kind == kind))
    scrub_soon()


def _tagged(plan: _Plan) -> list[Said]:
    """What people tied to this plan, newest first. “None of these” counts from the day on that the plan was brought in."""
    began = session().scalar(select(func.min(PlanVersion.imported_at)).where(PlanVersion.plan_id == plan.id))
    newest_first = select(Sorting.view_id, Sorting.sorted_on).order_by(Sorting.sorted_on.desc(), Sorting.view_id).limit(MOST_LESSONS)
    days = {row.view_id: row.sorted_on for row in session().execute(newest_first)}
    said: list[Said] = []
    for part in _parts(list(days)):
        words = {each: view.words for each, view in reading.shown(part).items()}
        tags: dict[uuid.UUID, list[uuid.UUID]] = {}
        for view_id, priority_id in session().execute(select(Tag.view_id, Tag.priority_id).where(Tag.view_id.in_(part))):
            tags.setdefault(view_id, []).append(priority_id)
        for view_id, text in words.items():
            codes = tuple(plan.codes[each] for each in tags.get(view_id, ()) if each in plan.codes)
            none_of_these = view_id not in tags and began is not None and days[view_id] >= began.date()
            if codes or none_of_these:
                said.append(Said(text, codes))
    return said


def _toned() -> list[Said]:
    tones = dict(session().execute(select(Tone.view_id, Tone.tone).order_by(Tone.view_id).limit(MOST_LESSONS)).all())
    shown = (view for part in _parts(list(tones)) for view in reading.shown(part).values())
    return [Said(view.words, (tones[view.id],)) for view in shown if view.language == TONE_LANGUAGE]


def _parts(ids: Sequence[uuid.UUID]) -> list[Sequence[uuid.UUID]]:
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]


def _plan(texts_of: PlanTexts) -> _Plan | None:
    current = plans.current_plan()
    found = plans.priorities(current.id) if current else []
    if current is None or not found:
        return None
    return _Plan(current.id, current.version, texts_of(current.id), {each.id: each.code for each in found})


def _count(kind: str, *, changes: int = 0, erased: int = 0) -> None:
    """Added to in the database, so that two people at once are both counted."""
    if session().get(Taught, kind) is None:
        session().add(Taught(kind=kind, changes=0, erased=0))
        session().flush()
    added = {"changes": Taught.changes + changes, "erased": Taught.erased + erased}
    session().execute(update(Taught).where(Taught.kind == kind).values(added).execution_options(synchronize_session=False))


def _mark() -> str:
    return hmac.new(key(), b"which key", hashlib.sha256).hexdigest()[:16]
