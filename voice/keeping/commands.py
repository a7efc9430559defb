"""`voice retention`: what is past its day, and letting it go. `voice files`: whether pictures and their files agree."""

from __future__ import annotations

import math
from datetime import date

import click

from voice import keeping
from voice.config import settings
from voice.keeping import tidying
from voice.keeping.workers import carry_out
from voice.storage import commit, scrub, today
from voice.storage.files import StoreAway
from voice.terminal import needs_app, refuse


@click.command(help="Count what is past its last day, rule by rule; with --do, let it go.")
@click.option("--dry-run", "look", is_flag=True, help="Count only. So it is without --do as well.")
@click.option("--do", "really", is_flag=True, help="Let it go. There is no way back.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Count as on this day; not with --do.")
@needs_app
def retention(look: bool, really: bool, day: object) -> None:
    on = day.date() if hasattr(day, "date") else today()
    if really and (look or day):
        raise refuse("--do stands alone: --dry-run and --on only count.")
    if settings().demo_marker.exists():
        click.echo("This is the demo: the worker leaves it as it is, --do does not.")
    if really:
        _tell("went", carry_out(longest=math.inf))
    _tell("past its day", keeping.overdue(on))
    _tell_locked(on)


def _tell(what: str, counts: dict[str, int]) -> None:
    for name, count in counts.items():
        click.echo(f"{count:>8}  {name} {what}")


def _tell_locked(on: date) -> None:
    for name, count in keeping.locked(on).items():
        if count:
            click.echo(f"{count:>8}  past its day, and held by {name}")


@click.group(help="Pictures’ files: whether they and the database agree.")
def files() -> None:
    pass


@files.command(help="Say what does not agree, and change nothing. Ends with 1 where something does not.")
@needs_app
def check() -> None:
    found = _look()
    for line in tidying.in_words(found):
        click.echo(line)
    if found.without_row or found.torn or found.lost:
        raise click.exceptions.Exit(1)


@files.command(help="Remove files that belong to no picture, and make lost sizes again from what is left.")
@click.option("--all", "all_files", is_flag=True, help="Also where most files belong to none. Make sure first that it is the right database.")
@click.option("--forget-lost", is_flag=True, help="Also forget pictures of which no file is left. Look for a backup first.")
@needs_app
def mend(all_files: bool, forget_lost: bool) -> None:
    found = _look()
    try:
        done = tidying.mend(found, all_files=all_files, forget_lost=forget_lost)
    except StoreAway as away:
        raise refuse(f"The store of files did not do it ({away}). Try again later.") from None
    commit()
    if done.forgotten:
        scrub()
    click.echo(f"{done.removed} files removed, {done.made_again} made again, {done.forgotten} pictures forgotten")
    if found.is_suspicious and not all_files:
        raise refuse("Most files belong to no picture: none was removed. If this is the right database, say --all.")
    if found.lost and not forget_lost:
        raise refuse(f"{len(found.lost)} pictures have no file. Restore them from a backup, or say --forget-lost.")


def _look() -> tidying.Found:
    try:
        return tidying.look()
    except StoreAway as away:
        raise refuse(f"The store of files does not answer ({away}). Nothing was changed.") from None
