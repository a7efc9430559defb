"""The tone of a view, as a guess that an officer can correct: TextBlob and VADER with what children’s words do to them put right.

A sorting aid in English and nothing more. It is never used to screen for someone at risk, and a concern never shows a tone: on its own
TextBlob reads “isn’t kind” and “i dont feel safe” as praise. The two libraries are loaded on first use (TextBlob takes seconds); neither
fetches anything, and no corpus of NLTK is read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from voice.understanding.concepts import places_of
from voice.understanding.words import LONGEST_READ, base, english, load_yaml, spelling, written_words

METHOD_NAME = "textblob-vader-cues"
VERSION = "1"

ToneName = Literal["positive", "negative", "mixed", "neutral"]

POSITIVE_FROM, NEGATIVE_FROM = 0.2, -0.1
"""A score between the two is neutral. Complaints are understated more often than praise, so they need less."""
BOTH_FROM = 0.3
"""Mixed: one part of the view at least this good and another at least this bad."""
CUES, VADER, TEXTBLOB = 0.5, 0.35, 0.15
WISHED_FOR = 0.2
"""What is left of good words inside a wish: “a nice park would be good” praises nothing that is there."""
REACH = 3
"""How many words back a “not” turns the sense round, and how far it turns it."""
TURNED = -0.7

_SENTENCE = re.compile(r"[.!?;\n]+|\b(?:but|although|though|however|except|apart from)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Tone:
    """`score` runs from -1 to 1. `textblob` and `vader` are the two opinions it was made of, kept for learning from corrections."""

    tone: ToneName
    score: float
    textblob: float
    vader: float


@dataclass(frozen=True)
class _Cues:
    bad: tuple[tuple[str, ...], ...]
    good: tuple[tuple[str, ...], ...]
    turning: frozenset[str]
    wishes: tuple[tuple[str, ...], ...]
    toneless: frozenset[str]
    praise: re.Pattern[str]


def tone(words: str) -> Tone:
    """Guess the tone of a view. Words that say nothing either way, or are in another language, come out neutral with score 0."""
    parts = [_opinions(part) for part in _parts(words)]
    heard = [part for part in parts if any(part)]
    if not heard:
        return Tone("neutral", 0.0, 0.0, 0.0)
    whole = [_weighed(part) for part in heard]
    score = sum(whole) / len(whole)
    name = _name(score, best=max(whole), worst=min(whole))
    return Tone(name, round(score, 3), *(round(sum(part[place] for part in heard) / len(heard), 3) for place in (1, 2)))


def _name(score: float, best: float, worst: float) -> ToneName:
    if best >= BOTH_FROM and worst <= -BOTH_FROM:
        return "mixed"
    if score >= POSITIVE_FROM:
        return "positive"
    return "negative" if score <= NEGATIVE_FROM else "neutral"


def _parts(words: str) -> Iterator[list[str]]:
    """Yield the view in parts that hold one tone each, as words with their text-speak spelt out."""
    for part in _SENTENCE.split(words[:LONGEST_READ]):
        plain = [_respelt(word) for word in written_words(part)]
        if plain:
            yield _cues().praise.sub(r"\1 great", " ".join(plain)).split()


def _respelt(word: str) -> str:
    return word if word in english() else spelling().means.get(word, word)


def _opinions(part: list[str]) -> tuple[float, float, float]:
    """Return what the cues, TextBlob and VADER make of one part, each -1 to 1, good words in a wish let down to a little."""
    opinions = (_by_cues(part), _by_textblob(part), _by_vader(part))
    if _rows(_cues().wishes, part):
        return tuple(each * WISHED_FOR if each > 0 else each for each in opinions)  # type: ignore[return-value] # three in, three out
    return opinions


def _weighed(opinions: tuple[float, float, float]) -> float:
    told = [(weight, each) for weight, each in zip((CUES, TEXTBLOB, VADER), opinions, strict=True) if each]
    return sum(weight * each for weight, each in told) / sum(weight for weight, _ in told) if told else 0.0


def _by_cues(part: list[str]) -> float:
    bases = [base(word) for word in part]
    found = [(-1.0, row) for row in _rows(_cues().bad, bases)] + [(1.0, row) for row in _rows(_cues().good, bases)]
    turned = [sense * TURNED if _is_turned(part, row) else sense for sense, row in found]
    return max(-1.0, min(1.0, sum(turned) / len(turned) * (0.5 + 0.15 * len(turned)))) if turned else 0.0


def _by_textblob(part: list[str]) -> float:
    """Average TextBlob's word scores, leaving out words without a tone here and turning those that a “not” reaches."""
    told = [each for each in textblob().analyze(" ".join(part), keep_assessments=True).assessments if not set(each[0]) & _cues().toneless]
    scores = [polarity * (TURNED if _turns(part, chunk) else 1.0) for chunk, polarity, *_ in told]
    return sum(scores) / len(scores) if scores else 0.0


def _turns(part: list[str], chunk: Sequence[str]) -> bool:
    if set(chunk) & {"not", "no", "never", "n't"} or chunk[0] not in part:
        return False
    return _is_turned(part, (part.index(chunk[0]),))


def _by_vader(part: list[str]) -> float:
    kept = [word for word in part if word not in _cues().toneless]
    return float(vader().polarity_scores(" ".join(kept))["compound"]) if kept else 0.0


def _is_turned(part: list[str], row: tuple[int, ...]) -> bool:
    """Say whether a “not” stands shortly before the words at these places, or between them: “its not that good”."""
    within = range(max(0, row[0] - REACH), row[-1])
    return any(part[place] in _cues().turning for place in within if place not in row)


def _rows(entries: tuple[tuple[str, ...], ...], words: list[str]) -> list[tuple[int, ...]]:
    """Return the places of each entry met in the words, leaving out an entry that lies inside one already met."""
    met: list[tuple[int, ...]] = []
    for entry in entries:
        for at in (place for place, word in enumerate(words) if word == entry[0]):
            row = places_of(entry, words, at)
            if row and not any(other[0] <= row[0] and row[-1] <= other[-1] for other in met):
                met.append(row)
    return met


@cache
def _cues() -> _Cues:
    data: dict[str, str] = load_yaml("tone.yaml")
    praise, things = ("|".join(part.strip() for part in data[name].split(",")) for name in ("praise", "things"))
    return _Cues(
        bad=_entries(data["negative"], based=True),
        good=_entries(data["positive"], based=True),
        turning=frozenset(data["turning"].split()),
        wishes=_entries(data["wishes"], based=False),
        toneless=frozenset(data["no_tone"].split()),
        praise=re.compile(rf"\b((?:{things}) (?:is|are|was|were|looks|look)(?: so| well| proper| actually| bare)?) (?:{praise})\b"),
    )


def _entries(listed: str, *, based: bool) -> tuple[tuple[str, ...], ...]:
    rows = {tuple(base(word) if based else word for word in written_words(part)) for part in listed.split(",")}
    return tuple(sorted(rows, key=lambda row: (-len(row), row)))


@cache
def textblob() -> Any:
    from textblob.en.sentiments import PatternAnalyzer  # takes seconds to load: a page that needs no tone must not wait for it

    return PatternAnalyzer()


@cache
def vader() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # reads its word list as it loads

    return SentimentIntensityAnalyzer()
