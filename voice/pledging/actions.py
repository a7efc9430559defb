"""Making a pledge, and what its maker does with it later."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from voice import keeping, plans, safeguarding
from voice.config import settings
from voice.imaging import Clean
from voice.pledging import avatars, rules
from voice.pledging.grown_ups import free_words
from voice.pledging.models import WITH_PICTURE, Pledge
from voice.storage import session, today, week_of

QUESTION = "pledge"  # the name its words are kept under
PICTURE = "picture"  # and its picture


@dataclass(frozen=True, kw_only=True)
class Showing:
    """How a pledge is to be shown, and for how long."""

    kind: str = "avatar"
    is_under_13: bool = False
    months: int = 12


@dataclass(frozen=True, kw_only=True)
class Shot:
    """A clean picture that goes with a pledge; its maker agreed to its being shown. `digest` is of what was sent (SHA-256, hex)."""

    clean: Clean
    digest: str
    alt: str = ""
    cover_faces: bool = False


def digest_of(data: bytes, *more: object) -> str:
    """Tells the same picture, asked for in the same way, from another (SHA-256, hex)."""
    return hashlib.sha256(repr(more).encode() + b"\0" + data).hexdigest()


def make_pledge(
    key: str,
    words: str,
    avatar: Mapping[str, object],
    *,
    priority: str = "",
    place: str = "",
    language: str = "en",
    showing: Showing | None = None,
    shot: Shot | None = None,
) -> keeping.Kept:
    """Keep and screen one pledge; `priority` and `place` are codes of the current plan, or empty. The caller commits once.

    It is kept with the week it came in, never the day, so that it cannot be matched with what its maker answered the same day.

    Raises:
        UnknownPart: the drawn person has a part we do not know.
        ValueError: the key is not a UUID, the plan has no such priority, or there is a picture where none belongs, or none where one does.
        DifferentWords, AlreadyTakenBack: as `keeping.keep`.
        StoreAway: the picture could not be put away. Nothing was kept.
    """
    showing = showing or Showing()
    if (showing.kind in WITH_PICTURE) != (shot is not None):
        raise ValueError("A picture goes with a pledge that shows one, and with no other.")
    person, found = avatars.whole(avatar), _priority(priority)
    answers = {"priority": priority, "avatar": person, "kind": showing.kind, "under_13": showing.is_under_13, "months": showing.months}
    facts = keeping.Facts(language=language, place=place or None, received_on=week_of(today()))
    kept = keeping.keep(key, activity_id=None, answers=answers, words=[(QUESTION, words)], facts=facts, attached=[shot.digest] if shot else ())
    if kept.is_new:
        pledge = Pledge(submission_id=kept.submission_id, view_id=kept.view_ids[0], priority_id=found and found.id, avatar=person)
        _show(pledge, showing, kept.words, shot)
        texts = [words, *([shot.alt] if shot and shot.alt else [])]
        safeguarding.screen_submission(kept.submission_id, texts, language=language, unseen=shot is not None)
    return kept


def _show(pledge: Pledge, showing: Showing, receipt: tuple[str, ...], shot: Shot | None) -> None:
    pledge.kind, pledge.is_under_13, pledge.shows_picture = showing.kind, showing.is_under_13, shot is not None
    pledge.ends_on = rules.end_of(today(), showing.months)
    if showing.is_under_13:
        pledge.grown_up_hash = keeping.grown_up_hash(free_words(receipt), settings().receipt_key)
    session().add(pledge)
    session().flush()
    if shot:
        keeping.keep_picture(
            pledge.submission_id,
            PICTURE,
            shot.clean,
            kind=showing.kind,
            alt=shot.alt,
            cover_faces=shot.cover_faces,
            ends_on=pledge.ends_on,
        )


def mark_kept(submission_id: uuid.UUID, is_kept: bool) -> None:
    """“I kept it”, by its maker, or that it was not kept after all."""
    pledge = of_submission(submission_id)
    if pledge:
        pledge.kept_on = (pledge.kept_on or today()) if is_kept else None
        session().flush()


def take_picture_back(submission_id: uuid.UUID) -> None:
    """The picture goes for good, and the words stay. The caller commits, then calls `storage.scrub()`."""
    for each in keeping.pictures_of([submission_id]).get(submission_id, []):
        keeping.remove_picture(each.id)
    pledge = of_submission(submission_id)
    if pledge and pledge.kind in WITH_PICTURE:
        pledge.kind, pledge.shows_picture, pledge.picture_agreed_on = "words", False, None
        session().flush()


def of_submission(submission_id: uuid.UUID) -> Pledge | None:
    return session().scalar(select(Pledge).where(Pledge.submission_id == submission_id))


def _priority(code: str) -> plans.PriorityFacts | None:
    if not code:
        return None
    plan = plans.current_plan()
    found = plans.priority(plan.id, code) if plan else None
    if found is None:
        raise ValueError(f"the current plan has no priority “{code}”")
    return found
