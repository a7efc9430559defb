"""What was acknowledged is on the disk by then: counted call by call with strace, with the power cut, and with servers killed. Bars R1, R2, R11.

The long forms are `make soak` (tests/soaks/crash.py and power.py, on both databases); docs/durability.md has their figures.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clients import prepare
from tests.soaks import tracing
from tests.soaks.crash import Rig, afterwards, under_blows
from tests.soaks.disk import MODES
from tests.soaks.ledger import has_picture, pictures
from tests.soaks.power import Seen, cuts, opened, watched
from tests.soaks.tracing import Event
from voice.imaging import SIZES
from voice.keeping import receipts

Tell = Callable[[str, object], None]
SENT = 12
CUTS = 12
needs_strace = pytest.mark.skipif(tracing.STRACE is None, reason="there is no strace on this machine: what is synced when cannot be seen")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that may be written to."""
    data = tmp_path_factory.mktemp("prepared") / "data"
    prepare(data)
    return data


@pytest.fixture(scope="module")
def seen(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Twelve submissions, two of them with a picture, to a server whose every call is written down."""
    folder = tmp_path_factory.mktemp("watched")
    shutil.copytree(prepared, folder / "root" / "data")
    return watched(folder, "sqlite", SENT, pictures(), lies=False)


@needs_strace
def test_there_is_a_sync_between_what_is_written_and_its_receipt(seen: Seen, record_property: Tell) -> None:
    events = list(tracing.read(seen.trace, seen.root, seen.root))
    secret = (seen.root / "data" / "receipt.key").read_bytes()
    told = [event for event in events if event.words in seen.by_words]
    assert len(told) == SENT
    synced = sum(_is_synced(events, event, receipts.key_hash(seen.by_words[event.words], secret).encode()) for event in told)
    with_picture = [event for event in told if has_picture(seen.ledger.sent[seen.by_words[event.words]])]
    files = sum(_safe_files(events, event.at) >= len(SIZES) * number for number, event in enumerate(with_picture, 1))
    pictured = f"files of pictures {files} of {len(with_picture)}"
    record_property("budget", f"R2: receipts written after a sync of what they are for: {synced} of {SENT}, {pictured}")
    assert (synced, files) == (SENT, len(with_picture))
    assert with_picture


def _is_synced(events: list[Event], told: Event, key_hash: bytes) -> bool:
    """Whether the log was synced after this submission was last written to it, and before its receipt."""
    wal = [event for event in events if event.path.endswith(".db-wal") and event.at < told.begun]
    written = [event.at for event in wal if event.what == "write" and key_hash in event.data]
    return bool(written) and any(event.what == "sync" and event.begun > written[0] for event in wal)


def _safe_files(events: list[Event], before: int) -> int:
    """How many of the files of pictures were synced, given their name, and that name synced in its folder, by then."""
    early = [event for event in events if event.at < before]
    named = [event for event in early if event.what == "rename" and event.other.endswith(".webp")]
    synced = {event.path: event.at for event in early if event.what == "sync"}
    return sum(event.path in synced and synced.get(event.other.rpartition("/")[0], 0) > event.at for event in named)


@needs_strace
def test_the_power_may_go_at_any_moment(seen: Seen, tmp_path: Path, record_property: Tell) -> None:
    chance, drawn, faults, looked_for = random.Random(7), pictures(), [], 0
    for number, (_at, disk, keys) in enumerate(cuts(seen, CUTS, chance)):
        disk.lay_out(tmp_path / str(number), MODES[number % len(MODES)], chance)
        faults += opened(tmp_path / str(number), "sqlite", seen.ledger, keys, drawn, starts=False).faults
        looked_for += len(keys)
    record_property("budget", f"R2: {CUTS} power cuts, {looked_for} times an acknowledged one looked for: {len(faults)} lost or in part")
    assert not faults
    assert looked_for


@needs_strace
def test_a_disk_that_hears_no_sync_is_found_out(seen: Seen, tmp_path: Path) -> None:
    """What finds no losses must be able to find some."""
    chance = random.Random(7)
    for number, (_at, disk, keys) in enumerate(cuts(seen, 4, chance, deaf=True)):
        disk.lay_out(tmp_path / str(number), "nothing", chance)
        found = opened(tmp_path / str(number), "sqlite", seen.ledger, keys, [], starts=False)
        assert found.counts["lost"] == len(keys) > 0


def test_killed_servers_lose_nothing(prepared: Path, tmp_path: Path, record_property: Tell) -> None:
    shutil.copytree(prepared, tmp_path / "data")
    rig = Rig(tmp_path, None, random.Random(4), processes=2)
    try:
        under_blows(rig, 40, 3, 4, with_officer=False)
    finally:
        rig.end()
    found = afterwards(rig)
    assert len(rig.ledger.told) == len(rig.ledger.sent) == 40
    assert rig.blows["a web process"] + rig.blows["the whole group"] >= 3
    assert not found.faults
    record_property("budget", "R1: 40 submissions, 3 kills: 0 acknowledged lost, 0 in part")
