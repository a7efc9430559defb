"""What a server asks of the disk, in order, as strace writes it down: and when it wrote which receipt to whom.

One trace holds all processes, so that its lines have one order. A call that was interrupted by others' counts from its begin where it syncs,
and from its end where it writes.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

STRACE: Final = shutil.which("strace")
CHANGES: Final = (
    "openat,creat,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,fallocate,rename,renameat,renameat2,link,linkat,unlink,unlinkat,"
    "mkdir,mkdirat,rmdir,lseek,fsync,fdatasync,copy_file_range,sendfile,sendto,sendmsg"
)
LIES: Final = "fsync,fdatasync,sync_file_range,msync,sync,syncfs:retval=0"
"""Syncs that say they were done and were not: what a rig must find out."""

_LINE: Final = re.compile(r"(\d+) +(?:(\w+)\((.*)|<\.\.\. (\w+) resumed>(.*))$")
_CUT: Final = " <unfinished ...>"
_RESULT: Final = re.compile(r"\)\s+= (-?\d+)(?:<([^>]*)>)?(.*)$")
_DESCRIPTOR: Final = re.compile(r"(\d+)<([^>]*)>(\(deleted\))?")
_TEXT: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_RECEIPT: Final = re.compile(rb'"receipt":\s*\[([^\]]*)\]')


@dataclass(frozen=True)
class Event:
    """One thing that was done. `at` is its place in the order of all; `begun` the place of its begin."""

    at: int
    begun: int
    what: str  # write, truncate, create, rename, link, remove, folder, sync, told
    path: str = ""
    other: str = ""  # the new name
    offset: int = 0
    data: bytes = b""
    words: tuple[str, ...] = ()  # of the receipt that was told
    truncates: bool = False  # a file that is opened anew


def command(out: Path, *, lies: bool = False) -> list[str]:
    """What is put before the command of a server."""
    assert STRACE
    told = [STRACE, "-f", "-y", "-xx", "-s", "16000000", "--seccomp-bpf", "--signal=none", "-qqq", "-o", str(out), "-e", f"trace={CHANGES}"]
    return [*told, "-e", f"inject={LIES}"] if lies else told


def read(trace: Path, root: Path, relative_to: Path) -> Iterator[Event]:
    """Everything that concerns the disk under `root`, and every receipt that was told. Relative names are taken as under `relative_to`.

    Raises:
        ValueError: something was done that cannot be played again.
    """
    reader = _Reader(str(root), str(relative_to))
    with trace.open(encoding="ascii", errors="replace") as lines:
        for at, line in enumerate(lines):
            yield from reader.line(at, line.rstrip("\n"))


class _Reader:
    def __init__(self, root: str, relative_to: str) -> None:
        self.root, self.relative_to = root, relative_to
        self.begun: dict[str, tuple[int, str]] = {}
        self.places: dict[tuple[str, str], int] = {}  # where the next plain write goes, by (process, descriptor)

    def line(self, at: int, line: str) -> Iterable[Event]:
        found = _LINE.match(line)
        if not found:
            return ()
        process, name, rest, resumed, tail = found.groups()
        begun = at
        if resumed:
            begun, head = self.begun.pop(process, (at, ""))
            name, rest = resumed, head + tail
        elif rest.endswith(_CUT):
            self.begun[process] = (at, rest.removesuffix(_CUT))
            return ()
        result = _RESULT.search(rest)
        if result is None or int(result[1]) < 0 or "INJECTED" in result[3]:
            return ()
        return self.call(at, begun, process, name, rest[: result.start()], int(result[1]), result[2])

    def call(self, at: int, begun: int, process: str, name: str, told: str, result: int, opened: str | None) -> Iterable[Event]:
        if name in ("openat", "creat"):
            return self.opening(at, begun, process, told, result, _plain(opened or ""))
        texts = [_bytes(each) for each in _TEXT.findall(told)]
        if name in _NAMES:
            return self.naming(at, begun, _NAMES[name], [self.whole(each.decode()) for each in texts])
        on = _DESCRIPTOR.match(told)
        if on is None or on[3]:
            return ()
        path = _plain(on[2])
        if not self.within(path):
            receipts = [_words(found) for data in texts for found in _RECEIPT.findall(data)]
            return [Event(at, begun, "told", words=words) for words in receipts]
        return self.changing(at, begun, name, (process, on[1]), path, told, b"".join(texts), result)

    def opening(self, at: int, begun: int, process: str, told: str, descriptor: int, path: str) -> Iterable[Event]:
        self.places[process, str(descriptor)] = -1 if "O_APPEND" in told else 0
        if self.within(path) and ("O_CREAT" in told or "O_TRUNC" in told):
            return [Event(at, begun, "create", path, truncates="O_TRUNC" in told)]
        return ()

    def naming(self, at: int, begun: int, what: str, paths: list[str]) -> Iterable[Event]:
        if not any(map(self.within, paths)):
            return ()
        return [Event(at, begun, what, paths[0], paths[-1] if len(paths) > 1 else "")]

    def changing(self, at: int, begun: int, name: str, place: tuple[str, str], path: str, told: str, data: bytes, result: int) -> Iterable[Event]:
        """`place`: the process and its descriptor, where the call says no offset itself."""
        numbers = [int(each) for each in re.findall(r", (\d+)", told)]
        if name in ("fsync", "fdatasync"):
            return [Event(at, begun, "sync", path)]
        if name == "lseek":
            self.places[place] = result
            return ()
        if name in ("pwrite64", "pwritev", "pwritev2"):
            return [Event(at, begun, "write", path, offset=numbers[2] if name == "pwritev2" else numbers[-1], data=data[:result])]
        if name in ("write", "writev"):
            offset = self.places.get(place, 0)
            self.places[place] = offset if offset < 0 else offset + result
            return [Event(at, begun, "write", path, offset=offset, data=data[:result])]
        if name in ("ftruncate", "fallocate"):
            end = numbers[0] if name == "ftruncate" else sum(numbers[-2:])
            return [Event(at, begun, "truncate" if name == "ftruncate" else "grow", path, offset=end)]
        raise ValueError(f"{name} on {path}: this cannot be played again")

    def whole(self, path: str) -> str:
        return path if path.startswith("/") else f"{self.relative_to}/{path.removeprefix('./')}"

    def within(self, path: str) -> bool:
        return path.startswith(self.root)


_NAMES: Final[Mapping[str, str]] = {
    "rename": "rename",
    "renameat": "rename",
    "renameat2": "rename",
    "link": "link",
    "linkat": "link",
    "unlink": "remove",
    "unlinkat": "remove",
    "rmdir": "remove",
    "mkdir": "folder",
    "mkdirat": "folder",
}


def _bytes(hexed: str) -> bytes:
    return bytes.fromhex(hexed.replace("\\x", ""))


def _plain(path: str) -> str:
    return _bytes(path).decode("utf-8", "replace") if path.startswith("\\x") else path


def _words(inside: bytes) -> tuple[str, ...]:
    return tuple(re.findall(r'"([^"]+)"', inside.decode()))
