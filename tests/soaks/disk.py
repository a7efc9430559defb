"""A disk under a power cut: what of all that was written it holds afterwards.

What is assumed, and it is less than ext4 and XFS keep: what was written is there once `fsync` or `fdatasync` of that file has come back, and only
what was written before that call began. A name (of a new file or folder, a new name, one that is gone) is there once its folder was synced; a sync
of the file alone brings no name. A rename is whole or not at all. Of what was not synced any part may be there: nothing of it, any of the writes
without the others, and of a write any of its sectors of 512 bytes; names in the order they were made, up to any one of them, as a journal has them.
Memory that processes share through a file (SQLite's `-shm`) is gone. What was synced stays: no disk is broken.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from tests.soaks.tracing import Event

Mode = Literal["nothing", "some", "torn"]
MODES: Final[tuple[Mode, ...]] = ("nothing", "some", "torn")
"""What becomes of what was not synced: nothing is there; some writes are; some sectors of some writes are."""
SECTOR: Final = 512
GONE_ANYHOW: Final = ("-shm", "postmaster.pid")


@dataclass(frozen=True)
class Change:
    """One that was not synced yet."""

    at: int
    offset: int
    data: bytes | None  # None: the file ends at `offset` now
    grows: bool = False  # only where it is shorter


@dataclass
class Node:
    """A file, by whatever name. `content`: what the disk holds for sure; read from the first copy once it is changed."""

    first: Path | None = None
    content: bytearray | None = None
    unsynced: list[Change] = field(default_factory=list)
    size: int = 0  # as programs see it
    is_folder: bool = False

    def sure(self) -> bytearray:
        if self.content is None:
            self.content = bytearray(self.first.read_bytes() if self.first else b"")
        return self.content

    def sync(self, until: int) -> None:
        for change in [each for each in self.unsynced if each.at < until]:
            _apply(self.sure(), change)
        self.unsynced = [each for each in self.unsynced if each.at >= until]

    def after(self, mode: Mode, chance: random.Random) -> bytes | bytearray:
        kept = [] if mode == "nothing" else [each for each in self.unsynced if chance.random() < 0.5]
        if not kept:
            return self.sure()
        content = bytearray(self.sure())
        for change in kept:
            for part in _torn(change, chance) if mode == "torn" else (change,):
                _apply(content, part)
        return content


@dataclass(frozen=True)
class Naming:
    """One change of names, whole or not at all: what goes, and what comes."""

    at: int
    goes: str | None
    comes: str | None
    node: Node | None

    @property
    def folders(self) -> set[str]:
        return {each.rpartition("/")[0] for each in (self.goes, self.comes) if each}


class Disk:
    """Begins with what is in this folder, all of it safe."""

    def __init__(self, first: Path, root: Path) -> None:
        """`first`: a copy of how it began. `root`: where the programs believed it to be."""
        self.root = str(root)
        self.names: dict[str, Node] = {}
        for path in first.rglob("*"):
            if not path.name.endswith(GONE_ANYHOW):
                is_folder = path.is_dir()
                node = Node(None if is_folder else path, size=0 if is_folder else path.stat().st_size, is_folder=is_folder)
                self.names[f"{self.root}/{path.relative_to(first)}"] = node
        self.names[self.root] = Node(is_folder=True)
        self.sure = dict(self.names)
        self.unsynced: list[Naming] = []

    def see(self, event: Event) -> None:
        """Raises ValueError: a file is changed of which nobody knows where it came from."""
        if event.path.endswith(GONE_ANYHOW) or event.what == "told":
            return
        match event.what:
            case "sync":
                self._sync(event)
            case "create" | "folder":
                self._create(event)
            case "rename" | "link":
                self._rename(event)
            case "remove":
                if self.names.pop(event.path, None) is not None:
                    self.unsynced.append(Naming(event.at, event.path, None, None))
            case _:
                self._change(event)

    def _sync(self, event: Event) -> None:
        node = self.names.get(event.path)
        if node is None:
            return
        if not node.is_folder:
            node.sync(event.begun)
            return
        for naming in [each for each in self.unsynced if each.at < event.begun and event.path in each.folders]:
            _carry_out(self.sure, naming)
            self.unsynced.remove(naming)

    def _create(self, event: Event) -> None:
        node = self.names.get(event.path)
        if node is None:
            node = self.names[event.path] = Node(content=bytearray(), is_folder=event.what == "folder")
            self.unsynced.append(Naming(event.at, None, event.path, node))
        elif event.truncates and node.size:
            node.unsynced.append(Change(event.at, 0, None))
            node.size = 0

    def _rename(self, event: Event) -> None:
        node = self.names.get(event.path)
        if node is None:
            raise ValueError(f"{event.path} was given another name, and nobody made it")
        if event.what == "rename":
            del self.names[event.path]
        self.names[event.other] = node
        self.unsynced.append(Naming(event.at, event.path if event.what == "rename" else None, event.other, node))

    def _change(self, event: Event) -> None:
        node = self.names.get(event.path)
        if node is None:
            raise ValueError(f"{event.path} was written to, and nobody made it")
        if event.what == "write":
            offset = node.size if event.offset < 0 else event.offset
            node.unsynced.append(Change(event.at, offset, event.data))
            node.size = max(node.size, offset + len(event.data))
        else:
            node.unsynced.append(Change(event.at, event.offset, None, event.what == "grow"))
            node.size = max(node.size, event.offset) if event.what == "grow" else event.offset

    def lay_out(self, target: Path, mode: Mode, chance: random.Random) -> None:
        """Write what the disk holds, were the power cut now, into this folder."""
        names = dict(self.sure)
        for naming in self.unsynced[: 0 if mode == "nothing" else chance.randint(0, len(self.unsynced))]:
            _carry_out(names, naming)
        target.mkdir()
        for path in sorted(names):
            where = target / path.removeprefix(self.root).lstrip("/")
            if not where.parent.is_dir():
                continue  # its folder was never synced: nobody finds it
            if names[path].is_folder:
                where.mkdir(exist_ok=True)
            else:
                where.write_bytes(names[path].after(mode, chance))


def _carry_out(names: dict[str, Node], naming: Naming) -> None:
    if naming.goes:
        names.pop(naming.goes, None)
    if naming.comes and naming.node:
        names[naming.comes] = naming.node


def _apply(content: bytearray, change: Change) -> None:
    end = change.offset + len(change.data or b"")
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if change.data is not None:
        content[change.offset : end] = change.data
    elif not change.grows:
        del content[change.offset :]


def _torn(change: Change, chance: random.Random) -> Iterator[Change]:
    """Any of its sectors."""
    if change.data is None:
        yield change
        return
    start = change.offset
    while start < change.offset + len(change.data):
        end = min((start // SECTOR + 1) * SECTOR, change.offset + len(change.data))
        if chance.random() < 0.6:
            yield Change(change.at, start, change.data[start - change.offset : end - change.offset])
        start = end
