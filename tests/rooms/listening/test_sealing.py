"""What waits on a phone lies in an envelope that every browser can seal and only we can open."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.rooms.listening.sealing import seal, text
from voice.config import WrongSetting, read_settings
from voice.sealing import CannotOpen, Keys, UnknownKey

SEED = b"a seed of thirty-two bytes, ours."
OTHER = b"another seed of 32 bytes, also ours"
# Sealed by the WebCrypto of a browser’s engine to the public key of SEED.
BY_A_BROWSER = {
    "v": 1,
    "to": "_RuRoJUPbrg",
    "epk": "BAIjP9dQrOUGTTuapiaxn6IsGQen43QXw-ra4ZA5bBJL7tNzyi5hcHw0NU5K1KSlojuKLJGdmWKyfQ9CgrsCZlo",
    "iv": "nYZOKcEdQXoQdUDS",
    "ct": "nxJ6GWhqBsxRfmmcUYSXWxkrYdt1d5PaKrKJQywv1mgF9ki2lcn7Xv2WYPkAxMg4JPq2nFoXkVcfNCSS2OcbV69g",
}


def test_what_a_browser_sealed_opens() -> None:
    assert Keys((SEED,)).open(BY_A_BROWSER).decode() == '{"words": "The bus is late and it’s dark. 🚌"}'


def test_a_phone_gets_a_raw_point_and_a_short_name_for_it() -> None:
    public = Keys((SEED,)).public
    point = base64.urlsafe_b64decode(public.point + "=")
    assert (len(point), point[0]) == (65, 4)
    assert len(public.id) == 11
    assert public == Keys((SEED,)).public
    assert public != Keys((OTHER,)).public


def test_two_envelopes_of_the_same_words_are_not_alike() -> None:
    keys = Keys((SEED,))
    one, other = seal(b"words", keys.public), seal(b"words", keys.public)
    assert not {one[name] for name in ("epk", "iv", "ct")} & {other[name] for name in ("epk", "iv", "ct")}
    assert keys.open(one) == keys.open(other) == b"words"


def test_a_changed_bit_anywhere_keeps_it_shut() -> None:
    keys = Keys((SEED,))
    whole = seal(b"words", keys.public)
    for name in ("epk", "iv", "ct"):
        data = base64.urlsafe_b64decode(whole[name] + "=" * (-len(whole[name]) % 4))
        for place in range(len(data)):
            changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
            with pytest.raises(CannotOpen):
                keys.open({**whole, name: text(changed)})


def test_an_envelope_for_anything_else_does_not_open() -> None:
    keys = Keys((SEED,))
    with pytest.raises(CannotOpen):
        keys.open(seal(b"words", keys.public, b"voice submission v2"))


def test_what_is_no_envelope_is_refused_and_says_nothing_of_why() -> None:
    keys = Keys((SEED,))
    whole = seal(b"words", keys.public)
    for wrong in (
        {},
        {**whole, "v": "1"},
        {**whole, "to": None},
        {**whole, "iv": None},
        {**whole, "ct": "="},
        {**whole, "ct": "a"},
        {**whole, "epk": text(b"\0")},
    ):
        with pytest.raises(CannotOpen) as refused:
            keys.open(wrong)
        assert str(refused.value) == ""


def test_what_was_sealed_before_the_key_changed_still_opens(tmp_path: Path) -> None:
    before = read_settings({"VOICE_DATA": str(tmp_path)}).phone_keys
    waiting = seal(b"words", Keys(before).public)
    (tmp_path / "phone.key").rename(tmp_path / "phone.key.2026-11")
    after = read_settings({"VOICE_DATA": str(tmp_path)}).phone_keys
    assert len(before) == 1
    assert after[1:] == before
    assert Keys(after).public != Keys(before).public
    assert Keys(after).open(waiting) == b"words"
    assert (tmp_path / "phone.key").stat().st_mode & 0o077 == 0
    (tmp_path / "phone.key.2026-11").unlink()
    with pytest.raises(UnknownKey):
        Keys(read_settings({"VOICE_DATA": str(tmp_path)}).phone_keys).open(waiting)


def test_a_damaged_key_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "phone.key").write_bytes(b"short")
    with pytest.raises(WrongSetting, match=r"phone\.key"):
        read_settings({"VOICE_DATA": str(tmp_path)})
