"""`voice retention`: what is past its day, and letting it go."""

from __future__ import annotations

import math
from datetime import date

import click

from voice import keeping
from voice.config import settings
from voice.keeping.workers import carry_out
from voice.storage import today
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
