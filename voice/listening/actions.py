"""Taking in what one person sends in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from voice import asking, inviting, keeping, safeguarding
from voice.asking import Answer, Answers
from voice.keeping import Facts, Kept
from voice.listening.queries import Asked


class NothingSaid(Exception):
    """Every question was passed over; there is nothing to keep."""


def take_in(found: Asked, answers: Answers, key: str, *, language: str, way_in: str = "web", code: str | None = None) -> Kept:
    """Keep and screen one submission. The caller commits once: what was said and the row that makes a person look are one transaction.
    With a group's code it belongs to that group; a code with a receipt printed beside it brings the submission's key with it.

    Raises:
        NothingSaid: there is no answer in it.
        ValueError: the key is not a UUID.
        BadCode: as `inviting.use_code`.
        DifferentWords, AlreadyTakenBack: as `keeping.keep`.
    """
    counted = asking.kept(found.instrument, answers)
    if not counted:
        raise NothingSaid
    said = asking.views(found.instrument, answers)
    used = inviting.use_code(code, found.activity.id) if code else None
    facts = replace(_facts(found, answers, language), way_in="group_code" if used else way_in, group_id=used.group_id if used else None)
    key = used.key if used and used.key else key
    kept = keeping.keep(key, activity_id=found.activity.id, answers=_codes(counted), words=said, facts=facts)
    if kept.is_new:
        safeguarding.screen_submission(kept.submission_id, [words for _question, words in said], language=language)
    return kept


def _codes(counted: Mapping[str, Answer]) -> dict[str, list[str] | int]:
    """What can be counted: codes as a list, a number as itself. Words are views."""
    return {name: list(answer.codes) if answer.number is None else answer.number for name, answer in counted.items() if not answer.words}


def _facts(found: Asked, answers: Answers, language: str) -> Facts:
    told = asking.coarse(found.instrument, answers)
    return Facts(
        age_band=told.age_band,
        place=told.place,
        speaker=told.speaker,
        may_be_quoted=asking.may_be_quoted(found.instrument, answers),
        language=language,
    )
