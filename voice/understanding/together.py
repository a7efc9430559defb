"""The opinion of the plan's words and what was learned, as one. Plain Python, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from voice.understanding import tone as tones
from voice.understanding.hashing import split
from voice.understanding.learned import Learned, Opinion
from voice.understanding.suggest import Suggester, Suggestion, Suggestions
from voice.understanding.words import base, spelling

TONES = ("positive", "negative", "mixed", "neutral")
BECAUSE_AT_LEAST = 0.05
MOST_BECAUSE = 4


def suggest(suggester: Suggester, table: Learned | None, words: str, most: int = 3) -> Suggestions:
    """The likeliest priorities, best first. Without a table, or with one of other priorities, what the plan's words say."""
    if table is None or table.head.classes != suggester.codes:
        return suggester.suggest(words, most)
    unlearned = suggester.suggest(words, len(suggester.codes))
    said = {each.priority: each for each in unlearned.best}
    opinions = table.ask(words, [(said[code].score,) for code in suggester.codes])
    weight = table.head.beside[0][-1]
    order = sorted(opinions, key=lambda each: -each.score)
    written = split(words)
    best = tuple(Suggestion(each.name, round(each.score, 4), _because(written, each, said[each.name], weight)) for each in order[:most])
    line = table.head.none_below
    return Suggestions(best, unlearned.likely_none if line is None else order[0].score < line)


def likely(table: Learned, found: Sequence[Suggestion]) -> frozenset[str]:
    """Of all priorities, best first, those whose score says that they are meant, or the likeliest alone: what a machine would have to say that had no
    person beside it. For measuring; no page shows it."""
    return frozenset(each.priority for each in found if each.score >= table.head.at_least) or frozenset({found[0].priority})


def tone_numbers(words: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """What is known of a tone before anything is learned: our score with TextBlob's and VADER's, each -1 to 1; and the guess, a 1 among zeros."""
    guess = tones.tone(words)
    return (guess.score, guess.textblob, guess.vader), tuple(float(name == guess.tone) for name in TONES)


def tone(table: Learned | None, words: str) -> str:
    """The guessed tone, learned from corrections where there is a table."""
    if table is None or table.head.classes != TONES:
        return tones.tone(words).tone
    heard, guessed = tone_numbers(words)
    return max(table.ask(words, [(*heard, each) for each in guessed]), key=lambda each: each.score).name


def _because(written: Sequence[str], learned: Opinion, said: Suggestion, weight: float) -> tuple[str, ...]:
    """The words that did most, whichever machine they spoke to; words that every view holds are left out."""
    added: dict[str, float] = {word: weight * said.score / len(said.because) for word in said.because}
    for word, share in _spoken(written, learned.by_word).items():
        added[word] = added.get(word, 0.0) + share
    told = sorted((word for word, share in added.items() if share >= BECAUSE_AT_LEAST), key=lambda word: -added[word])
    return tuple(told[:MOST_BECAUSE])


def _spoken(written: Sequence[str], by_word: Mapping[int, float]) -> dict[str, float]:
    spoken: dict[str, float] = {}
    for number, share in by_word.items():
        word = written[number]
        if base(spelling().means.get(word, word)) not in spelling().everyday:
            spoken[word] = spoken.get(word, 0.0) + share
    return spoken
