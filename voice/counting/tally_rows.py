"""Tallies at rest: adding to very many rows at once."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, insert, select, text

from voice.config import settings
from voice.counting.folding import Cell, Slice, Sums
from voice.counting.tally_models import Tally, TallyPeople, TallySlice
from voice.storage import session

PEOPLE = ("slice_id", "generation", "people")
CELLS = ("slice_id", "question", "code", "people")
KINDS = {"slice_id": "bigint", "generation": "int", "people": "int", "question": "text", "code": "text"}


def add_to(people: Mapping[tuple[Slice, int], int], cells: Mapping[tuple[Slice, Cell], int]) -> None:
    """Add these counts, negative ones too, to the tallies. Rows that reach nobody go."""
    ids = _ids_of({each for each, _generation in people} | {each for each, _cell in cells})
    in_people = [(ids[each], generation, count) for (each, generation), count in people.items()]
    _add(in_people, [(ids[each], *cell, count) for (each, cell), count in cells.items()])


def add_sums(sums: Sums, by: int = 1) -> None:
    """The same of what was added up; `by`: 1, or -1 to take it out."""
    found = _ids_of(sums.slices)
    ids = [found[each] for each in sums.slices]
    in_people = [(ids[number], generation, by * count) for number, generation, count in sums.people_rows()]
    _add(in_people, [(ids[number], *cell, by * count) for number, cell, count in sums.cell_rows()])


def _add(people: list[tuple[int, int, int]], cells: list[tuple[int, str, str, int]]) -> None:
    _upsert("tally_people", PEOPLE, people)
    _upsert("tally", CELLS, cells)
    ids = {number for number, _, count in people if count < 0} | {number for number, _, _, count in cells if count < 0}
    if ids:
        for table in (TallyPeople, Tally):
            session().execute(delete(table).where(table.people <= 0, table.slice_id.in_(ids)))
        of_somebody = select(TallyPeople.slice_id).where(TallyPeople.slice_id.in_(ids))
        session().execute(delete(TallySlice).where(TallySlice.id.in_(ids), TallySlice.id.not_in(of_somebody)))


def people_now() -> dict[tuple[Slice, int], int]:
    """All tallies of people, for counting again."""
    found = session().execute(select(TallySlice, TallyPeople).join(TallyPeople, TallyPeople.slice_id == TallySlice.id))
    return {(_key(row), counted.generation): counted.people for row, counted in found}


def cells_now() -> dict[tuple[Slice, Cell], int]:
    """All tallies of answers, for counting again."""
    found = session().execute(select(TallySlice, Tally).join(Tally, Tally.slice_id == TallySlice.id))
    return {(_key(row), Cell(counted.question, counted.code)): counted.people for row, counted in found}


def _key(row: TallySlice) -> Slice:
    return Slice(row.activity_id, row.fact, row.value, row.other_fact, row.other_value)


def _ids_of(wanted: Collection[Slice]) -> dict[Slice, int]:
    """The numbers of these slices; those that are new get one."""
    activities = {each.activity_id for each in wanted}
    known = _known(activities)
    new = sorted(set(wanted) - known.keys())
    if new:
        session().execute(insert(TallySlice), [each._asdict() for each in new])
        known = _known(activities)
    return {each: known[each] for each in wanted}


def _known(activity_ids: Collection[uuid.UUID]) -> dict[Slice, int]:
    row = TallySlice
    columns = select(row.id, row.activity_id, row.fact, row.value, row.other_fact, row.other_value)
    found = session().execute(columns.where(row.activity_id.in_(activity_ids)))
    return {Slice(activity, fact, value, other, at): number for number, activity, fact, value, other, at in found}


def _upsert(table: str, columns: tuple[str, ...], rows: Collection[tuple[Any, ...]]) -> None:
    """Rows in the order of their keys, so that two who write never wait for each other in a ring."""
    if not rows:
        return
    ordered, names = sorted(rows), ", ".join(columns)
    keys = ", ".join(columns[:-1])
    added = f"ON CONFLICT ({keys}) DO UPDATE SET people = {table}.people + excluded.people"
    if settings().is_sqlite:
        values = ", ".join("?" * len(columns))
        command = f"INSERT INTO {table} ({names}) VALUES ({values}) {added}"  # noqa: S608  # names from this file
        session().connection().exec_driver_sql(command, ordered)  # the driver’s own, as tens of thousands of rows are written at once
        return
    lists = ", ".join(f"CAST(:{each} AS {KINDS[each]}[])" for each in columns)
    command = f"INSERT INTO {table} ({names}) SELECT * FROM unnest({lists}) {added}"  # noqa: S608  # names from this file
    session().execute(text(command), dict(zip(columns, map(list, zip(*ordered, strict=True)), strict=True)))
