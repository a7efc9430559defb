"""Words as they are compared, in any alphabet: no accents, no unseen characters, no letters held down, figures read as letters."""

import re
import unicodedata
from functools import lru_cache

MOST_CHARACTERS = 20_000
LONGEST = 40

ALIKE = str.maketrans(
    {
        **dict(zip("łđøıæœß", "ldoiaos", strict=True)),
        **dict(zip("يىكةۃھهۂںأإٱؤےئ", "ییکہہہہہناااویی", strict=True)),
        **dict.fromkeys("’‘'`´ʼ՚′"),
        **dict.fromkeys("ـ"),
    }
)
LEET = str.maketrans("013457@$€!", "oieastasei")
TOKEN = re.compile(r"(?:[^\W_]|[@$€*!](?=\w))+")
HELD = re.compile(r"(.)\1+")
ROMAN = (("ee", "i"), ("oo", "u"), ("ay", "e"), ("ai", "e"), ("ey", "e"), ("w", "v"), ("q", "k"), ("ph", "f"), ("y", "i"))


def unaccented(text: str) -> str:
    """The text in small letters without accents, apostrophes and characters that are not seen."""
    if text.isascii() and text.isprintable():  # nothing there has an accent or is not seen
        return text.lower().translate(ALIKE)
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = (character for character in plain if unicodedata.category(character) not in {"Mn", "Cf", "Cs", "Cc"} or character in "\n\t\r")
    return "".join(kept).translate(ALIKE)


@lru_cache(maxsize=4096)
def folded(word: str) -> str:
    """One word as it is compared. Letters held down or doubled stand once; figures inside a word are read as letters."""
    plain = unaccented(word)[:LONGEST]
    if not plain.isdigit() and not plain.isalpha():
        plain = plain.translate(LEET).replace("*", "")
    return HELD.sub(r"\1", plain)


@lru_cache(maxsize=4096)
def by_ear(word: str) -> str:
    """A word of Urdu in Latin letters, its many spellings made one: mujhay, mujhe."""
    for written, heard in ROMAN:
        word = word.replace(written, heard)
    return HELD.sub(r"\1", word.removesuffix("h") if len(word) > 3 else word)
