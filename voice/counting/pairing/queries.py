"""Before and after, read: who answered both times, and what of it may be said. The work grows with the answers of one activity or series.

What was set aside is in no figure, nor what a group sent that was asked on purpose: the same figures stand before everyone who may see them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from voice import asking, inviting, pairing, plans, reading
from voice.asking import BEFORE, ActivityFacts, Question
from voice.counting.pairing.change import Change, about, counts, sayable
from voice.counting.pairing.matching import JOINED, SLIP, Pair, match_waves
from voice.counting.rules import FEWEST
from voice.counting.saying import instrument_of
from voice.keeping.models import Submission
from voice.pairing import Marked

_SCALES: Final = ("scale", "faces")


@dataclass(frozen=True)
class Statement:
    """One statement of the questionnaire, and how far people came."""

    name: str
    label: str
    change: Change


@dataclass(frozen=True)
class BeforeAfter:
    """What may be said of one questionnaire. Figures are exact from ten on where they are of those who answered both times; else to the
    nearest five. None: fewer than ten."""

    activity: ActivityFacts
    pairs: int | None  # people who answered both times
    slips: int | None  # of these, by codes of which one part differed or was missing; to the nearest five
    only_before: int | None  # who had a code and were matched with nobody
    only_after: int | None
    statements: Sequence[Statement]


def questionnaires() -> list[ActivityFacts]:
    """What asks for a code, of the current plan, newest first; a series once, by its first wave."""
    plan = plans.current_plan()
    found = asking.activities(plan.id) if plan else []
    return [each for each in found if each.slug == each.address and _asks_for_code(each)]


def before_and_after(slug: str) -> BeforeAfter | None:
    """None: there is no such questionnaire."""
    activity = asking.activity(slug)
    if activity is None or not _asks_for_code(activity):
        return None
    waves = [each.id for each in _waves(activity)]
    sent = {each.submission_id: each for each in _sent(waves)}
    pairs = _pairs(list(sent.values()), waves)
    both = [(sent[each.before].answers, sent[each.after].answers) for each in pairs]
    alone = sent.keys() - {id_ for each in pairs for id_ in each[:2]}
    before = sum(sent[id_].moment == BEFORE for id_ in alone)
    return BeforeAfter(
        activity,
        len(pairs) if len(pairs) >= FEWEST else None,
        about(sum(each.how == SLIP for each in pairs)),
        about(before),
        about(len(alone) - before),
        [Statement(each.name, each.label["en"], _change(each, both)) for each in instrument_of(activity).questions if each.kind in _SCALES],
    )


def settle(submission_id: uuid.UUID, _view_ids: Sequence[uuid.UUID]) -> None:
    """When a receipt ends: write down all pairs of its series, once, and wipe the marks of this one. Flushes."""
    series = pairing.series_of(submission_id)
    if series:
        found = _pairs(list(pairing.marked(series)), series)
        pairing.join((each.before, each.after) for each in found if each.how != JOINED)
    pairing.let_go(submission_id)


def _asks_for_code(activity: ActivityFacts) -> bool:
    return any(each.is_of_code for each in instrument_of(activity).questions)


def _waves(activity: ActivityFacts) -> list[ActivityFacts]:
    """From the oldest on."""
    return asking.waves_of(activity.series)[::-1] if activity.series else [activity]


def _sent(activity_ids: Sequence[uuid.UUID]) -> Iterable[Marked]:
    shown = (Submission.id.not_in(reading.set_aside()), Submission.id.not_in(inviting.hidden_submissions(None)))
    return pairing.marked(activity_ids, *shown)


def _pairs(sent: Sequence[Marked], activity_ids: Sequence[uuid.UUID]) -> list[Pair]:
    """Those written down, then those whose marks match, wave by wave."""
    written: dict[uuid.UUID, list[Marked]] = {}
    for each in sent:
        if each.joined:
            written.setdefault(each.joined, []).append(each)
    joined = [_joined(two) for two in written.values() if len(two) == 2]
    return joined + match_waves([_sides([each for each in sent if each.activity_id == wave and not each.joined]) for wave in activity_ids])


def _joined(two: Sequence[Marked]) -> Pair:
    before, after = sorted(two, key=lambda each: each.moment != BEFORE)
    return Pair(before.submission_id, after.submission_id, JOINED)


def _sides(sent: Sequence[Marked]) -> tuple[dict[uuid.UUID, pairing.Marks], dict[uuid.UUID, pairing.Marks]]:
    before = {each.submission_id: each.marks for each in sent if each.moment == BEFORE}
    return before, {each.submission_id: each.marks for each in sent if each.moment != BEFORE}


def _change(question: Question, both: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Change:
    codes = [each.name for each in question.choices]
    picked = ((_code(before.get(question.name)), _code(after.get(question.name))) for before, after in both)
    return sayable(counts(picked, codes))


def _code(answer: object) -> str:
    return str(answer[0]) if isinstance(answer, list) and answer else ""
