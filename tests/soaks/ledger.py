"""What people were told, and what is there afterwards: read with plain SQL and from the files themselves, past the product's own code.

Nothing of ours is trusted here but the two keyed hashes a submission is found by.
"""

from __future__ import annotations

import functools
import io
import random
import threading
import unicodedata
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from PIL import Image, ImageDraw
from sqlalchemy import Connection, TableClause, create_engine, inspect, literal_column, select, text
from sqlalchemy.exc import DBAPIError

from tests.clients import Said
from voice import imaging
from voice.imaging import SIZES
from voice.keeping import receipts

PICTURES: Final = 4
"""Kinds of pictures that are sent: what comes of each is known beforehand, byte by byte."""
BAD: Final = (
    "lost",
    "stored twice",
    "stored in part",
    "words changed",
    "receipt opens nothing",
    "never screened",
    "picture without its row",
    "row without its file",
    "file with other bytes",
    "file without a row",
    "deeds told and lost",
    "taken back and still there",
    "faults in the database",
)
"""What must be counted nought times."""
FORGET_NOT: Final = 12  # lines of faults that are printed


class Deed(NamedTuple):
    """What an officer decided."""

    table: str
    id: str  # of the view or the picture
    decision: str
    key_hash: str  # of the submission it came with


@dataclass
class Ledger:
    """What was sent, and what was told. Many threads write into it."""

    sent: dict[str, dict[str, Any]] = field(default_factory=dict)  # by key: every message that went out, told of or not
    told: dict[str, Said] = field(default_factory=dict)  # by key: those that were acknowledged
    asked_back: set[str] = field(default_factory=set)  # keys that somebody asked to take back: told or not
    gone: set[str] = field(default_factory=set)  # keys of which we were told that it is gone
    deeds: set[Deed] = field(default_factory=set)  # what an officer was told is done
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, message: dict[str, Any]) -> None:
        with self.lock:
            self.sent[message["key"]] = message

    def tell(self, said: Said) -> None:
        with self.lock:
            self.told[said.message["key"]] = said

    def counts(self) -> Counter[str]:
        with_picture = sum(has_picture(said.message) for said in self.told.values())
        told = {"sent": len(self.sent), "acknowledged": len(self.told), "of these with a picture": with_picture}
        return Counter({**told, "taken back": len(self.gone), "an officer’s deeds": len(self.deeds)})


@dataclass
class Found:
    """What is there, counted; and what is wrong, in lines."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def wrong(self, what: str, which: object) -> None:
        self.counts[what] += 1
        self.faults.append(f"{what}: {which}")

    @property
    def bad(self) -> int:
        return sum(self.counts[what] for what in BAD)


@dataclass(frozen=True)
class Row:
    """One submission as it is stored."""

    id: str
    receipt_hash: str
    words: Mapping[str, str]
    screened: int
    pictures: tuple[tuple[str, str], ...]  # (question, file)


@dataclass(frozen=True)
class Drawn:
    """A picture that is sent, and its files as they must be."""

    sent: bytes
    kept: Mapping[str, bytes]  # by size


@functools.cache
def pictures() -> list[Drawn]:
    """Pictures to send, each made clean here once: the same bytes come of it wherever it is done."""
    return [Drawn(data, imaging.clean(data).sizes) for data in map(_a_picture, range(PICTURES))]


def _a_picture(number: int) -> bytes:
    chance = random.Random(number)
    image = Image.new("RGB", (900, 700), "white")
    pen = ImageDraw.Draw(image)
    for _ in range(120):
        pen.line([chance.randrange(900) for _ in range(4)], fill=tuple(chance.randrange(256) for _ in range(3)), width=chance.randrange(2, 14))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def has_picture(message: Mapping[str, Any]) -> bool:
    return any("picture" in answer for answer in message["answers"].values())


def words_of(message: Mapping[str, Any]) -> dict[str, str]:
    """Views that must come of it, by question."""
    said = {name: answer.get("words") or answer.get("picture", {}).get("words") for name, answer in message["answers"].items()}
    return {name: unicodedata.normalize("NFC", words) for name, words in said.items() if words}


def hold_against(
    ledger: Ledger, url: str, data: Path, drawn: Iterable[Drawn], covered: Mapping[str, bytes] | None = None, *, tidied: bool = True
) -> Found:
    """Compare what was told with this database and the files in this data folder.

    `covered`: the files of a picture that an officer put in the place of what was sent, where one may have. `tidied`: whether the tidying did
    its part; then no file may be without a row. Before, files of what was never committed may be there, and are counted as left to it.
    """
    found = Found()
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            rows = _rows(connection)
            deeds = set(_deeds(connection))
            broken = _broken(connection)
    except DBAPIError as unreadable:
        found.wrong("faults in the database", unreadable.orig)
        found.counts["lost"] = len(ledger.told)
        return found
    finally:
        engine.dispose()
    for line in broken:
        found.wrong("faults in the database", line)
    found.counts["stored"] = len(rows)
    secret = (data / "receipt.key").read_bytes() if (data / "receipt.key").exists() else b""
    by_hash = {receipts.key_hash(key, secret): message for key, message in ledger.sent.items()}
    _whole(found, rows, by_hash)
    _told(found, ledger, rows, secret)
    _files(found, rows, data, list(drawn), covered)
    if not tidied:
        found.counts["files left to the tidying"] = found.counts.pop("file without a row", 0)
        found.faults = [each for each in found.faults if not each.startswith("file without a row")]
    left = {receipts.key_hash(key, secret) for key in ledger.asked_back}
    for deed in sorted(each for each in ledger.deeds - deeds if each.key_hash not in left):
        found.wrong("deeds told and lost", deed)
    return found


def _whole(found: Found, rows: Mapping[str, list[Row]], by_hash: Mapping[str, dict[str, Any]]) -> None:
    """Whatever is stored, told of or not, is whole and there once."""
    for key_hash, same in rows.items():
        message = by_hash.get(key_hash)
        if len(same) > 1:
            found.wrong("stored twice", key_hash)
        if message is None:
            found.wrong("stored in part", f"{key_hash}: nobody sent this")
            continue
        for row in same:
            _one(found, row, message)


def _one(found: Found, row: Row, message: dict[str, Any]) -> None:
    wanted = words_of(message)
    if set(row.words) != set(wanted):
        found.wrong("stored in part", f"{message['key']}: {sorted(set(wanted) ^ set(row.words))}")
    elif dict(row.words) != wanted:
        found.wrong("words changed", message["key"])
    if row.screened != 1:
        found.wrong("never screened" if not row.screened else "stored twice", f"{message['key']}: screened {row.screened} times")
    if len(row.pictures) != has_picture(message):
        found.wrong("picture without its row", message["key"])


def _told(found: Found, ledger: Ledger, rows: Mapping[str, list[Row]], secret: bytes) -> None:
    for key, said in ledger.told.items():
        mine = rows.get(receipts.key_hash(key, secret), [])
        if key in ledger.gone and mine:
            found.wrong("taken back and still there", key)
        if key in ledger.asked_back:
            continue
        if not mine:
            found.wrong("lost", key)
        elif mine[0].receipt_hash != receipts.look_up_hash(said.receipt, secret):
            found.wrong("receipt opens nothing", key)


def _files(found: Found, rows: Mapping[str, list[Row]], data: Path, drawn: list[Drawn], covered: Mapping[str, bytes] | None) -> None:
    """Both ways: every row's files with the right bytes, and no file that is no row's."""
    known = {f"{file}-{size}.webp": size for same in rows.values() for row in same for _, file in row.pictures for size in SIZES}
    there = {path.name: path for path in (data / "files").glob("??/*")}
    right = {size: {each.kept[size] for each in drawn} | ({covered[size]} if covered else set()) for size in SIZES}
    for name, size in known.items():
        if name not in there:
            found.wrong("row without its file", name)
        elif there[name].read_bytes() not in right[size]:
            found.wrong("file with other bytes", name)
    for name in there.keys() - known.keys():
        found.wrong("file without a row", name)


def _rows(connection: Connection) -> dict[str, list[Row]]:
    """By the hash of the key."""
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for submission, question, said in connection.execute(text("SELECT submission_id, question, words FROM view")):
        words[_plain(submission)][question] = said
    screened = Counter(_plain(each) for (each,) in connection.execute(text("SELECT submission_id FROM screening WHERE submission_id IS NOT NULL")))
    files: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for submission, question, file in connection.execute(text("SELECT submission_id, question, file FROM picture")):
        files[_plain(submission)].append((question, file))
    found: dict[str, list[Row]] = defaultdict(list)
    for one, key_hash, receipt_hash in connection.execute(text("SELECT id, key_hash, receipt_hash FROM submission")):
        own = _plain(one)
        found[key_hash].append(Row(own, receipt_hash, words.pop(own, {}), screened.pop(own, 0), tuple(files.pop(own, ()))))
    for left in (words, screened, files):  # what hangs on nothing
        for each in left:
            found[f"of no submission: {each}"].append(Row(each, "", {}, 0, ()))
    return found


def _deeds(connection: Connection) -> Iterator[Deed]:
    """Everything that was decided."""
    read = "SELECT r.view_id, r.decision, s.key_hash FROM reading r JOIN view v ON v.id = r.view_id JOIN submission s ON s.id = v.submission_id"
    for view, decision, key_hash in connection.execute(text(read)):
        yield Deed("reading", _plain(view), decision, key_hash)
    looked = "FROM picture_look l JOIN picture p ON p.id = l.picture_id JOIN submission s ON s.id = p.submission_id"
    for picture, decision, key_hash in connection.execute(text(f"SELECT l.picture_id, l.decision, s.key_hash {looked}")):
        yield Deed("picture_look", _plain(picture), decision, key_hash)


def _plain(given: object) -> str:
    """An id as 32 digits, as either database gives it."""
    return given.hex if isinstance(given, uuid.UUID) else str(given).replace("-", "")


def _broken(connection: Connection) -> list[str]:
    """What the database itself finds wrong. SQLite looks at every page, index and reference. PostgreSQL's amcheck comes with no package we have:
    every row of every table is read there, under page checksums, and every index is built anew, which fails on a doubled unique value."""
    if connection.dialect.name == "sqlite":
        said = [row[0] for row in connection.execute(text("PRAGMA integrity_check"))]
        loose = [str(tuple(row)) for row in connection.execute(text("PRAGMA foreign_key_check"))]
        return [line for line in said if line != "ok"] + loose
    return [f"{name}: {wrong}" for name in inspect(connection).get_table_names() if (wrong := _read_through(connection, name))]


def _read_through(connection: Connection, name: str) -> str | None:
    """What goes wrong when all of a table is read and its indexes are built anew; None where nothing does."""
    try:
        connection.execute(select(literal_column("*")).select_from(TableClause(name))).all()
        connection.execute(text(f'REINDEX TABLE "{name}"'))
    except DBAPIError as broken:
        return str(broken.orig)
    finally:
        connection.rollback()
    return None


def table(title: str, columns: Mapping[str, Mapping[str, int]]) -> str:
    """Counts in columns, by name."""
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    lines = [title, f"{'':<28}" + "".join(f"{each:>14}" for each in columns)]
    lines += [f"{name:<28}" + "".join(f"{column.get(name, 0):>14,}" for column in columns.values()) for name in names]
    return "\n".join(lines)
