"""The screen: a first opinion on whether someone may be at risk, so that a person reads those words first.

It sorts and never gates: a person reads everything, whatever it says. When it cannot tell, it asks to be read first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from .screening import data, learned, matching
from .screening.reading import Reading, read
from .screening.spelling import Speller

PATTERN_FILES = ("patterns_body", "patterns_home", "patterns_beyond")
ENGLISH = ("en",)
FEW_WORDS = 4
FOREIGN_WORDS = 2
KNOWN_SHARE = 0.55  # below this share of known words a text of FEW_WORDS or more is taken for another language
MOST_QUOTES = 5


@dataclass(frozen=True)
class Verdict:
    """What the screen thinks. `because` holds words of the text itself; `read_first` says the text was not, or not all, understood."""

    concern: bool
    read_first: bool
    kinds: tuple[str, ...]
    because: tuple[str, ...]
    immediate: bool


NOT_UNDERSTOOD = Verdict(concern=False, read_first=True, kinds=(), because=(), immediate=False)


def screen(words: str, language: str | None = "en") -> Verdict:
    """Say whether these words may mean that someone is at risk. Any text is taken; what goes wrong is read first."""
    try:
        return _screened(words, language)
    except Exception:  # the screen must never stand between a young person's words and the people who read them
        return NOT_UNDERSTOOD


def screen_all(texts: Iterable[str], language: str | None = "en") -> Verdict:
    """One verdict on a whole submission: each text, and all of them as one, for what is split over two boxes."""
    said = [text for text in texts if text.strip()]
    # A submission of one text is that text: it is not read twice.
    return _merged([screen(text, language) for text in dict.fromkeys((*said, "\n".join(said)))])


def _screened(words: str, language: str | None) -> Verdict:
    reading = read(words, _speller())
    tags = _serious(reading)
    met = _enough(matching.found(_patterns(), tags))
    heard = learned.hear(tags)
    spans = [(found.positions[0], found.positions[-1]) for found in met]
    kinds = [found.pattern.kind for found in met]
    if not met and learned.enough(heard, tags):
        spans = [(at, at) for at in heard.positions]
        kinds = [heard.kind]
    return Verdict(
        concern=bool(kinds),
        read_first=reading.cut or not _is_english(reading) or not _is_offered(language),
        kinds=tuple(dict.fromkeys(kinds)),
        because=tuple(_quotes(spans, reading)),
        immediate=any(found.pattern.immediate for found in met),
    )


def _enough(met: list[matching.Found]) -> list[matching.Found]:
    """Any strong pattern is enough; a weak one needs another beside it."""
    return met if len(met) > 1 or any(not found.pattern.weak for found in met) else []


def _is_offered(language: str | None) -> bool:
    return (language or "").lower().replace("_", "-").split("-")[0] in ENGLISH


def _serious(reading: Reading) -> list[frozenset[str]]:
    """The tags of each word, with those said in play or in passing set aside."""
    tags = matching.tagged([word.meant for word in reading.words], _phrases())
    for found in matching.found(matching.compiled("ordinary"), tags):
        for at in found.positions:
            tags[at] = frozenset()
    return tags


def _is_english(reading: Reading) -> bool:
    """Whether enough of the words are known; of very few words one is enough."""
    known = [word.known for word in reading.words]
    if sum(form in data.foreign() for form in reading.forms) >= FOREIGN_WORDS:
        return False
    if len(known) < FEW_WORDS:
        return any(known)
    return sum(known) / len(known) >= KNOWN_SHARE


def _quotes(met: Iterable[tuple[int, int]], reading: Reading) -> Iterator[str]:
    """The shortest stretches of the text that led to the verdict, none inside another."""
    spans: list[tuple[int, int]] = []
    for first, last in sorted(set(met), key=lambda span: span[1] - span[0]):
        if len(spans) < MOST_QUOTES and not any(first <= end and start <= last for start, end in spans):
            spans.append((first, last))
    for first, last in sorted(spans):
        yield reading.quote(first, last)


def _merged(verdicts: list[Verdict]) -> Verdict:
    return Verdict(
        concern=any(verdict.concern for verdict in verdicts),
        read_first=any(verdict.read_first for verdict in verdicts),
        kinds=tuple(dict.fromkeys(kind for verdict in verdicts for kind in verdict.kinds)),
        because=tuple(dict.fromkeys(quote for verdict in verdicts for quote in verdict.because)),
        immediate=any(verdict.immediate for verdict in verdicts),
    )


@cache
def _patterns() -> tuple[matching.Pattern, ...]:
    return tuple(pattern for name in PATTERN_FILES for pattern in matching.compiled(name))


@cache
def _phrases() -> dict[str, list[tuple[str, ...]]]:
    return matching.phrases((*_patterns(), *matching.compiled("ordinary")))


@cache
def _speller() -> Speller:
    telling = {word for members in data.concepts().values() for word in members}
    named = matching.literals((*_patterns(), *matching.compiled("ordinary")))
    return Speller(telling | named, data.words(), data.spellings(), data.compounds())
