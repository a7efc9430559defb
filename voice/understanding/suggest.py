"""Which priorities of a plan a view is about: a machine's guess, for a person to confirm.

Nothing is learned here: the guess rests on the plan's own words (the phrases of its owner above all) and on what words of children
and of councils have in common (`concepts.yaml`). So it works on the first day of any plan, and gets better when the owner edits the phrases.
Three readings are added up: concepts that view and priority share, words that they share, and likeness in spelling to the nearest phrase.
Pure Python, no database; suggestions never become tags by themselves.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voice.understanding.concepts import Hit, concepts, find_concepts, strengths
from voice.understanding.likeness import Likeness
from voice.understanding.words import Reader, Word, base, spelling, written_words

METHOD_NAME = "plan-words"
VERSION = "1"
"""Recorded with every suggestion. Raise the version whenever a view could be suggested otherwise than before."""

BY_CONCEPTS, BY_WORDS, BY_LIKENESS = 1.0, 0.4, 0.2
PHRASE, CHILD_TITLE, CHILD_SENTENCE, TITLE, OTHER = 1.0, 1.5, 1.5, 1.0, 0.15
NEAR = 0.3
"""How much of a neighbouring concept a priority is taken to speak of."""
LITTLE_SAID = 1.4
"""Words or concepts that a plan hardly mentions count less: this much is added below the line of a share."""
EVERYDAY = 0.1
BECAUSE_AT_LEAST = 0.05
LIKELY_NONE_BELOW = 0.35
"""A best score below this fits no priority more often than it fits one (measured, see tests)."""


@dataclass(frozen=True)
class PriorityText:
    """What a plan says of one priority. `phrases` are in the words of children; `other` holds aims, measures, actions in council words."""

    code: str
    title: str
    child_title: str
    child_sentence: str
    phrases: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """`score` is 0 or more and compares priorities for one view only; `because` are the view's words that led here, best first."""

    priority: str
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True)
class Suggestions:
    """Best first. `likely_none`: the view says too little about anything in the plan to be tied to it."""

    best: tuple[Suggestion, ...]
    likely_none: bool


_Profile = dict[str, list[float]]
"""How much each priority speaks of a word or a concept: term -> a weight per priority."""


class Suggester:
    """Built once per version of a plan (well under 300 ms), then asked per view (a few ms). Raises ValueError without priorities."""

    def __init__(self, priorities: Sequence[PriorityText]) -> None:
        if not priorities:
            raise ValueError("A plan without priorities has nothing to suggest.")
        self._codes = [priority.code for priority in priorities]
        self._reader = Reader(_vocabulary(priorities))
        said = [[(self._reader.read(text), weight) for text, weight in _weighed(priority)] for priority in priorities]
        self._word_shares = _shares(_word_profile(said))
        self._concept_shares = _shares(_with_neighbours(_concept_profile(said)))
        phrases = [(place, words) for place, texts in enumerate(said) for words, weight in texts if weight >= PHRASE]
        self._likeness = Likeness(phrases, len(priorities))

    @property
    def codes(self) -> tuple[str, ...]:
        """The priorities' codes, in the plan's order."""
        return tuple(self._codes)

    def scores(self, words: str) -> tuple[float, ...]:
        """The score of each priority, in the plan's order."""
        found = {each.priority: each.score for each in self.suggest(words, len(self._codes)).best}
        return tuple(found[code] for code in self._codes)

    def suggest(self, words: str, most: int = 3) -> Suggestions:
        """Return the likeliest priorities, best first (`most` of them, or all where the plan has fewer), with the hint whether none fits."""
        read = self._reader.read(words)
        hits = find_concepts(read)
        evidence = self._evidence(read, hits)
        likeness = self._likeness.to(read)
        scores = [sum(parts.values()) + BY_LIKENESS * likeness[place] for place, parts in enumerate(evidence)]
        order = sorted(range(len(self._codes)), key=lambda place: (-scores[place], place))
        best = tuple(Suggestion(self._codes[place], round(scores[place], 4), _because(read, evidence[place])) for place in order[:most])
        return Suggestions(best, scores[order[0]] < LIKELY_NONE_BELOW)

    def _evidence(self, read: Sequence[Word], hits: Sequence[Hit]) -> list[dict[int, float]]:
        """Return, per priority, what the word at each place of the view adds to it."""
        evidence: list[dict[int, float]] = [defaultdict(float) for _ in self._codes]
        for hit, strength in _counted(hits):
            weight = BY_CONCEPTS * strength / len(hit.places)
            for priority, share in enumerate(self._concept_shares.get(hit.entry.concept, ())):
                for place in hit.places:
                    evidence[priority][place] += weight * share
        for place, word in _first_times(read):
            weight = BY_WORDS * (EVERYDAY if word.base in spelling().everyday else 1.0)
            for priority, share in enumerate(self._word_shares.get(word.base, ())):
                evidence[priority][place] += weight * share
        return evidence


def from_plan(plan: Mapping[str, Any]) -> list[PriorityText]:
    """Take the texts out of a plan as its data file holds them (`voice/plans/plan.schema.json`), in the plan's order."""
    return [
        PriorityText(
            code=str(priority["code"]),
            title=priority["title"],
            child_title=priority["child_title"],
            child_sentence=priority["child_sentence"],
            phrases=tuple(priority.get("phrases", ())),
            other=tuple(_council_words(priority)),
        )
        for priority in plan["priorities"]
    ]


def _council_words(priority: Mapping[str, Any]) -> Iterator[str]:
    for promise in priority.get("promises", ()):
        yield f"{promise['title']}. {promise['text']}"
    for part in ("planning_priorities", "aims", "groups", "conditions"):
        yield from priority.get(part, ())
    for measure in priority.get("measures", ()):
        yield measure["text"]
    for action in priority.get("actions", ()):
        yield action["text"]
        yield from action.get("how", ())
    if "why" in priority:
        yield priority["why"]


def _weighed(priority: PriorityText) -> Iterator[tuple[str, float]]:
    yield priority.child_title, CHILD_TITLE
    yield priority.child_sentence, CHILD_SENTENCE
    yield priority.title, TITLE
    for phrase in priority.phrases:
        yield phrase, PHRASE
    for text in priority.other:
        yield text, OTHER


def _vocabulary(priorities: Sequence[PriorityText]) -> Iterator[str]:
    """Yield the bases a misspelt word may stand for: those of the concepts and of the plan's phrases."""
    yield from concepts().vocabulary
    for priority in priorities:
        for text, weight in _weighed(priority):
            if weight >= PHRASE:
                yield from (base(word) for word in written_words(text))


_Said = Sequence[Sequence[tuple[list[Word], float]]]
"""Per priority, its texts as words, each text with its weight."""


def _word_profile(said: _Said) -> _Profile:
    profile = _empty(len(said))
    for place, texts in enumerate(said):
        for words, weight in texts:
            for word in {word.base for word in words}:
                profile[word][place] += weight
    return _damped(profile)


def _concept_profile(said: _Said) -> _Profile:
    profile = _empty(len(said))
    for place, texts in enumerate(said):
        for words, weight in texts:
            for concept, strength in strengths(find_concepts(words)).items():
                profile[concept][place] += weight * min(strength, 1.0)
    return _damped(profile)


def _empty(priorities: int) -> _Profile:
    return defaultdict(lambda: [0.0] * priorities)


def _damped(profile: _Profile) -> _Profile:
    """The tenth mention adds less than the first, or a priority with forty actions would win every word."""
    return {term: [math.log1p(weight) for weight in weights] for term, weights in profile.items()}


def _with_neighbours(profile: _Profile) -> _Profile:
    """Let priorities speak a little of what is near to what they speak of, so that a plan silent on vaping meets it by smoking."""
    nothing = [0.0] * len(next(iter(profile.values()), []))
    return {
        concept: [own + NEAR * sum(profile.get(other, nothing)[place] for other in near) for place, own in enumerate(profile.get(concept, nothing))]
        for concept, near in concepts().near.items()
    }


def _shares(profile: _Profile) -> _Profile:
    return {term: [weight / (sum(weights) + LITTLE_SAID) for weight in weights] for term, weights in profile.items()}


def _counted(hits: Sequence[Hit]) -> Iterator[tuple[Hit, float]]:
    """Yield the hits with their strength, a concept said over and over scaled down to `strengths`."""
    capped = strengths(hits)
    whole: dict[str, float] = defaultdict(float)
    for hit in hits:
        whole[hit.entry.concept] += hit.strength
    for hit in hits:
        yield hit, hit.strength * capped[hit.entry.concept] / whole[hit.entry.concept]


def _first_times(words: Sequence[Word]) -> Iterator[tuple[int, Word]]:
    seen: set[str] = set()
    for place, word in enumerate(words):
        if word.base not in seen:
            seen.add(word.base)
            yield place, word


def _because(words: Sequence[Word], evidence: Mapping[int, float]) -> tuple[str, ...]:
    """Return the four words of the view that did most for a priority, each once, leaving out those that did next to nothing."""
    told = sorted((place for place, added in evidence.items() if added >= BECAUSE_AT_LEAST), key=lambda place: (-evidence[place], place))
    return tuple(dict.fromkeys(words[place].written for place in told))[:4]
