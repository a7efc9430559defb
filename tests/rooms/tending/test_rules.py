"""What is counted of requests, what of it is told, and the files in which processes count together."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from voice.tending.counts import ROOM, Counts, begin_anew
from voice.tending.rules import BOUNDS, ended, kind_of, names_of, took


def test_a_request_is_of_one_kind() -> None:
    assert kind_of("listening.sent", "POST", inside=False) == "submit"
    assert kind_of("listening.sent", "GET", inside=False) == "page"
    assert kind_of("publishing.home", "GET", inside=False) == "page"
    assert kind_of("desk.queue", "GET", inside=True) == "desk"
    assert kind_of("static", "GET", inside=False) == "file"
    assert kind_of("", "GET", inside=False) == "other"


def test_who_looks_on_sees_no_single_child_come() -> None:
    """Nothing that is told changes with one more that went well; what failed here is told as it is."""
    counts = {"r submit listening 2": 29, "r submit listening 5": 3, "t submit 2": 29, "r page none 4": 7}
    before = ended(counts), took(counts)
    assert before[0] == {("submit", "listening", "2xx"): 20, ("submit", "listening", "5xx"): 3, ("page", "none", "4xx"): 0}
    one_less = {**counts, "r submit listening 2": 28, "t submit 2": 28}
    assert (ended(one_less), took(one_less)) == before
    assert ended({**counts, "r submit listening 2": 30})["submit", "listening", "2xx"] == 30


@pytest.mark.parametrize("seed", range(20))
def test_longer_times_never_hold_fewer(seed: int) -> None:
    chance = random.Random(seed)
    found = {bucket: chance.randrange(500) for bucket in chance.sample(range(len(BOUNDS) + 1), seed % 12)}
    told = took({f"t page {bucket}": number for bucket, number in found.items()})
    numbers = [number for _, number in told.get("page", [])]
    assert numbers == sorted(numbers)
    assert all(number % 10 == 0 for number in numbers)
    assert not numbers or numbers[-1] == sum(found.values()) // 10 * 10


def test_times_fall_into_the_class_that_holds_them() -> None:
    assert names_of("publishing.home", "GET", 200, 0.005, inside=False) == ("r page publishing 2", "t page 0")
    assert names_of("", "OTHER", 405, 99.0, inside=False) == ("r other none 4", f"t other {len(BOUNDS)}")


def test_processes_count_together_and_a_dead_one_is_not_forgotten(tmp_path: Path) -> None:
    counts = Counts(tmp_path)
    for _ in range(3):
        counts.add("r page publishing 2")
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        for _ in range(4):
            counts.add("r page publishing 2")
        os._exit(0)
    os.waitpid(child, 0)
    counts.add("t page 1")
    assert counts.all() == {"r page publishing 2": 7, "t page 1": 1}
    files = list(tmp_path.glob("*.counts"))
    assert len(files) == 2
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
    begin_anew(tmp_path)
    assert not counts.all()


def test_a_file_that_is_full_or_torn_does_no_harm(tmp_path: Path) -> None:
    counts = Counts(tmp_path)
    for number in range(ROOM + 5):
        counts.add(f"r page room{number} 2")
    assert len(counts.all()) == ROOM
    (tmp_path / "1-x.counts").write_bytes(b"r page torn 2")
    assert len(counts.all()) == ROOM


def test_where_nothing_can_be_written_nothing_is_counted_and_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "metrics").write_text("a file where the folder should be")
    counts = Counts(tmp_path / "metrics")
    counts.add("t page 1")
    assert not counts.all()
