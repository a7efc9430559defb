"""The words of a view as young people write them, brought to the words they mean: spelling, text-speak and endings.

Pure Python over two data files: `words.yaml` beside this module, and the English word list that TextBlob carries (read as a file:
importing TextBlob takes seconds). The list only tells real words from misspelt ones, so that “goat” is never corrected to “coat”.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

LONGEST_READ = 6_000
"""Characters of a view that are looked at: about a thousand words, more than anyone writes on a phone."""

_WORD = re.compile(r"[^\W_]+")
_STRETCHED = re.compile(r"(.)\1{2,}")
_APOSTROPHES = re.compile(r"(?<=\w)['’‘`´](?=\w)")
_STRETCHED_PAIR = re.compile(r"(.)\1+")
_DOUBLED = frozenset("bdfgmnprt")


@dataclass(frozen=True)
class Word:
    """`written` is what stood in the text, `base` the word it stands for without its ending."""

    written: str
    base: str


@dataclass(frozen=True)
class Spelling:
    """What `words.yaml` holds: written form -> meant form, and the bases of words that say little."""

    means: dict[str, str]
    everyday: frozenset[str]


def load_yaml(name: str) -> Any:
    """Return a data file that stands beside this module. The C loader is ten times quicker."""
    return yaml.load(Path(__file__).with_name(name).read_text("utf-8"), Loader=yaml.CSafeLoader)


@cache
def spelling() -> Spelling:
    data = load_yaml("words.yaml")
    pairs = (pair.split() for pair in data["means"].split(","))
    means = {written: meant for written, meant in pairs if written != meant}
    return Spelling(means, frozenset(base(means.get(word, word)) for word in data["everyday"].split()))


@cache
def english() -> frozenset[str]:
    """Return the words of TextBlob's spelling list, or none where it is not installed."""
    found = find_spec("textblob")
    folder = next(iter(found.submodule_search_locations or ()), "") if found else ""
    path = Path(folder, "en", "en-spelling.txt")
    if not folder or not path.is_file():
        return frozenset()
    lines = path.read_text("utf-8").splitlines()
    return frozenset(line.split(" ", 1)[0] for line in lines if not line.startswith(";"))


@lru_cache(maxsize=50_000)
def base(word: str) -> str:
    """Take an English ending off: bullies, bullied, bullying -> bulli; stopped -> stop; caring -> care."""
    if len(word) < 4 or not word.isalpha():
        return word
    word = _without_plural(word)
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3 and not stem.endswith("e") and re.search("[aeiouy]", stem):
            return _mended(stem)
    return _settled(word)


def written_words(text: str) -> Iterator[str]:
    """Yield the words of a text in small letters, without apostrophes; stretched letters (sooo) are shortened to two."""
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text[:LONGEST_READ]).lower())
    for found in _WORD.finditer(plain):
        yield _STRETCHED.sub(r"\1\1", found.group())


class Reader:
    """Reads text with a vocabulary: a word that is neither English nor in the vocabulary is taken for a near word of it."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = frozenset(vocabulary)
        self._near: dict[str, set[str]] = defaultdict(set)
        for known in self._known - spelling().everyday:
            for less in _with_one_less(known):
                self._near[less].add(known)
        self._meant = lru_cache(maxsize=20_000)(self._find_meaning)

    def read(self, text: str) -> list[Word]:
        """Return the words of the text in order, each with the base it stands for."""
        return [Word(written, self._meant(written)) for written in written_words(text)]

    def _find_meaning(self, written: str) -> str:
        means = spelling().means
        for form in (written, _STRETCHED_PAIR.sub(r"\1", written)):
            if form in means:
                return base(means[form])
            if base(form) in self._known or form in english():
                return base(form)
        return self._nearest(written) or base(written)

    def _nearest(self, written: str) -> str | None:
        word = base(written)
        if len(word) < 5 or not word.isalpha():
            return None
        near = {known for less in _with_one_less(word) for known in self._near.get(less, ()) if _is_slip(word, known)}
        return min(near, key=lambda known: (known[:1] != word[:1], abs(len(known) - len(word)), known), default=None)


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search("(ss|sh|ch|x|zz)es$", word):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _mended(stem: str) -> str:
    """Give a stem back what its ending took: stopp -> stop, car -> care, danc -> dance, bulli -> bulli."""
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in _DOUBLED:
        return stem[:-1]
    if re.search("[^aeiou][aeiou][^aeiouwxy]$", stem) and len(stem) <= 4:
        return stem + "e"
    if re.search("(dg|[aeiourln]c|[aeiourl]v|[aeior]s|u|at|iz)$", stem) and not stem.endswith(("eat", "oat")):
        return stem + "e"
    return _settled(stem)


def _settled(word: str) -> str:
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") and word[-2] not in "aeiou" else word


def _with_one_less(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _is_slip(written: str, known: str) -> bool:
    """Say whether two words sharing a one-letter-less form are one slip apart: a letter more, less, other, or two swapped."""
    if len(known) < 5 or abs(len(written) - len(known)) > 1:
        return False
    if len(written) != len(known):
        return True
    differ = [place for place, letter in enumerate(written) if letter != known[place]]
    return len(differ) == 1 or (len(differ) == 2 and written[differ[0]] == known[differ[1]] and written[differ[1]] == known[differ[0]])
