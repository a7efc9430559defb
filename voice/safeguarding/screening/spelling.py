"""Which word was meant: exact, held letters, short forms, by ear, one slip of the finger, or several words run together."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

LONGEST_PART = 14
COMMON = 3_000  # the plain words a slip may have been meant for; the rest only count as words
RARE = 9_999
DOUBLED = re.compile(r"(.)\1")
HEARD = "ph=f gh= kn=n wr=r wh=w tch=x ch=x sh=x ck=k qu=k ce=s ci=s cy=s c=k z=s th=t dge=j v=f y= w= h="
BY_EAR = tuple((pair.partition("=")[0], pair.partition("=")[2]) for pair in HEARD.split())


def by_ear(word: str) -> str:
    """How a word sounds: first letter's sound and the consonants, doubles as one."""
    sound = word
    for written, heard in BY_EAR:
        sound = sound.replace(written, heard)
    first = "a" if word[0] in "aeiou" else ""
    return first + re.sub(r"(.)\1+", r"\1", re.sub("[aeiou]", "", sound))


def slips(word: str, other: str, most: int) -> int:
    """Edit distance with swapped neighbours counted once, or `most` + 1 when it is more than `most`."""
    if abs(len(word) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, start=1):
        last, row = row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > most:
            return most + 1
    return row[-1]


def _without_one(word: str) -> Iterator[str]:
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


HELD = re.compile(r"(.)\1{2,}")


class Speller:
    """Finds the word that was meant among the telling words (those of the patterns) and plain English. Keeps nothing of what it reads."""

    def __init__(self, telling: Iterable[str], plain: dict[str, int], short: dict[str, tuple[str, ...]], compounds: Iterable[str] = ()) -> None:
        self.telling = frozenset(telling)
        self.plain = plain
        self.short = short
        self.compounds = frozenset(compounds)
        self.surely = frozenset(word for word in (*self.telling, *plain) if word.isalpha() and word not in short and not HELD.search(word))
        """Most of what is written: words that mean themselves, with nothing in them to undo."""
        self._near: dict[str, list[str]] = defaultdict(list)
        self._sounds: dict[str, list[str]] = defaultdict(list)
        for word in {
            *(word for word in self.telling if len(word) > 3),
            *(word for word, rank in plain.items() if rank < 3000 and len(word) > 3),
        }:
            self._sounds[by_ear(word)].append(word)
            for shorter in _without_one(word):
                self._near[shorter].append(word)

    def is_telling(self, word: str) -> bool:
        """Whether the patterns know the word."""
        return len(word) > 3 and word in self.telling

    def is_compound(self, word: str) -> bool:
        """Whether this is one word that is often written as two."""
        return word in self.compounds

    def meant(self, form: str, unleeted: str) -> list[tuple[str, bool]]:
        """The words meant by what was written, each with whether it is known."""
        for written in dict.fromkeys((form, unleeted, *_fewer(unleeted))):
            if written in self.short:
                return [(word, True) for word in self.short[written]]
            if written in self.telling or written in self.plain:
                return [(written, True)]
        if "*" in form:
            masked = self._masked(unleeted)
            return [(masked or unleeted, masked is not None)]
        return self._guess(unleeted)

    def _guess(self, form: str) -> list[tuple[str, bool]]:
        if len(form) < 4 or not form.isascii() or len(form) > 60:
            return [(form, False)]
        if near := self._nearest(form, 1):
            return [(near, True)]
        if parts := self._parts(form):
            return [(word, True) for part in parts for word in self.short.get(part, (part,))]
        sounding = self._nearest(form, 2)
        return [(sounding, True)] if sounding else [(form, False)]

    def _nearest(self, form: str, most: int) -> str | None:
        """The nearest word within `most` slips; those that sound alike may be one further. Telling words win a tie."""
        if most == 1:
            pool = {word for shorter in _without_one(form) for word in self._near.get(shorter, ())}
        else:
            pool = set(self._sounds.get(by_ear(form), ()))
        scored = ((slips(form, word, most), word not in self.telling, word[0] != form[0], self.plain.get(word, 9999), word) for word in pool)
        allowed = [score for score in scored if score[0] <= most and (len(form) > 4 or not score[2])]
        return min(allowed)[-1] if allowed else None

    def _masked(self, form: str) -> str | None:
        shape = re.compile(re.sub(r"\\?\*+", "[a-z]{1,3}", re.escape(form)))
        found = sorted((abs(len(word) - len(form)), word) for word in self.telling if shape.fullmatch(word))
        return found[0][1] if found else None

    def _parts(self, form: str) -> list[str] | None:
        """The likeliest way to read several known words run together, or None."""
        best: list[tuple[float, list[str]] | None] = [(0.0, [])]
        for end in range(1, len(form) + 1):
            ways = [
                (before[0] + cost, [*before[1], part])
                for start in range(max(0, end - LONGEST_PART), end)
                if (before := best[start]) is not None and (cost := self._cost(part := form[start:end])) is not None
            ]
            best.append(min(ways) if ways else None)
        found = best[-1]
        return found[1] if found and found[0] / len(form) < 2.6 else None

    def _cost(self, part: str) -> float | None:
        if len(part) == 1 and part not in "iau":
            return None
        rank = self.plain.get(part)
        if rank is None:
            rank = 900 if part in self.telling or (len(part) > 2 and part in self.short) else None
        return None if rank is None else math.log(rank + 30) + (2 if len(part) < 3 and rank > 150 else 0)


def _fewer(form: str) -> tuple[str, ...]:
    """The form with held-down letters as one each: hiit, hit."""
    once = DOUBLED.sub(r"\1", form)
    return (once,) if once != form else ()
