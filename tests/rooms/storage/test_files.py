"""Files at rest, in a folder and in an S3-compatible store: whole, on disk, and under names of ours alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.peers import a_bucket_server
from voice.config import WrongSetting, read_settings
from voice.storage.buckets import Bucket
from voice.storage.files import Folder, NoSuchFile, Store, StoreAway, new_name


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An S3 peer on this machine with one bucket; its address."""
    with a_bucket_server() as address:
        yield address


@pytest.fixture(params=["folder", "bucket", "folder of a bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path, s3: str) -> Store:
    if request.param == "folder":
        return Folder(tmp_path / "files")
    return Bucket(f"s3+http://id:se%2Fcret@{s3}/voice" + ("/pictures/of/ours" if "of" in request.param else ""))


def test_put_get_delete_and_list(store: Store) -> None:
    one, other = f"{new_name()}-full.webp", f"{new_name()}-thumb.webp"
    store.put(one, b"pixels")
    store.put(other, b"small")
    assert store.get(one) == b"pixels"
    assert {one, other} <= set(store.names())
    assert {each.name: each.size for each in store.held()}[other] == 5
    store.put(one, b"other pixels")
    assert store.get(one) == b"other pixels"
    for each in (one, other, one):
        store.delete(each)
    assert not {one, other} & set(store.names())
    with pytest.raises(NoSuchFile):
        store.get(one)


@pytest.mark.parametrize("name", ["", "a", "../../voice.db", "/etc/passwd", "abcd/efgh", "ABCD1234", "abcd\0", "abcd efgh", "x" * 200])
def test_names_that_are_none_of_ours(store: Store, name: str) -> None:
    for act in (lambda: store.put(name, b""), lambda: store.get(name), lambda: store.delete(name)):
        with pytest.raises(ValueError, match="no name"):
            act()


def test_names_are_random() -> None:
    assert len({new_name() for _ in range(1000)}) == 1000
    assert len(new_name()) == 30


def test_a_file_and_its_folder_are_on_disk_before_put_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def noted(number: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{number}"))
        real(number)

    monkeypatch.setattr(os, "fsync", noted)
    Folder(tmp_path / "files").put("abcd1234", b"pixels")
    folder = str(tmp_path / "files" / "ab")
    assert synced[-1] == folder, "its name"
    assert synced[-2].startswith(f"{folder}/abcd1234"), "its bytes, before it has its name"
    assert synced[:-2] == [str(tmp_path), str(tmp_path / "files")], "and what leads to it"


def test_what_cannot_be_written_whole_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Folder(tmp_path / "files")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreAway, match="No space"):
        store.put("abcd1234", b"pixels")
    assert list(store.names()) == []


def test_files_are_nobody_elses(tmp_path: Path) -> None:
    store = Folder(tmp_path / "files")
    store.put("abcd1234", b"pixels")
    assert (tmp_path / "files/ab/abcd1234").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "files/ab").stat().st_mode & 0o777 == 0o700


def test_a_store_that_is_away_says_so_and_names_nothing(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voice.storage.buckets.TRIES", 0)
    for url in (f"s3+http://id:secret@{s3}/no-such-bucket", "s3+http://id:secret@127.0.0.1:1/voice"):
        with pytest.raises((StoreAway, NoSuchFile)) as told:
            Bucket(url).put("abcd1234", b"pixels")
        assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("VOICE_FILES_URL", "s3://bucket/folder"),
        ("VOICE_FILES_URL", "s3+http://id:secret@store.example/bucket"),
        ("VOICE_FILES_URL", "https://id:secret@store.example/bucket"),
        ("VOICE_FILES_URL", "s3://id:secret@store.example/"),
        ("VOICE_SCANNER", "127.0.0.1:3310"),
        ("VOICE_SCANNER", "tcp://127.0.0.1"),
        ("VOICE_SCANNER", "unix://clamd.ctl"),
        ("VOICE_SCANNER", "tcp://127.0.0.1:scan"),
    ],
)
def test_a_wrong_address_is_refused_with_a_sentence(tmp_path: Path, name: str, wrong: str) -> None:
    with pytest.raises(WrongSetting, match=name) as told:
        read_settings({"VOICE_DATA": str(tmp_path), name: wrong}, testing=True)
    assert "secret" not in str(told.value).replace("s3://id:secret@host", "")
