"""From what was typed to the words that were meant, each tied to the place it came from.

Undone here: accents, bidi marks and other unseen characters, emoji, leetspeak, letters set apart (k.i.l.l), letters held down (hiiit),
words run together (hehitsme) or broken (my self), and spelling by ear.
"""

import re
import unicodedata
from dataclasses import dataclass

from . import data
from .spelling import HELD, Speller

MOST_WORDS = 2_000
MOST_CHARACTERS = 20_000
LONGEST_WORD = 120

LEET = str.maketrans("013457@$!|€+", "oieastasilet")
SEEN = str.maketrans({**{mark: f" {word} " for mark, word in data.emoji().items()}, "’": "", "‘": "", "'": "", "`": "", "´": "", "&": " and "})
APART = re.compile(r"(?<![^\W_])(?:[a-z0-9@$!][ .\-_*/]{1,2}){2,}[a-z0-9@$!](?![^\W_])")
WORD = re.compile(r"(?:[^\W_]|[@$€*|]|!(?=\w)|(?<=\w)\+(?=\w))+")
COUNTED = re.compile(r"\d+(?:st|nd|rd|th|s|ish|yo|yrs?|am|pm|m|k|p|x|h|ps|d)?")


@dataclass(frozen=True)
class Word:
    """One word as meant, the places (index into the chunks of the text) it came from, and whether it is known."""

    meant: str
    place: int
    until: int
    known: bool


@dataclass(frozen=True)
class Reading:
    """A text read: its chunks as written, the plain forms in them, its words as meant, and whether it was cut short."""

    chunks: tuple[str, ...]
    forms: tuple[str, ...]
    words: tuple[Word, ...]
    cut: bool

    def quote(self, first: int, last: int) -> str:
        """The text as written, from one word to another."""
        return " ".join(self.chunks[self.words[first].place : self.words[last].until + 1])


def read(text: str, speller: Speller) -> Reading:
    """Read a text of any kind and length; never more than MOST_WORDS of it."""
    chunks = tuple(_held_apart(chunk)[:LONGEST_WORD] for chunk in _chunks(text[:MOST_CHARACTERS]))
    forms = [(place, form) for place, chunk in enumerate(chunks[:MOST_WORDS]) for form in WORD.findall(_seen(chunk))]
    found = [Word(meant, place, place, known) for place, form in forms for meant, known in _meant(form, speller)]
    cut = len(text) > MOST_CHARACTERS or len(chunks) > MOST_WORDS
    return Reading(chunks, tuple(form for _, form in forms), tuple(_joined(found, speller)[:MOST_WORDS]), cut)


def _chunks(text: str) -> list[str]:
    """Split at white space, but keep letters that were set apart (k i l l) in one chunk."""
    small = text.casefold()
    text = APART.sub(_together, small) if APART.search(small) else text
    return text.replace("\0", "").split()


def _together(found: re.Match[str]) -> str:
    letters = re.sub(r"[^a-z0-9@$!]", "", found.group())
    alone = {"i", "a", "u", "r", "2", "4", "n"}
    return found.group() if len(letters) < 3 or sum(letter in alone for letter in letters) * 2 > len(letters) else letters


def _held_apart(chunk: str) -> str:
    if chunk.isascii() and chunk.isprintable():
        return chunk
    return "".join(character for character in chunk if unicodedata.category(character) not in {"Cf", "Cc", "Cs"})


def _seen(chunk: str) -> str:
    if chunk.isascii():  # no accents, and no picture: what is put in place of a mark has none either
        return chunk.translate(SEEN).lower()
    plain = unicodedata.normalize("NFKD", chunk.translate(SEEN)).casefold()
    return "".join(character for character in plain if not unicodedata.combining(character)).translate(SEEN)


def _meant(form: str, speller: Speller) -> list[tuple[str, bool]]:
    if form in speller.surely:
        return [(form, True)]
    form = HELD.sub(r"\1\1", form.strip("|+"))
    if not any(character.isalnum() for character in form):
        return []
    if COUNTED.fullmatch(form) and form not in speller.short:
        return [(re.sub(r"\D+$", "", form), True)]
    return [(word, known) for word, known in speller.meant(form, form.translate(LEET))]


def _joined(words: list[Word], speller: Speller) -> list[Word]:
    """Put together what was written as two words: my self, step dad, sui cide."""
    found: list[Word] = []
    for word in words:
        both = found[-1].meant + word.meant if found else ""
        if both and (speller.is_compound(both) or (not word.known and speller.is_telling(both))):
            found[-1] = Word(both, found[-1].place, word.until, True)
        else:
            found.append(word)
    return found
