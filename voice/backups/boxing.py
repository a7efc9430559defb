"""A file nobody reads, shortens, mixes or changes without its key: AES-256-GCM over pieces of a megabyte, each bound to its place and the last
one known as the last. Each file has a key of its own, drawn by HKDF from the installation’s key and the file’s salt. Plain Python."""

from __future__ import annotations

import io
import os
import struct
from datetime import datetime
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from voice.keeping.copies import Header, NotOpened, read_header

PIECE = 1 << 20
TAG = 16


class Sealing(io.RawIOBase):
    """What is written here comes out sealed in `file`; nothing is whole before `close`."""

    def __init__(self, file: BinaryIO, key: bytes, made_at: datetime) -> None:
        header = Header(made_at, os.urandom(32))
        self._file, self._bound, self._cipher = file, header.packed(), _cipher(key, header)
        self._waiting, self._count = bytearray(), 0
        file.write(self._bound)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # bytes are all we give it
        self._waiting += data
        while len(self._waiting) > PIECE:  # the last piece is known as the last, so one always waits
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._put(bytes(self._waiting), last=True)
        super().close()

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._count, last), piece, self._bound))
        self._count += 1


class Opening(io.RawIOBase):
    """What was sealed, to be read once from the start.

    Raises:
        NotOpened: while reading, at the first piece that is not what was sealed.
    """

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self.header = read_header(file)
        self._file, self._bound, self._cipher = file, self.header.packed(), _cipher(key, self.header)
        self._ahead, self._plain, self._count, self._is_over = file.read(PIECE + TAG), b"", 0, False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        found = bytearray()
        while size < 0 or len(found) < size:
            if not self._plain and not self._next():
                break
            part = self._plain if size < 0 else self._plain[: size - len(found)]
            self._plain = self._plain[len(part) :]
            found += part
        return bytes(found)

    def _next(self) -> bool:
        if self._is_over:
            return False
        piece, self._ahead = self._ahead, self._file.read(PIECE + TAG)
        self._is_over = not self._ahead
        try:
            self._plain = self._cipher.decrypt(_nonce(self._count, self._is_over), piece, self._bound)
        except InvalidTag:
            wrong = "The key does not fit, or it was changed" if self._count == 0 else "It is not whole, or it was changed"
            raise NotOpened(f"This backup cannot be opened. {wrong}.") from None
        self._count += 1
        return bool(self._plain) or self._next()


def _cipher(key: bytes, header: Header) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, header.salt, b"voice backup" + header.packed()).derive(key))


def _nonce(count: int, last: bool) -> bytes:
    return struct.pack(">3xQB", count, last)
