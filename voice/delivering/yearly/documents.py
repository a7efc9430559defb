"""What a review holds, and how it is kept as JSON. Our own words are codes here and are said when it is shown; what the plan, the council, the board
and partners wrote stands as they wrote it. Plain Python.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

SHAPE: Final = 1
"""Of the JSON. A later shape only adds fields, so that what is frozen can always be read."""


@dataclass(frozen=True)
class Milestone:
    words: str
    due_on: date | None = None
    reached_on: date | None = None


@dataclass(frozen=True)
class ActionLine:
    """`status`: done, on_the_way, not_begun, stopped, or unsaid where nobody has said yet. `owner`: a role, never a name."""

    key: str
    words: str
    status: str
    said: str | None = None
    why: str | None = None
    evidence: str | None = None
    said_on: date | None = None
    owner: str | None = None
    late: bool = False
    behind_since: date | None = None  # the first day that was named and not kept
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True)
class ReadingLine:
    """`said`: as printed. `release`: the slug of the activity whose release it is from, where it is from one; `words`: what people say by it."""

    on: date
    said: str
    value: float | None = None
    source: str = "entered"
    release: str | None = None
    words: str | None = None


@dataclass(frozen=True)
class MeasureLine:
    """`standing`: met, nearer, no_nearer or unknown."""

    key: str
    words: str
    standing: str = "unknown"
    direction: str | None = None
    baseline: str | None = None
    baseline_value: float | None = None
    target: str | None = None
    target_value: float | None = None
    due: str | None = None
    unit: str | None = None
    per: int | None = None
    noun: str = ""
    readings: tuple[ReadingLine, ...] = ()
    asked: tuple[ReadingLine, ...] = ()  # what young people say of it, where that is another kind of number
    fresh: bool = False
    story: str | None = None

    @property
    def is_told(self) -> bool:
        """Whether there is a number for it."""
        return bool(self.readings or self.asked)


@dataclass(frozen=True)
class PledgeLine:
    """A partner's pledge; marks are kept, on_the_way or not_kept."""

    organisation: str
    words: str
    due_on: date | None = None
    own_mark: str | None = None
    own_why: str | None = None
    late: bool = False
    board_mark: str | None = None


@dataclass(frozen=True)
class Part:
    """One priority, or the whole plan (no code): every one of its actions is in `done` or in `not_done`."""

    code: str
    title: str
    child_title: str
    child_sentence: str
    done: tuple[ActionLine, ...] = ()
    not_done: tuple[ActionLine, ...] = ()
    measures: tuple[MeasureLine, ...] = ()
    pledges: tuple[PledgeLine, ...] = ()


@dataclass(frozen=True)
class EarlierAnswer:
    """What was answered before, and stands no more."""

    state: str
    words: str
    answered_on: date
    verdict: str | None = None


@dataclass(frozen=True)
class Followed:
    """What became of an answer. `outcome`: happened, partly or not."""

    outcome: str
    words: str
    said_on: date


@dataclass(frozen=True)
class AlsoSaid:
    """Another theme that the same answer is about."""

    slug: str
    you_said: str


@dataclass(frozen=True)
class AnswerLine:
    """An answer as it went out in the year, to a theme and perhaps to more. `band`: some or many, of the first theme."""

    slug: str
    you_said: str
    band: str
    priority: str
    state: str
    words: str
    owner: str
    organisation: str
    published_on: date
    because: str | None = None
    instead: str | None = None
    evidence: str | None = None
    due_on: date | None = None
    late: bool = False
    board_words: str | None = None
    verdict: str | None = None
    decided: str | None = None
    decided_at: str | None = None
    earlier: tuple[EarlierAnswer, ...] = ()
    also: tuple[AlsoSaid, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    followed: tuple[Followed, ...] = ()


@dataclass(frozen=True)
class WaitingLine:
    """What waits. `kind`: a theme the board has heard and nobody has answered; an activity that nobody has answered; a follow_up that was due."""

    you_said: str
    since: date
    due_on: date | None = None
    kind: str = "theme"
    late: bool = False


@dataclass(frozen=True)
class TiedLine:
    """What people's words were about. `kind`: priority or theme; `percent` of everyone who took part; `before`: the same in an earlier release."""

    kind: str
    key: str
    label: str
    percent: int | None
    people: int | None
    before: int | None = None


@dataclass(frozen=True)
class ReleaseLine:
    """A release whose figures stand in the review."""

    slug: str
    title: str
    number: int
    published_on: date
    everyone: int
    about: tuple[TiedLine, ...] = ()
    compared_with: date | None = None  # the day of the release before


@dataclass(frozen=True)
class AskLine:
    """What the board asked of leaders, and what came of it. `state`: a code of the board's room."""

    words: str
    asked_on: date
    owner: str | None = None
    due_on: date | None = None
    state: str = "open"
    came_of_it: str | None = None
    replied_on: date | None = None
    late: bool = False


@dataclass(frozen=True)
class FourFs:
    """How the council answered, as a whole. None where there was too little to say. Counts are of answers; `in_ten`: of ten who wrote, so many have
    an answer, as was given out on `in_ten_on`."""

    answers: int = 0
    changed: int = 0
    why_not: int = 0
    age: int | None = None  # how old one has to be to read the middle one
    days: int | None = None  # until a first answer, the middle one
    is_longer: bool = False  # half of them wait longer still
    within: int = 0  # first answers that came in time
    first: int = 0  # of so many
    followed: int | None = None
    to_follow: int = 0
    in_ten: int | None = None
    in_ten_on: date | None = None
    fair: int = 0
    not_yet: int = 0
    not_answered: int = 0


@dataclass(frozen=True)
class Said:
    """Words of somebody, with who they are: a role, or the board."""

    words: str
    by: str | None = None


@dataclass(frozen=True)
class Document:
    """A whole review."""

    place: str
    plan: str
    year: int
    until: date  # how actions, pledges and measures stood on this day
    edition: int = 1
    correction: str | None = None
    foreword: Said | None = None
    introduction: Said | None = None
    linking: Mapping[str, str] | None = None  # an officer's words, by part
    parts: tuple[Part, ...] = ()
    answers: tuple[AnswerLine, ...] = ()
    waiting: tuple[WaitingLine, ...] = ()
    releases: tuple[ReleaseLine, ...] = ()
    asks: tuple[AskLine, ...] = ()
    four_fs: FourFs | None = None
    shape: int = SHAPE

    @property
    def grown(self) -> list[tuple[ReleaseLine, TiedLine]]:
        """What more people spoke of than before, most grown first; of releases that can be compared."""
        found = [(each, tied) for each in self.releases for tied in each.about if (tied.percent or 0) > (tied.before or 0) and each.compared_with]
        return sorted(found, key=lambda pair: ((pair[1].before or 0) - (pair[1].percent or 0), pair[1].label))


Kind = TypeVar("Kind")


def packed(document: Document) -> dict[str, Any]:
    """The document as JSON values."""
    found: dict[str, Any] = _packed(document)
    return found


def unpacked(kept: Mapping[str, Any]) -> Document:
    """What `packed` made, also of an older shape: a field it lacks has its default; one we no longer know is left."""
    found: Document = _unpacked(Document, kept)
    return found


def digest_of(kept: Mapping[str, Any]) -> str:
    """A hash (SHA-256, hex) of the document: of its JSON with sorted names and no spaces."""
    return hashlib.sha256(json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def _packed(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _packed(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _packed(each) for key, each in value.items()}
    return [_packed(each) for each in value] if isinstance(value, Sequence) and not isinstance(value, str) else value


def _unpacked(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) in (types.UnionType, Union):
        return _unpacked(next(each for each in get_args(kind) if each is not type(None)), value)
    if get_origin(kind) is tuple:
        return tuple(_unpacked(get_args(kind)[0], each) for each in value)
    if kind is date:
        return date.fromisoformat(value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _unpacked(hints[name], each) for name, each in value.items() if name in hints})  # type: ignore[operator]  # a class
    return value
