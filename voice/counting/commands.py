"""`voice count`: the tallies, kept up and counted again."""

from __future__ import annotations

import math

import click

from voice.counting.workers import count_again, keep_up
from voice.storage import commit
from voice.terminal import needs_app, refuse


@click.group(help="Count what was answered.")
def count() -> None:
    """Commands."""


@count.command(help="Count what came and is in no tally yet. The worker does it by itself.")
@needs_app
def now() -> None:
    click.echo(f"{keep_up(math.inf)} counted.")


@count.command(help="Count everything again from what was sent, and compare; with --mend, put right what differs.")
@click.option("--mend", is_flag=True, help="Put what was counted in the place of what differs.")
@needs_app
def again(mend: bool) -> None:
    keep_up(math.inf)
    found = count_again(mend=mend)
    commit()
    click.echo(f"{found.tallies} tallies, {found.differ} of them differ{' and were put right' if mend and found.differ else ''}.")
    if found.differ and not mend:
        raise refuse("Tallies are not what was sent. Put them right with: voice count again --mend")
