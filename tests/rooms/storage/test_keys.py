"""Every node of an installation has the same keys: one with others is not let in, and nothing of a key is in the database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from voice import storage
from voice.config import Settings, WrongSetting
from voice.storage import keyring

OTHER = b"another key of thirty-two bytes!"


def _with(app: Flask, monkeypatch: pytest.MonkeyPatch, **keys: object) -> Settings:
    other = replace(app.extensions["voice.settings"], **keys)  # type: ignore[arg-type]  # keys alone
    monkeypatch.setitem(app.extensions, "voice.settings", other)
    return other


def _marks() -> dict[str, str]:
    with storage.apart() as own:
        return {row.name: row.mark for row in own.query(storage.KeyMark)}


def test_the_first_node_writes_down_which_keys_and_the_same_keys_are_let_in(app: Flask) -> None:
    keyring.hold()
    first = _marks()
    keyring.hold()
    assert set(first) == set(keyring.NAMES)
    assert _marks() == first
    assert keyring.differ() == []
    held = "".join(first.values())
    ours = app.extensions["voice.settings"]
    assert not [key for key in (ours.session_key, ours.receipt_key, *ours.phone_keys) if key.hex() in held or key.hex()[:16] in held]


@pytest.mark.parametrize("name", keyring.NAMES[:-1])
def test_a_node_with_another_key_is_not_let_in(app: Flask, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    keyring.hold()
    before = _marks()
    _with(app, monkeypatch, **{name.replace(".", "_"): OTHER})
    with pytest.raises(WrongSetting, match=rf"\({name}\)\. Copy the keys of the first node"):
        keyring.hold()
    assert _marks() == before
    assert keyring.differ() == [name]


def test_the_phones_key_may_be_changed_where_the_one_before_is_still_there(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.hold()
    old = app.extensions["voice.settings"].phone_keys
    _with(app, monkeypatch, phone_keys=(OTHER, *old))
    keyring.hold()
    assert _marks()["phone.key"] == keyring.mark("phone.key", OTHER)
    _with(app, monkeypatch, phone_keys=old)  # a node nobody copied the new one to
    with pytest.raises(WrongSetting, match=r"phone\.key"):
        keyring.hold()
    _with(app, monkeypatch, phone_keys=(OTHER,))  # after thirty-one days
    keyring.hold()


def test_a_key_that_is_lost_can_be_followed_by_another(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.hold()
    _with(app, monkeypatch, contact_key=OTHER)
    keyring.accept("contact.key")
    keyring.hold()
    assert keyring.differ() == []
