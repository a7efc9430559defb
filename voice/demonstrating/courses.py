"""Invented children at the start and at the end of a course, each with the code they made."""

from __future__ import annotations

import random
import uuid
from typing import Final

from voice import asking, keeping, pairing, safeguarding
from voice.config import settings
from voice.demonstrating.voices import County, ago

COURSE: Final = "things-i-can-do"
HOW_MANY: Final = 110
STEPS: Final = ("agree_a_lot", "agree_a_bit", "middle", "disagree_a_bit", "disagree_a_lot")
HELPED: Final = {"speak_up": 0.7, "work_together": 0.4, "solve": 0.55, "try_again": 0.3, "ask_help": 0.12}
"""How likely each is to have moved a step up by the end."""
LETTERS: Final = "abcdefghjklmnoprstwy"
Code = dict[str, str | None]


def fill_courses(county: County) -> None:
    """Nine in ten answer both times, and one in six of these passes over a part of the code.

    Its chance is its own, so that the rest of the county stays as it is.
    """
    chance = random.Random(1984)  # noqa: S311  # invented children need no secrets
    activity = asking.activity_by_id(county.activities[COURSE])
    if activity is None:
        raise LookupError(COURSE)
    for _ in range(HOW_MANY):
        code = _code(chance)
        steps = {name: chance.choices(range(5), (1, 3, 6, 3, 2))[0] for name in HELPED}
        if chance.random() < 0.95:
            _say(activity, chance, "before", code, steps, 100)
        if chance.random() < 0.95:
            later = {name: _later(chance, step, HELPED[name]) for name, step in steps.items()}
            _say(activity, chance, "after", _slip(chance, code) if chance.random() < 0.16 else code, later, 12)


def _code(chance: random.Random) -> Code:
    letters = {name: chance.choice(LETTERS) for name in ("code_first", "code_last", "code_road")}
    return {**letters, "code_day": str(chance.randint(1, 28)), "code_month": chance.choice(("jan", "mar", "may", "jul", "sep", "nov"))}


def _slip(chance: random.Random, code: Code) -> Code:
    return {**code, chance.choice(sorted(code)): None}


def _later(chance: random.Random, step: int, helped: float) -> int:
    moved = chance.random()
    return max(0, step - chance.choice((1, 1, 2))) if moved < helped else min(4, step + 1) if moved > 0.87 else step


def _say(activity: asking.ActivityFacts, chance: random.Random, moment: str, code: Code, steps: dict[str, int], days: int) -> None:
    kept = keeping.keep(
        str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        activity_id=activity.id,
        answers={"moment": [moment], **{name: [STEPS[step]] for name, step in steps.items()}},
        words=[],
        facts=keeping.Facts(age_band=chance.choice(("11_13", "14_16")), speaker="young_person", way_in="demo", received_on=ago(days)),
    )
    marks = pairing.marks_of(code, activity.address, pairing.key_from(settings().receipt_key))
    if marks:
        pairing.keep_marks(kept.submission_id, moment, marks)
    safeguarding.screen_submission(kept.submission_id, [], quiet=True)
