"""What was learned: numbers made by one process and asked by another, without a database."""

from __future__ import annotations

import subprocess
import sys
import time
import zlib
from datetime import date, timedelta

import pytest

from voice.understanding import learned, together
from voice.understanding.fitting import Figures, fit
from voice.understanding.hashing import HALF, PLACES, Hasher, split
from voice.understanding.refitting import Said, learn_apart, learn_tone
from voice.understanding.rules import Step, is_due_to_learn, steps, tenths
from voice.understanding.suggest import PriorityText, Suggester

KEY = b"a key"
PLAN = (
    PriorityText("A", "Rivers", "Rivers", "The river is clean.", ("fish in the river",)),
    PriorityText("B", "Buses", "Buses", "There is a bus.", ("no bus at all",)),
    PriorityText("C", "Friends", "Friends", "You have a friend.", ("no one to play with",)),
    PriorityText("D", "Food", "Food", "You have enough to eat.", ("school dinners",)),
)
SAID = [Said(f"{words} {n}", (code,)) for n in range(6) for words, code in (("the otters at the weir", "A"), ("it is too far to walk", "B"))]
SAID += [Said(f"nan makes crumble {n}", ("D",)) for n in range(6)] + [Said(f"pizza party number {n}", ()) for n in range(12)]


@pytest.fixture(scope="module")
def made() -> tuple[bytes, Figures]:
    """Learned as the worker does it, in a process of its own."""
    return learn_apart(PLAN, SAID, KEY)


@pytest.fixture(scope="module")
def table(made: tuple[bytes, Figures]) -> learned.Learned:
    return learned.read(made[0], KEY)


@pytest.fixture(scope="module")
def suggester() -> Suggester:
    return Suggester(PLAN)


def test_words_no_plan_has_find_the_priority_people_tied_them_to(suggester: Suggester, table: learned.Learned) -> None:
    best = together.suggest(suggester, table, "saw an otter today").best[0]
    assert best.priority == "A"
    assert best.because == ("otter",)
    assert together.suggest(suggester, table, "apple crumble").best[0].priority == "D"


def test_none_of_these_is_learned_from(suggester: Suggester, table: learned.Learned) -> None:
    assert together.suggest(suggester, table, "pizza party").likely_none
    assert not together.suggest(suggester, table, "the otters at the weir").likely_none


def test_it_is_tested_on_what_it_had_not_learned_from(made: tuple[bytes, Figures]) -> None:
    figures = made[1]
    assert (figures.lessons, figures.none_of_these) == (30, 12)
    assert figures.at_three == 1.0
    assert figures.is_better
    assert not Figures(30, 0, 0.5, 0.5, 0.6, 0.5).is_better
    assert Figures(3, 0).is_better


def test_no_word_stands_in_it_and_another_key_reads_nothing(made: tuple[bytes, Figures], suggester: Suggester) -> None:
    blob = made[0]
    head = int.from_bytes(blob[:4], "little")
    assert b"otter" not in blob + zlib.decompress(blob[4 + head :])
    other = learned.read(blob, b"another key")
    assert "otter" not in together.suggest(suggester, other, "saw an otter").best[0].because


@pytest.mark.parametrize("spoil", [lambda blob: blob[:-9], lambda blob: b"", lambda blob: blob[:50], lambda blob: blob.replace(b'"1"', b'"0"')])
def test_a_damaged_table_is_refused(made: tuple[bytes, Figures], spoil) -> None:
    with pytest.raises(learned.NotReadable):
        learned.read(spoil(made[0]), KEY)


def test_a_table_of_other_priorities_is_not_asked(table: learned.Learned) -> None:
    other = Suggester((*PLAN, PriorityText("E", "Trees", "Trees", "There are trees.")))
    assert together.suggest(other, table, "otters") == other.suggest("otters")
    assert together.suggest(other, None, "otters") == other.suggest("otters")


def test_a_suggestion_among_many_priorities_takes_less_than_twenty_milliseconds() -> None:
    codes = tuple(f"{n}" for n in range(24))
    head = learned.Head(codes, (), (0.0,) * 24, ((1.0,),) * 24, 0.0, None)
    table = learned.read(learned.write(head, [1.0] * PLACES, [[0.25] * PLACES] * 24), KEY)
    suggester = Suggester([PriorityText(code, f"Title {code}", f"Name {code}", "A sentence.", ("no bus from our village",)) for code in codes])
    words = "the last bus goes at five and then i cant get home from my friends house so i never go to any clubs"
    together.suggest(suggester, table, words)
    taken = []
    for _ in range(5):
        begun = time.process_time()
        together.suggest(suggester, table, words)
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.02


def test_there_must_be_something_to_learn_from() -> None:
    with pytest.raises(ValueError, match="Nothing to learn from"):
        fit((), [], [], KEY)
    with pytest.raises(ValueError, match="Nothing to learn from"):
        fit(("A",), [], [], KEY)


def test_the_same_key_gives_the_same_places_and_each_kind_has_its_half() -> None:
    words = split("The otters’ WEIR, sooooo nice")
    assert words == ["the", "otters", "weir", "soo", "nice"]
    pieces = Hasher(KEY).pieces(words)
    assert pieces == Hasher(KEY).pieces(words)
    assert set(pieces) != set(Hasher(b"other").pieces(words))
    assert all((place >= HALF) == bool(piece.kind) for place, piece in pieces.items())
    assert Hasher(KEY).pieces([]) == {}


def test_tone_is_learned_from_corrections() -> None:
    said = [Said(f"the ramps are gnarly {n}", ("positive",)) for n in range(12)] + [Said(f"bus was rammed {n}", ("negative",)) for n in range(12)]
    blob, figures = learn_tone(said, KEY)
    table = learned.read(blob, KEY)
    assert figures.first is not None
    assert figures.unlearned_first is not None
    assert figures.first > figures.unlearned_first
    assert together.tone(table, "gnarly ramps") == "positive"
    assert together.tone(table, "rammed again") == "negative"
    assert together.tone(table, "i hate it") == "negative"
    assert together.tone(None, "gnarly ramps") == "neutral"


def test_asking_needs_neither_scikit_learn_nor_numpy() -> None:
    code = "import sys, voice.wiring, voice.understanding.contributions; print(sorted({'sklearn', 'scipy', 'numpy', 'textblob'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("changes", "lessons", "erased", "otherwise", "due"),
    [
        (9, None, False, False, False),
        (10, None, False, False, True),
        (10, 100, False, False, True),
        (10, 400, False, False, False),
        (20, 400, False, False, True),
        (0, 400, True, False, True),
        (0, 400, False, True, True),
    ],
)
def test_when_to_learn_again(changes: int, lessons: int | None, erased: bool, otherwise: bool, due: bool) -> None:
    assert is_due_to_learn(changes, lessons=lessons, erased=erased, otherwise=otherwise) is due


def test_days_are_put_together_until_there_is_enough_to_say() -> None:
    first = date(2026, 11, 2)
    days = [(first + timedelta(days=n), 20, 15) for n in range(6)]
    assert steps(days, 50) == [Step(first, days[2][0], 60, 45), Step(days[3][0], days[5][0], 60, 45)]
    assert steps(days[:1], 50) == [Step(first, first, 20, 15)]
    assert steps([(first, 9, 9)], 50) == []
    assert steps([], 50) == []


@pytest.mark.parametrize(("share", "words"), [(0, 0), (0.01, 1), (0.5, 5), (0.84, 8), (0.99, 9), (1, 10)])
def test_all_is_said_of_all_alone(share: float, words: int) -> None:
    assert tenths(share) == words
