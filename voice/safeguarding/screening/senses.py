"""What words of other languages mean to the patterns: each is given the English word whose sense it carries, and so its concepts.

The files in `senses` name stems; a word that is not there is tried with one slip, and a long one for stems run together.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from . import data
from .folding import by_ear, folded

LANGUAGES = ("cy", "pl", "ro", "uk", "ur")
LEAST_STEM = 3
SLIP_FROM = 5  # letters: shorter stems are not tried with a slip, too many words are like them
RUN_TOGETHER = 13
CHANGES = {
    "p": ("b", "mh", "ph"), "t": ("d", "nh", "th"), "c": ("g", "ngh", "ch"), "b": ("f", "m"), "d": ("dd", "n"),
    "g": ("", "ng"), "m": ("f",), "ll": ("l",), "rh": ("r",),
}  # fmt: skip
LATIN = dict(pair.split("=") for pair in data.lines("letters")[0].split())


class Lexicon:
    """The stems of one language and what they stand for."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.whole: dict[str, tuple[str, ...]] = {}
        self.stems: dict[str, tuple[str, ...]] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self.near: dict[str, tuple[str, ...]] = {}
        for line in data.lines(f"senses/{language}"):
            head, stems = line.split(":", 1)
            for stem in stems.split():
                for form in self._forms(stem.rstrip("~")):
                    self._add(form, head, open_ended=stem.endswith("~"))
        for known in (self.whole, self.stems):
            for form, heads in known.items():
                if len(form) >= SLIP_FROM:
                    for shorter in _without_one(form):
                        self.near.setdefault(shorter, heads)

    def form(self, word: str) -> str:
        """The word as this language is looked up."""
        return by_ear(word) if self.language == "ur" and word.isascii() else word

    def heads(self, word: str) -> tuple[str, ...]:
        """The English words whose sense this folded word carries; none when it is not known."""
        word = self.form(word)
        if word in self.whole:
            return self.whole[word]
        for end in range(len(word), LEAST_STEM - 1, -1):
            if word[:end] in self.stems:
                return self.stems[word[:end]]
        if len(word) >= RUN_TOGETHER and (inside := self._inside(word)):
            return inside
        return self._slipped(word) if len(word) >= SLIP_FROM else ()

    def phrases_at(self, words: Sequence[str], at: int) -> Iterator[str]:
        """What the phrases that end with this word stand for."""
        for phrase, head in self.phrases.get(self.form(words[at]), ()):
            start = at + 1 - len(phrase)
            if start >= 0 and tuple(self.form(word) for word in words[start : at + 1]) == phrase:
                yield head

    def _forms(self, stem: str) -> Iterator[str]:
        parts = [self.form(folded(part)) for part in stem.replace("-", "").split("+")]
        yield "+".join(parts)
        if self.language == "cy":
            for beginning, changes in CHANGES.items():
                if parts[0].startswith(beginning) and len(parts[0]) > LEAST_STEM:
                    yield from ("+".join([folded(change + parts[0][len(beginning) :]), *parts[1:]]) for change in changes)
        if self.language == "uk":
            yield "+".join(folded("".join(LATIN.get(letter, letter) for letter in part)) for part in parts)

    def _add(self, form: str, head: str, *, open_ended: bool) -> None:
        if "+" in form:
            phrase = tuple(form.split("+"))
            self.phrases[phrase[-1]].append((phrase, head))
            return
        table = self.stems if open_ended and len(form) >= LEAST_STEM else self.whole
        if head not in table.get(form, ()):
            table[form] = (*table.get(form, ()), head)

    def _slipped(self, word: str) -> tuple[str, ...]:
        for end in range(len(word), SLIP_FROM - 1, -1):
            for shorter in _without_one(word[:end]):
                if shorter in self.near:
                    return self.near[shorter]
        return ()

    def _inside(self, word: str) -> tuple[str, ...]:
        found: list[str] = []
        at = 0
        while at < len(word):
            end = next((end for end in range(len(word), at + 2, -1) if word[at:end] in self.stems or word[at:end] in self.whole), None)
            if end is not None:
                found += self.whole.get(word[at:end], ()) or self.stems.get(word[at:end], ())
            at = end or at + 1
        return tuple(found)


def _without_one(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


@cache
def lexicon(language: str) -> Lexicon:
    """The senses of one of LANGUAGES."""
    return Lexicon(language)


@cache
def emoji() -> dict[str, str]:
    """Each picture and the English word it is read as."""
    return data.emoji()


def available(language: str) -> bool:
    """Whether there is a file of senses for the language."""
    return files(__package__).joinpath(f"senses/{language}.txt").is_file()
