"""Bringing in words collected elsewhere: paper sheets typed up, another survey’s export, notes of an event."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from voice import storage
from voice.listening.bringing import BadRow, Bringing, NoPlaceForWords
from voice.listening.queries import Asked, asked
from voice.listening.rows import Row, Sheet, Unusable, read_sheet
from voice.terminal import needs_app, refuse

AT_ONCE = 500  # rows a transaction
Step = Callable[[], None]


@click.group("submissions")
def submissions() -> None:
    """What people sent."""


@submissions.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--activity", "slug", required=True, help="The activity these words belong to.")
@click.option("--text", "text", help="The column that holds the words (else: text, comment, words, or the only one).")
@click.option("--id", "row_id", help="The column that tells rows apart (else: the words themselves).")
@needs_app
def import_(file: Path, slug: str, text: str | None, row_id: str | None) -> None:
    """Bring in the words of FILE, a CSV file with a heading row. The same file again adds nothing."""
    found = asked(slug, itself=True)
    if found is None:
        raise refuse(f"There is no activity “{slug}”.")
    bringing, sheet = _begin(file, found, text, row_id)
    if sheet.note:
        click.echo(sheet.note, err=True)
    storage.commit()  # nothing is held while the rows are read
    counts = _bring_all(bringing, sheet)
    click.echo(_summary(counts))
    if counts["bad"]:
        sys.exit(1)


def _begin(file: Path, found: Asked, text: str | None, row_id: str | None) -> tuple[Bringing, Sheet]:
    try:
        sheet = read_sheet(file.read_bytes())
        return Bringing(found, sheet.column(text), None if row_id is None else sheet.column(row_id)), sheet
    except Unusable as unusable:
        raise refuse(str(unusable)) from None
    except NoPlaceForWords:
        raise refuse(f"The activity “{found.activity.slug}” asks nothing in words. Name one that does.") from None
    except OSError as error:
        raise refuse(f"{file} cannot be read: {error.strerror}.") from None


def _bring_all(bringing: Bringing, sheet: Sheet) -> Counter[str]:
    counts: Counter[str] = Counter()
    try:
        with _progress(len(sheet.rows)) as step:
            for number, row in enumerate(sheet.rows, start=1):
                counts[_bring(bringing, row)] += 1
                step()
                if number % AT_ONCE == 0:
                    storage.commit()
        storage.commit()
    finally:
        # Whatever stopped us, what is kept by now may not wait unseen.
        storage.session().rollback()
        bringing.tell_leads()
        storage.commit()
    return counts


def _bring(bringing: Bringing, row: Row) -> str:
    try:
        return bringing.bring(row)
    except BadRow as bad:
        click.echo(f"line {row.line}: {bad}", err=True)
        return "bad"


@contextmanager
def _progress(rows: int) -> Iterator[Step]:
    """A bar on a terminal, nothing elsewhere. Lines about bad rows go above it."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Bringing in", total=rows)
        yield lambda: bar.advance(task)


def _summary(counts: Counter[str]) -> str:
    parts = [f"{counts['new']:,} brought in"]
    names = {"known": "here before", "empty": "empty", "taken_back": "taken back before, and left out", "bad": "could not be kept"}
    parts += [f"{counts[name]:,} {words}" for name, words in names.items() if counts[name]]
    return ", ".join(parts) + "."
