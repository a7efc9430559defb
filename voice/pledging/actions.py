"""Making a pledge."""

from __future__ import annotations

from collections.abc import Mapping

from voice import keeping, plans, safeguarding
from voice.pledging import avatars
from voice.pledging.models import Pledge
from voice.storage import session

QUESTION = "pledge"  # the name its words are kept under


def make_pledge(key: str, words: str, avatar: Mapping[str, object], *, priority: str = "", language: str = "en") -> keeping.Kept:
    """Keep and screen one pledge; `priority` is a code of the current plan, or empty for something else. The caller commits once.

    Raises:
        UnknownPart: the drawn person has a part we do not know.
        ValueError: the key is not a UUID, or the plan has no such priority.
        DifferentWords, AlreadyTakenBack: as `keeping.keep`.
    """
    person = avatars.whole(avatar)
    found = _priority(priority)
    answers = {"priority": priority, "avatar": person}
    kept = keeping.keep(key, activity_id=None, answers=answers, words=[(QUESTION, words)], facts=keeping.Facts(language=language))
    if kept.is_new:
        session().add(Pledge(submission_id=kept.submission_id, view_id=kept.view_ids[0], priority_id=found and found.id, avatar=person))
        session().flush()
        safeguarding.screen_submission(kept.submission_id, [words], language=language)
    return kept


def _priority(code: str) -> plans.PriorityFacts | None:
    if not code:
        return None
    plan = plans.current_plan()
    found = plans.priority(plan.id, code) if plan else None
    if found is None:
        raise ValueError(f"the current plan has no priority “{code}”")
    return found
