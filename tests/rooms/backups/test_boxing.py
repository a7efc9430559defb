"""What is sealed comes back as it was, or not at all."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from voice.backups.boxing import PIECE, TAG, Opening, Sealing
from voice.backups.packing import ABOUT, packed, unpack
from voice.keeping.copies import HEADER, NotOpened

KEY, OTHER = os.urandom(32), os.urandom(32)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def sealed(data: bytes, key: bytes = KEY) -> bytes:
    out = io.BytesIO()
    with Sealing(out, key, NOW) as sealing:
        for start in range(0, len(data), 70_000):
            sealing.write(data[start : start + 70_000])
    return out.getvalue()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5])
def test_it_comes_back(size: int) -> None:
    data = os.urandom(size)
    opening = Opening(io.BytesIO(sealed(data)), KEY)
    assert opening.header.made_at == NOW
    assert opening.read(10) + opening.read() == data
    assert opening.read() == b""


def test_every_file_looks_new() -> None:
    assert sealed(b"the same") != sealed(b"the same")
    assert b"the same" not in sealed(b"the same")


@pytest.mark.parametrize("where", [0, 9, HEADER.size - 1, HEADER.size, HEADER.size + PIECE + TAG, -1])
def test_a_changed_byte_is_found(where: int) -> None:
    whole = bytearray(sealed(os.urandom(2 * PIECE)))
    whole[where] ^= 1
    with pytest.raises(NotOpened):
        Opening(io.BytesIO(bytes(whole)), KEY).read()


def test_pieces_left_out_or_mixed_are_found() -> None:
    whole = sealed(os.urandom(3 * PIECE))
    start, piece = HEADER.size, PIECE + TAG
    pieces = [whole[start + place * piece : start + (place + 1) * piece] for place in range(3)]
    for order in ([0, 1], [1, 0, 2], [0, 2], [0, 1, 1, 2], []):
        with pytest.raises(NotOpened):
            Opening(io.BytesIO(whole[:start] + b"".join(pieces[each] for each in order)), KEY).read()


def test_another_key_opens_nothing() -> None:
    with pytest.raises(NotOpened, match="key does not fit"):
        Opening(io.BytesIO(sealed(b"words")), OTHER).read()


def test_a_backup_without_its_list_is_not_whole(tmp_path: Path) -> None:
    file = tmp_path / "a"
    with file.open("wb") as out, packed(out, KEY, NOW) as packing:
        packing.say(ABOUT, {"made_at": "x"})
        packing.say("part", {"y": 1})
    assert unpack(file, KEY) == {"made_at": "x"}
    with file.open("wb") as out, packed(out, KEY, NOW) as packing:
        packing.say(ABOUT, {})
        packing.say("part", {})
        del packing.digests["part"]
    with pytest.raises(NotOpened, match="not whole"):
        unpack(file, KEY)
    with file.open("wb") as out, Sealing(out, KEY, NOW) as sealing:
        sealing.write(b"no tar at all" * 1000)
    with pytest.raises(NotOpened):
        unpack(file, KEY)
