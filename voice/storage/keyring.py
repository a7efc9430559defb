"""Every node of an installation has the same keys, and a node that comes with others is not let in.

With another `receipt.key` a node would tell a child words that no other node finds again; with another `phone.key` what waits on a phone could not
be read. So the database keeps a mark of each key: a keyed hash, which leads to nothing. It is written at the first start and held against what each
process brings at every start.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import inspect, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from voice.config import Settings, WrongSetting, settings
from voice.storage.base import Model, Moment, now
from voice.storage.session import apart

NAMES = ("session.key", "receipt.key", "identity.key", "contact.key", "news.key", "phone.key")


class KeyMark(Model):
    """Which key this database was made under."""

    __tablename__ = "key_mark"

    name: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[str]
    noted_at: Mapped[datetime] = mapped_column(Moment, default=now)


def mark(name: str, key: bytes) -> str:
    """32 hexadecimal figures; nobody comes back from them to the key."""
    return hmac.new(key, b"which key\0" + name.encode(), hashlib.sha256).hexdigest()[:32]


def hold() -> None:
    """Hold the keys here against those the database was made under; the first time, write them down. A database that waits for its tables
    (`voice migrate`) knows of no keys yet.

    Raises:
        WrongSetting: they are others; nothing is written.
    """
    ours = _ours(settings())
    with apart() as own:
        if not inspect(own.connection()).has_table(KeyMark.__tablename__):
            return
        for name in ours:
            _write_once(own, name, ours[name][0])
        known = {row.name: row for row in own.scalars(select(KeyMark).with_for_update())}
        wrong = [name for name in ours if known[name].mark not in ours[name]]
        if wrong:
            raise WrongSetting(_sentence(wrong))
        # A phone key that was changed: this node has the one before as well, so the new one is the one from now on.
        for name in ours:
            if known[name].mark != ours[name][0]:
                known[name].mark, known[name].noted_at = ours[name][0], now()


def differ() -> list[str]:
    """The names of keys here that are not those of the database. Only looks."""
    with apart() as own:
        known = {row.name: row.mark for row in own.scalars(select(KeyMark))}
    return [name for name, marks in _ours(settings()).items() if known.get(name, marks[0]) not in marks]


def accept(name: str) -> None:
    """The key of this name was lost, and the one here is the one from now on: what hung on the old one cannot be read any more."""
    with apart() as own:
        own.merge(KeyMark(name=name, mark=_ours(settings())[name][0], noted_at=now()))


def _ours(told: Settings) -> dict[str, tuple[str, ...]]:
    """Of each key its mark; of the phones’ key also those of the keys before it."""
    return {name: tuple(mark(name, key) for key in keys) for name, keys in _keys(told)}


def _keys(told: Settings) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    for name in NAMES[:-1]:
        yield name, (getattr(told, name.replace(".", "_")),)
    yield "phone.key", told.phone_keys


def _write_once(own: Session, name: str, made: str) -> None:
    insert = postgresql_insert if own.get_bind().dialect.name == "postgresql" else sqlite_insert
    own.execute(insert(KeyMark).values(name=name, mark=made, noted_at=now()).on_conflict_do_nothing())


def _sentence(wrong: list[str]) -> str:
    names = ", ".join(wrong)
    return (
        f"The database was made under other keys than those here ({names}). Copy the keys of the first node into this one’s folder of keys. "
        "If a key is lost for good: voice keys accept NAME (docs/nodes.md says what is lost with it)."
    )
