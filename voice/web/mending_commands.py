"""`voice mending`: keep people out, kindly, while somebody works on the installation. Needs no database."""

from __future__ import annotations

from datetime import timedelta

import click

from voice.config import read_settings
from voice.storage import LONDON, now
from voice.storage.aside import LONGEST, close_until, closed_until, is_half_restored, open_again
from voice.terminal import refuse

HALF: str = "A restore has not come to its end: people see the page until it has. Run it again."


@click.group(help="The page “we are mending something”, for the time of an upgrade.")
def mending() -> None:
    """Commands of the page."""


@mending.command("on")
@click.option("--minutes", type=click.IntRange(1, int(LONGEST.total_seconds()) // 60), default=60, show_default=True, help="It ends by itself then.")
def on(minutes: int) -> None:
    """Show the page. Help pages go on; nothing is taken in, from young people or staff; alerts to safeguarding leads still go out."""
    told, until = read_settings(), now() + timedelta(minutes=minutes)
    try:
        close_until(told, until)
    except OSError as wrong:
        raise refuse(f"The folder {told.data} takes no file: {wrong.strerror}. The page is not shown.") from None
    click.echo(f"People see the page until {until.astimezone(LONDON):%H:%M} (voice mending off ends it). Say it on each machine that serves pages.")


@mending.command("off")
def off() -> None:
    """Let people in again."""
    told = read_settings()
    click.echo("People are let in again." if open_again(told) else "Nobody was kept out.")
    if is_half_restored(told):
        raise refuse(HALF)


@mending.command("state")
def state() -> None:
    """Say whether the page is shown."""
    told = read_settings()
    until = closed_until(told)
    if is_half_restored(told):
        raise refuse(HALF)
    click.echo(f"People see the page until {until.astimezone(LONDON):%H:%M}." if until else "People are let in.")
