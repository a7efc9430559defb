"""`voice backup` and `voice restore`."""

from __future__ import annotations

import contextlib
import math
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from voice.backups import NotOpened, NotRestored, Restored, databases, let_in, make, prune, restore
from voice.backups.making import note, scratch
from voice.config import Settings, read_settings, settings
from voice.extensions import db
from voice.keeping.workers import carry_out
from voice.storage import commit, scrub
from voice.terminal import needs_app, refuse
from voice.wiring import create_app

Seen = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    help="Back up everything but the keys into FILE (else into VOICE_BACKUPS), sealed, and read it back. "
    "In a folder it is named by the moment, and those there that are too old go."
)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--prune", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Remove backups there that are too old.")
@needs_app
def backup(file: Path | None, folder: Path | None) -> None:
    to = file or (_usual_folder() if folder is None else None)
    if to is not None:
        _back_up(to)
    for each in dict.fromkeys(there for there in (folder, to) if there and there.is_dir()):
        gone = prune(each)
        if gone or each == folder:
            click.echo(f"{len(gone)} {'backup' if len(gone) == 1 else 'backups'} older than {settings().keep.backups_days} days went.")


def _usual_folder() -> Path:
    usual = settings().backups
    if usual is None:
        raise refuse("Name a file or a folder to back up into, or set VOICE_BACKUPS, or name --prune FOLDER.")
    if not usual.is_dir():
        raise refuse(f"VOICE_BACKUPS is “{usual}”, and there is no such folder. Is its disk there? No backup was made.")
    return usual


@click.command("restore", help="Put a backup into an empty installation; what was taken back since stays gone.")
@click.argument("file", type=Seen)
@click.option("--key", type=Seen, help="The key it was sealed with; else VOICE_BACKUP_KEY.")
@click.option("--tombstones", type=Seen, multiple=True, help="A taken-back.log of the installation that was lost.")
@click.option("--test", "only_test", is_flag=True, help="Restore beside this installation, check it, and remove it again.")
@needs_app
def restore_command(file: Path, key: Path | None, tombstones: tuple[Path, ...], only_test: bool) -> None:
    key = key or settings().backup_key
    if not key.exists():
        raise refuse(f"There is no key at {key}. Put backup.key back from where you keep your keys, or name it with --key.")
    try:
        done = _test(file, key, tombstones) if only_test else _restore(file, key, tombstones)
    except (NotRestored, NotOpened, databases.Broken) as wrong:
        raise refuse(str(wrong)) from None
    except OSError as wrong:
        raise refuse(f"It could not be written: {wrong.strerror or wrong}. Make room, then run it again: it begins anew.") from None
    _tell(done)


def _back_up(to: Path) -> None:
    is_first = not settings().backup_key.exists()
    try:
        made = make(to)
    except databases.Broken as wrong:
        raise refuse(str(wrong)) from None
    except OSError as wrong:
        raise refuse(f"It could not be written: {wrong.strerror or wrong}. No backup was made.") from None
    commit()
    click.echo(f"{made.file}: {sum(made.rows.values())} rows, {made.size / 1e6:.1f} MB, {made.seconds:.1f} s, read back.")
    if is_first:
        click.echo(f"A key was made: {settings().backup_key}. Keep a copy of it away from here; without it no backup opens.")


def _restore(file: Path, key: Path, tombstones: tuple[Path, ...]) -> Restored:
    done = restore(file, key.read_bytes(), tombstones)
    commit()
    carry_out(longest=math.inf)
    scrub()
    let_in()
    return done


def _test(file: Path, key: Path, tombstones: tuple[Path, ...]) -> Restored:
    """In a folder (and database) of its own, with copies of what it needs from this one."""
    ours = settings()
    db.session.remove()
    with _elsewhere(ours) as theirs:
        app = create_app(theirs)
        with app.app_context():
            try:
                done = _restore(file, key, tombstones)
            finally:
                db.session.remove()
                db.engine.dispose()
    note("restore_test", done.made_at, file.stat().st_size, done.seconds)
    commit()
    return done


@contextmanager
def _elsewhere(ours: Settings) -> Iterator[Settings]:
    """Settings of an empty installation beside this one; it is gone afterwards."""
    with scratch() as folder:
        for needed in (ours.keys / "receipt.key", ours.taken_back):
            if needed.exists():
                shutil.copy(needed, folder / needed.name)
        environment = {"VOICE_DATA": str(folder), "VOICE_TAKEN_BACK": str(folder / ours.taken_back.name)}
        if ours.is_sqlite:
            yield read_settings(environment)
        else:
            with _database_beside(ours.database_url, folder.name) as url:
                yield read_settings({**environment, "VOICE_DATABASE_URL": url})


@contextmanager
def _database_beside(url: str, name: str) -> Iterator[str]:
    there = make_url(url)
    ours = f"backup_tmp_{there.database}"[:50]
    name = f"{ours}_{name[-8:]}"
    plain = there.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with psycopg.connect(plain, autocommit=True) as connection:
            _drop_left(connection, ours)
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except psycopg.Error:
        raise refuse("The test needs a database of its own, and we may not make one. Give the role CREATEDB, or restore elsewhere.") from None
    try:
        yield there.set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def _drop_left(connection: psycopg.Connection[tuple[object, ...]], ours: str) -> None:
    """What a test left that was killed: it holds what children wrote. One in use is that of another machine, and stays."""
    asked = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND length(datname) = %s"
    left = connection.execute(asked, [f"{ours}_", len(ours) + 9]).fetchall()
    for (name,) in left:
        with contextlib.suppress(psycopg.errors.ObjectInUse):
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(str(name))))


def _tell(done: Restored) -> None:
    click.echo(f"Back as it was on {done.made_at:%-d %B %Y, %H:%M} UTC: {sum(done.rows.values())} rows, {done.seconds:.1f} s, checked.")
    click.echo(f"Taken back since, and again now: {done.taken_back}.")
    if not done.receipts_work:
        click.echo("The receipt.key here is not the one these receipts were made with. Put that one back, or no receipt can be found.")
