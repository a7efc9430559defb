"""`voice export`: files of figures and of coded answers, for a person on the server."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from voice import asking, audit
from voice.asking import ActivityFacts
from voice.counting.exporting import taking
from voice.counting.exporting.lines import NothingYet, TooLong, draw
from voice.counting.exporting.taking import FIGURES_TAKEN, LINES_TAKEN, File
from voice.storage import commit
from voice.terminal import needs_app, refuse

FOR_ALL: Final = click.argument("slug")
TO: Final = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
NOT_THERE: Final = {
    NothingYet: "Fewer than 10 people have answered so far. There is a file once 10 have.",
    TooLong: "It has too many rows for this kind of file. Take .csv or .parquet.",
}


@click.group(help="Write figures or coded answers to a file.")
def export() -> None:
    """Commands."""


@export.command(help="Figures of an activity: nothing of fewer than 10 people. FILE ends in .csv, .xlsx or .parquet.")
@FOR_ALL
@TO
@click.option("--by-two", is_flag=True, help="By two facts at once.")
@needs_app
def aggregated(slug: str, file: Path, by_two: bool) -> None:
    activity = _found(slug)
    _write(activity, file, FIGURES_TAKEN, None, lambda: taking.take_figures(activity, "figures_by_two" if by_two else "figures", _kind(file)))


@export.command(help="Every question and answer of an activity, in its languages. FILE ends in .csv, .xlsx or .parquet.")
@FOR_ALL
@TO
@needs_app
def codebook(slug: str, file: Path) -> None:
    activity = _found(slug)
    _write(activity, file, FIGURES_TAKEN, None, lambda: taking.take_figures(activity, "codebook", _kind(file)))


@export.command(help="Figures and codebook of an activity as a Frictionless data package. FILE is a ZIP.")
@FOR_ALL
@TO
@needs_app
def package(slug: str, file: Path) -> None:
    activity = _found(slug)
    _write(activity, file, FIGURES_TAKEN, None, lambda: taking.take_figures(activity, taking.PACKAGE, "zip"))


@export.command(help="Coded answers, one row a person. FILE ends in .csv, .xlsx, .parquet, or .zip with the codebook.")
@FOR_ALL
@TO
@click.option("--reason", required=True, help="What the file is for; it stays on record. No names of children.")
@click.option("--waves", is_flag=True, help="Every time these questions were asked.")
@needs_app
def lines(slug: str, file: Path, reason: str, waves: bool) -> None:
    activity = _found(slug)
    activities = taking.waves(activity) if waves else [activity]
    _write(activity, file, LINES_TAKEN, reason, lambda: taking.take_lines(activities, draw(activities, None), _kind(file)))


def _write(activity: ActivityFacts, file: Path, what: str, why: str | None, take: Callable[[], File]) -> None:
    """On record first; then the file, which nobody else on the server may read. One that is there already stays."""
    try:
        taken = take()
    except tuple(NOT_THERE) as not_there:
        raise refuse(NOT_THERE[type(not_there)]) from None
    audit.record(None, what, "activity", activity.id, why)
    commit()
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for piece in taken.pieces:
                out.write(piece)
    except FileExistsError:
        raise refuse(f"{file} is there already. Name another.") from None
    except OSError as wrong:
        file.unlink(missing_ok=True)
        raise refuse(f"{file} could not be written: {wrong.strerror}.") from None
    click.echo(f"Written to {file}.")


def _kind(file: Path) -> str:
    kind = file.suffix.removeprefix(".").lower()
    if kind not in taking.KINDS:
        raise refuse("The name of the file must end in .csv, .xlsx, .parquet or .zip.")
    return kind


def _found(slug: str) -> ActivityFacts:
    found = asking.activity(slug)
    if found is None:
        raise refuse(f"There is no activity called {slug}.")
    return found
