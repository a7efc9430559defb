"""What is alike, and what is covered: without an application."""

from __future__ import annotations

import random

from voice.imaging import unlike
from voice.reading.pictures_rules import ALIKE, MOST_COVERS, alike, around, bands, near, read_cover, read_covers, write_cover

BUSY = 0x5A3C_96E1_0F77_B248  # a likeness of a picture with much in it


def flipped(likeness: int, bits: int, chance: random.Random) -> int:
    for bit in chance.sample(range(64), bits):
        likeness ^= 1 << bit
    return likeness


def test_what_differs_in_few_bits_is_alike_and_always_found() -> None:
    chance = random.Random(7)
    for _ in range(2000):
        one = chance.getrandbits(64)
        other = flipped(one, chance.randrange(ALIKE + 2), chance)
        assert any(band in near(own) for band, own in zip(bands(other), bands(one), strict=True)), "looked for, and not found"
    assert alike(BUSY, flipped(BUSY, ALIKE, chance))
    assert not alike(BUSY, flipped(BUSY, ALIKE + 1, chance))


def test_pictures_that_have_nothing_to_do_with_each_other_are_not_alike() -> None:
    chance = random.Random(8)
    many = [chance.getrandbits(64) for _ in range(300)]
    assert not [1 for at, one in enumerate(many) for other in many[at + 1 :] if alike(one, other)]


def test_two_thin_lines_on_white_paper_are_not_the_same_picture() -> None:
    one, other = 0b11, 0b11 << 40
    assert unlike(one, other) <= ALIKE
    assert not alike(one, other)
    assert alike(one, one ^ 1)
    assert not alike(0, 2**64 - 1)


def test_a_cover_is_read_as_it_is_written_and_nothing_else_is() -> None:
    found = read_cover("0.25,0.5,0.125")
    assert found
    assert read_cover(write_cover(found)) == found
    for typed in ("", "1,2", "a,b,c", "0.5,0.5,0", "0.5,0.5,1.5", "-0.1,0.5,0.2", "0.5,1.2,0.2", "nan,0.5,0.2", "0.5,inf,0.2", "1,1,1,1"):
        assert read_cover(typed) is None, typed
    assert len(read_covers([f"0.5,0.5,0.{each:03}" for each in range(100, 200)])) == MOST_COVERS
    assert len(read_covers(["0.5,0.5,0.2"] * 5)) == 1


def test_a_cover_goes_around_the_whole_of_a_face() -> None:
    tall = around((0.5, 0.5), (0.1, 0.2), 2.0)  # a picture twice as high as wide: two tenths of its height are four of its width
    assert tall.size > 0.4
    assert around((1.2, -0.3), (0.9, 0.9), 1.0).size == 1.0
    outside = around((1.2, -0.3), (0.9, 0.9), 1.0)
    assert (outside.x, outside.y) == (1.0, 0.0)
    assert tall.sticker == "blur"
