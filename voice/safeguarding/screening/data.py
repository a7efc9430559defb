"""The data files of the screen, read once: concepts, patterns, spellings and plain English words."""

import re
from functools import cache
from importlib.resources import files

VOWELS = "aeiou"


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    joined = re.sub(r"\n {2,}", " ", text)
    return [line for line in joined.splitlines() if line and not line.startswith("#")]


def lines(name: str) -> list[str]:
    """The lines of a data file, those that go on (two spaces first) put together, remarks left out."""
    return _lines(f"{name}.txt")


def pairs(name: str) -> list[str]:
    """The words or `a=b` pairs of a data file, parted by spaces."""
    return [pair for line in _lines(f"{name}.txt") for pair in line.split()]


@cache
def words() -> dict[str, int]:
    """Plain English words and their rank, the commonest is 0."""
    return {word: rank for rank, word in enumerate(word for line in _lines("words.txt") for word in line.split())}


@cache
def spellings() -> dict[str, tuple[str, ...]]:
    """What young people write, and the words it stands for."""
    return {written: tuple(meant.split("+")) for written, meant in (pair.split("=") for pair in pairs("spellings"))}


@cache
def emoji() -> dict[str, str]:
    """Each picture and the word it is read as."""
    return dict(pair.split("=") for pair in pairs("emoji"))


@cache
def compounds() -> frozenset[str]:
    """Words that are often written as two."""
    return frozenset(pairs("compounds"))


@cache
def foreign() -> frozenset[str]:
    """Small words of other languages that are no words of English."""
    return frozenset(pairs("other_languages"))


@cache
def concepts() -> dict[str, frozenset[str]]:
    """Each concept and its words, endings and other concepts taken in."""
    raw = {name: rest.split() for name, rest in (line.split(":", 1) for line in _lines("concepts.txt"))}
    return {name: frozenset(_members(name, raw)) for name in raw}


def _members(name: str, raw: dict[str, list[str]]) -> list[str]:
    found: list[str] = []
    for item in raw[name]:
        if item.startswith("@"):
            found += _members(item[1:], raw)
        elif item.endswith("~"):
            found += endings(item[:-1])
        else:
            found.append(item)
    return found


def endings(verb: str) -> list[str]:
    """The verb with -s, -ed, -ing and -in, as English spells them: slap, slaps, slapped, slapping, slappin."""
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith(("s", "sh", "ch", "x")):
        third = verb + "es"
    elif verb.endswith("y") and verb[-2] not in VOWELS:
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing", verb + "in"]
    else:
        third = verb + "s"
    if re.fullmatch(r"[a-z]*[^aeiou][aeiou][bdgklmnprt]", verb) and not verb.endswith(("en", "er")):
        stem += verb[-1]
    return [verb, third, stem + "ed", stem + "ing", stem + "in"]


@cache
def patterns(name: str) -> tuple[tuple[str, str], ...]:
    """(kind, pattern) for each line of a pattern file."""
    found: list[tuple[str, str]] = []
    kind = ""
    for line in _lines(f"{name}.txt"):
        if line.startswith("- "):
            found.append((kind, line[2:]))
        else:
            kind = line.rstrip(":")
    return tuple(found)
