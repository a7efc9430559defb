"""What can be answered today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from voice import asking, plans, storage
from voice.asking import ActivityFacts, Instrument, Said, Wording

T = TypeVar("T")
MEMO_SECONDS = 10.0
_parsed: dict[str, Instrument] = {}  # by digest: a published version never changes


@dataclass(frozen=True)
class Asked:
    """An activity with its questions as its plan asks them, and whether it can be answered today."""

    activity: ActivityFacts
    instrument: Instrument
    closed: str | None  # why it is closed: not_yet, over, or the code of a gate; None: it is open
    _by_age: dict[Wording | None, Asked] = field(default_factory=dict, compare=False, repr=False)  # made once each

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """The ages it has words for; empty where it speaks to everyone in one way."""
        return self.instrument.wordings

    def for_age(self, wording: Wording | None) -> Asked:
        """The same activity in the words of one age."""
        if wording not in self._by_age:
            self._by_age[wording] = replace(self, instrument=asking.fitted(self.instrument, wording), _by_age={})
        return self._by_age[wording]

    @property
    def asks_words(self) -> bool:
        """Whether it takes what people write themselves; only then can they ask for a reply, or to be contacted."""
        return any(question.type == "text" or question.is_picture for question in self.instrument.questions)

    @property
    def asks_picture(self) -> bool:
        """Whether a picture may be asked for, whatever is answered."""
        return any(question.is_picture for question in self.instrument.questions)

    @property
    def questions(self) -> int:
        """How many questions it has at most; notes do not count."""
        return sum(question.is_asked for question in self.instrument.questions)

    def title_in(self, language: str) -> Said:
        return asking.in_language(self.instrument.title, language)

    def intro_in(self, language: str) -> Said:
        return asking.in_language(self.instrument.intro, language)


@dataclass(frozen=True)
class OpenActivity:
    """What a list says of an activity. `title` and `intro` carry the language they are in."""

    slug: str
    title: Said
    intro: Said
    minutes: int
    questions: int
    ages: tuple[int, int]  # youngest and oldest, in whole years
    closes_on: date | None


def asked(slug: str, *, itself: bool = False) -> Asked | None:
    """The activity of this address, read now; of a series, the wave open now, or (`itself`) the one that has this slug. None: there is
    none."""
    facts = asking.activity(slug) if itself else asking.activity_now(slug)
    return _asked(facts) if facts else None


def asked_lately(slug: str) -> Asked | None:
    """As `asked`, at most ten seconds old and not changed since, so that a class that opens a page together costs one read."""
    return _lately(f"activity {slug}", lambda: asked(slug))


def asked_to_send(slug: str) -> Asked | None:
    """As `asked`, for what is being sent: as it was two seconds ago at most, and at once where this process itself closed it."""
    return storage.lately(f"asked {slug} {storage.today()}", lambda: asked(slug))


def open_now(language: str = "en") -> list[OpenActivity]:
    """Every activity of the current plan that can be answered today, newest first."""
    plan = plans.current_plan()
    found = asking.activities(plan.id) if plan else []
    return [_open_activity(each, language) for each in map(_asked, found) if each.closed is None]


def open_lately(language: str) -> list[OpenActivity]:
    """As `open_now`, at most ten seconds old."""
    return _lately(f"open {language}", lambda: open_now(language)) or []


def _asked(facts: ActivityFacts) -> Asked:
    places = {place.code: place.name for place in plans.places(facts.plan_id)}
    return Asked(facts, asking.for_places(_instrument(facts), places), asking.closed_because(facts))


def _instrument(facts: ActivityFacts) -> Instrument:
    if facts.digest not in _parsed:
        _parsed[facts.digest] = asking.load_instrument(facts.document, published=True)
    return _parsed[facts.digest]


def _open_activity(found: Asked, language: str) -> OpenActivity:
    instrument = found.instrument
    return OpenActivity(
        found.activity.slug,
        found.title_in(language),
        found.intro_in(language),
        instrument.minutes,
        found.questions,
        (instrument.ages.youngest, instrument.ages.oldest),
        found.activity.closes_on,
    )


def _lately(name: str, read: Callable[[], T | None]) -> T | None:
    """A short memory in this process, of what nobody has changed since."""
    return storage.changes_of().remembered(f"listening {name}", MEMO_SECONDS, read)
