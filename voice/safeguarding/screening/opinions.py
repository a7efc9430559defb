"""What the screen makes of a text in one language: patterns for English, shapes of senses for the others, and the learned part for all."""

import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from . import data, matching, shapes
from .features import Said
from .folding import MOST_CHARACTERS, TOKEN, folded, unaccented
from .learned import Heard, hear
from .reading import Reading, read
from .senses import emoji, lexicon
from .spelling import Speller

PATTERN_FILES = ("patterns_body", "patterns_home", "patterns_beyond", "patterns_plain")
MOST_WORDS = 2_000
LONGEST_CHUNK = 120
MOST_QUOTES = 5
EDGES = string.punctuation + "“”‘’…„«»—–،۔؟"


@dataclass(frozen=True)
class Opinion:
    """Whether these words may mean that someone is at risk, in danger now, of what kinds, and the words that say so."""

    kinds: tuple[str, ...]
    because: tuple[str, ...]
    immediate: bool
    over: float  # how far above what is enough the learned part is


def english(text: str) -> Opinion:
    """The opinion on a text taken as English."""
    reading = read(text, speller())
    tags = serious(reading)
    met = looked().found(tags)
    heard = hear(said_in_english(reading, tags, met), "en")
    strong = [found for found in met if found.pattern.immediate]
    if heard.over <= 0 and not strong and not any(found.pattern.line in sure() for found in met):
        return Opinion((), (), immediate=False, over=heard.over)
    kinds = [found.pattern.kind for found in met] or [heard.kind]
    spans = [(found.positions[0], found.positions[-1]) for found in met] or [(at, at) for at in heard.positions]
    quotes = tuple(reading.quote(first, last) for first, last in _apart(spans))
    return Opinion(tuple(dict.fromkeys(kinds)), quotes, immediate=bool(strong) or heard.now > 0, over=heard.over)


def said_in_english(reading: Reading, tags: list[frozenset[str]], met: list[matching.Found]) -> Said:
    """What the learned part hears of an English text."""
    marks = {("!" if found.pattern.immediate else "?" if found.pattern.weak else "=") + found.pattern.kind for found in met}
    return Said(tuple(word.meant for word in reading.words), tuple(tags), tuple(sorted(marks)))


def other(text: str, language: str) -> Opinion:
    """The opinion on a text taken as one of the languages there are senses for."""
    said, chunks = said_in(text, language)
    met = shapes.met(said.senses)
    heard = hear(said, language)
    if heard.over <= 0 and not met:
        return Opinion((), (), immediate=False, over=heard.over)
    kinds = [shape.kind for shape, _ in met] or [heard.kind]
    spans = [span for _, span in met] or [(at, at) for at in heard.positions]
    places = [(chunks[first][0], chunks[last][0]) for first, last in _apart(spans)]
    parts = text[:MOST_CHARACTERS].split()
    quotes = tuple(quote for first, last in places if (quote := " ".join(parts[first : last + 1]).strip(EDGES)))
    return Opinion(tuple(dict.fromkeys(kinds)), quotes, immediate=any(shape.immediate for shape, _ in met) or heard.now > 0, over=heard.over)


def said_in(text: str, language: str) -> tuple[Said, list[tuple[int, str]]]:
    """What the learned part hears of a text in a language of senses, and for each word its chunk (text parted at white space) and form."""
    known = lexicon(language)
    words = _words(text)
    forms = tuple(form for _, form in words)
    tags: list[frozenset[str]] = []
    for at, form in enumerate(forms):
        heads = (emoji()[form],) if form in emoji() else (*known.heads(form), *known.phrases_at(forms, at))
        tags.append(frozenset().union(*(sense(head) for head in heads)))
    return Said(forms, tuple(tags)), words


def plain_words(text: str) -> list[str]:
    """The folded words of a text, without its pictures."""
    return [form for _, form in _words(text) if form not in emoji()]


def _words(text: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for at, chunk in enumerate(text[:MOST_CHARACTERS].split()[:MOST_WORDS]):
        found += [(at, picture) for picture in dict.fromkeys(chunk[:LONGEST_CHUNK]) if picture in emoji()]
        found += [(at, form) for token in TOKEN.findall(unaccented(chunk[:LONGEST_CHUNK])) if (form := folded(token))]
    return found[:MOST_WORDS]


@cache
def sense(head: str) -> frozenset[str]:
    """The English word, or words joined with +, and the concepts they belong to."""
    concepts = matching.concepts_of()
    return frozenset((head, *(tag for part in head.split("+") for tag in (part, *concepts.get(part, ())))))


def serious(reading: Reading) -> list[frozenset[str]]:
    """The tags of each word, with those said in play or in passing set aside."""
    tags = matching.tagged([word.meant for word in reading.words], _phrases())
    for found in _passing().found(tags):
        for at in found.positions:
            tags[at] = frozenset()
    return tags


def _apart(met: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The shortest stretches that led to the verdict, none inside another."""
    spans: list[tuple[int, int]] = []
    for first, last in sorted(set(met), key=lambda span: span[1] - span[0]):
        if len(spans) < MOST_QUOTES and not any(first <= end and start <= last for start, end in spans):
            spans.append((first, last))
    yield from sorted(spans)


@cache
def patterns() -> tuple[matching.Pattern, ...]:
    """The patterns of who did what to whom, in English."""
    return tuple(pattern for name in PATTERN_FILES for pattern in matching.compiled(name))


@cache
def looked() -> matching.Looked:
    """The same, ready to be looked for together."""
    return matching.Looked(patterns())


@cache
def _passing() -> matching.Looked:
    """What is said in play or in passing."""
    return matching.Looked(matching.compiled("ordinary"))


@cache
def sure() -> frozenset[str]:
    """Patterns that are enough by themselves, as they stand in their files: of all that teaches only disclosures met them."""
    return frozenset(data.lines("sure"))


@cache
def _phrases() -> dict[str, list[tuple[str, ...]]]:
    return matching.phrases((*patterns(), *matching.compiled("ordinary")))


@cache
def speller() -> Speller:
    """Finds the English word that was meant."""
    telling = {word for members in data.concepts().values() for word in members}
    named = matching.literals((*patterns(), *matching.compiled("ordinary")))
    return Speller(telling | named, data.words(), data.spellings(), data.compounds())


__all__ = ["Heard", "Opinion", "english", "other", "plain_words", "said_in", "said_in_english"]
