"""What a backup holds: a tar, sealed, with a list of its parts and their digests at its end."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from voice.backups.boxing import Opening, Sealing
from voice.keeping.copies import NotOpened

ABOUT, LIST, PICTURES = "about.json", "parts.json", "pictures"
READ = 1 << 16


class Packing:
    """A backup being written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.digests: dict[str, str] = {}

    def add(self, name: str, file: Path) -> None:
        with file.open("rb") as source:
            self._put(name, cast(BinaryIO, source), file.stat().st_size)

    def put(self, name: str, data: bytes) -> None:
        self._put(name, io.BytesIO(data), len(data))

    def say(self, name: str, data: Any) -> None:
        self.put(name, json.dumps(data, indent=1, sort_keys=True).encode())

    def _put(self, name: str, source: BinaryIO, size: int) -> None:
        heard = _Heard(source)
        part = tarfile.TarInfo(name)
        part.size, part.mode = size, 0o600
        self._tar.addfile(part, cast(Any, heard))
        self.digests[name] = heard.digest()


@contextmanager
def packed(file: BinaryIO, key: bytes, made_at: datetime) -> Iterator[Packing]:
    """A backup to fill; whole when this ends without an error."""
    sealing = Sealing(file, key, made_at)
    with tarfile.open(mode="w|", fileobj=cast(Any, sealing), format=tarfile.PAX_FORMAT) as tar:
        packing = Packing(tar)
        yield packing
        packing.say(LIST, packing.digests)
    sealing.close()


def unpack(file: Path, key: bytes, folder: Path | None = None) -> dict[str, Any]:
    """Read a backup through to its end and hold every part against its digest; put the parts into `folder` where one is named.
    Returns what it says about itself.

    Raises:
        NotOpened: it is not whole, not ours, or the key is another one.
    """
    digests: dict[str, str] = {}
    said: dict[str, Any] = {}
    with file.open("rb") as source:
        opening = Opening(cast(BinaryIO, source), key)
        try:
            with tarfile.open(mode="r|", fileobj=cast(Any, opening)) as tar:
                for part in tar:
                    digests[part.name] = _take(tar, part, folder, said)
        except tarfile.TarError as broken:
            raise NotOpened("This backup is not whole.") from broken
        opening.read()  # to the last piece, which says that nothing is missing
    listed = said.get(LIST)
    digests.pop(LIST, None)
    if listed != digests or ABOUT not in said:
        raise NotOpened("This backup is not whole: its list does not fit its parts.")
    about: dict[str, Any] = said[ABOUT]
    return about


def _take(tar: tarfile.TarFile, part: tarfile.TarInfo, folder: Path | None, said: dict[str, Any]) -> str:
    source = tar.extractfile(part)
    if source is None or part.name.startswith("/") or ".." in Path(part.name).parts:
        raise NotOpened("This backup holds something that is not ours.")
    heard = _Heard(cast(BinaryIO, source))
    if part.name in (ABOUT, LIST):
        said[part.name] = json.loads(heard.read(part.size))
    elif folder is None:
        while heard.read(READ):
            pass
    else:
        _write(folder / part.name, heard)
    return heard.digest()


def _write(to: Path, source: _Heard) -> None:
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with to.open("xb") as out:
        to.chmod(0o600)
        while piece := source.read(READ):
            out.write(piece)


class _Heard:
    """A file that notes the digest of what was read of it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self._sum = source, hashlib.sha256()

    def read(self, size: int) -> bytes:
        piece = self._source.read(size)
        self._sum.update(piece)
        return piece

    def digest(self) -> str:
        return self._sum.hexdigest()
