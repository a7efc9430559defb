"""All that is looked at, in the order it is told."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from flask import Flask, current_app

from voice.doctoring import database, front, machine, peers, work
from voice.doctoring.findings import Finding, broken, ok
from voice.storage import session
from voice.storage.session import reachable

Look: TypeAlias = Callable[[], Iterator[Finding]]


@dataclass(frozen=True)
class Check:
    """`group`: where it is told; `needs_database`: left out while it is away, which is said once."""

    group: str
    run: Look
    needs_database: bool = False


CHECKS: Final[tuple[Check, ...]] = (
    Check("machine", machine.folders),
    Check("machine", machine.disks),
    Check("machine", machine.strength),
    Check("machine", machine.port),
    Check("machine", machine.type_for_paper),
    Check("machine", machine.shut),
    Check("keys", machine.keys),
    Check("keys", machine.keys_of_the_database, needs_database=True),
    Check("database", database.shape, needs_database=True),
    Check("database", database.sqlite, needs_database=True),
    Check("database", database.postgres, needs_database=True),
    Check("other machines", peers.store),
    Check("other machines", peers.mail),
    Check("other machines", peers.sign_in),
    Check("other machines", peers.scanner),
    Check("other machines", peers.teller),
    Check("front", front.names),
    Check("front", front.senders),
    Check("front", front.addresses_in_logs),
    Check("backups", machine.backups),
    Check("backups", machine.kept, needs_database=True),
    Check("work", work.watch, needs_database=True),
    Check("work", work.jobs, needs_database=True),
    Check("work", work.opening, needs_database=True),
)


def also(app: Flask, check: Check) -> None:
    """A room’s own: called from its `install`."""
    app.extensions.setdefault("voice.doctor", []).append(check)


def examine(*, thorough: bool = False) -> Iterator[tuple[str, Finding]]:
    """Group and finding, one after the other. Whatever a check breaks on is a finding too."""
    up = reachable()
    session().rollback()
    away = broken(
        "the database", "it does not answer", "Start it (systemctl status postgresql), or see VOICE_DATABASE_URL and the disk of VOICE_DATA."
    )
    yield "database", ok("the database", "answers") if up else away
    whole = Check("database", functools.partial(database.whole, thorough=thorough), needs_database=True)
    for check in (*CHECKS, whole, *current_app.extensions.get("voice.doctor", ())):
        if up or not check.needs_database:
            for finding in _told(check):
                yield check.group, finding


def _told(check: Check) -> Iterator[Finding]:
    try:
        if check.needs_database:
            session().connection(execution_options={"writes": False})  # a long look must not keep anybody from sending
        yield from check.run()
    except Exception as wrong:  # one that breaks must not hide the others
        name = getattr(check.run, "__name__", check.group)
        do = "Tell whoever makes Voice which of its looks broke, and on what kind of error; no other line here depends on it."
        yield broken(f"{check.group}: {name}", f"could not be looked at ({type(wrong).__name__})", do)
    finally:
        session().rollback()
