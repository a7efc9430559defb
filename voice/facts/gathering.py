"""All facts of one installation, put together."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from flask import Flask

from voice.config import Settings, settings
from voice.facts import around, live
from voice.facts.comparing import changes
from voice.facts.declared import Column, DataMap, Table, data_map, written
from voice.facts.holes import Missing, missing
from voice.facts.words import help_entries
from voice.storage import now
from voice.web.promise import promise_of


def gather(app: Flask, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Every fact, as plain data. `before`: the facts of an older file, to say what changed since.

    Raises:
        Missing: something has no entry; the message names all that lack one.
    """
    holes = missing(app)
    if holes:
        raise Missing(" ".join(holes))
    found = _facts(app, settings())
    return {**found, "changes": changes(before, found) if before else None}


def _facts(app: Flask, own: Settings) -> dict[str, Any]:
    return {
        "made_at": now().isoformat(timespec="seconds"),
        "place": own.place,
        "voice": version("voice"),
        "is_a_demo": own.demo_marker.exists(),
        "data_map": _as_data(data_map()),
        "who_may_do_what": around.pages(app),
        "kept_now": live.kept_now(),
        "retention": live.past_their_day(),
        "other_machines": around.hosts(own),
        "told_to_young_people": _told(own),
        "on_the_phone": written("on_the_phone"),
        "log": around.log(),
        "encryption_and_backups": around.keys_and_backups(own),
        "disclosure_control": live.disclosure_control(),
        "screen": around.screen(),
        "safeguarding": live.worries(),
        "taken_back": live.erasures(),
        "who_read_raw_words": live.reads(),
        "words_to_young_people": _approvals(),
        "childrens_code": written("childrens_code"),
        "measured": written("measured"),
        "threats": written("threats"),
    }


def _as_data(found: DataMap) -> dict[str, Any]:
    return {"bases": dict(found.bases), "tables": {name: _table(table) for name, table in found.tables.items()}}


def _table(table: Table) -> dict[str, Any]:
    return {**_entry(table), "purpose": table.purpose, "columns": {name: _entry(column) for name, column in table.columns.items()}}


def _entry(found: Table | Column) -> dict[str, Any]:
    return {"what": found.what, "basis": found.basis, "special_category": found.special, "readers": list(found.readers), "ends": found.ends}


def _told(own: Settings) -> dict[str, Any]:
    """What /privacy says because of the settings."""
    told = promise_of(own)
    return {"front_server_keeps_addresses": told.front, "front_server_days": told.front_days, "keep": dataclasses.asdict(told.keep)}


def _approvals() -> dict[str, Any]:
    entries = help_entries()
    waiting = [each.words for each in entries if each.by is None]
    return {"about_help_and_safety": len(entries), "drafted_and_not_approved": len(waiting), "which": waiting}
