"""`voice audit`: is the record whole?"""

from __future__ import annotations

import click

from voice.audit.queries import broken_seal, pruned
from voice.terminal import needs_app, refuse


@click.group(help="The record of who did what.")
def audit() -> None:
    """Commands of this room."""


@audit.command("check", help="Hold every sealed row against its seal.")
@needs_app
def check() -> None:
    broken = broken_seal()
    if broken is not None:
        raise refuse(f"Seal {broken} does not fit its rows: one of them was changed after it was sealed.")
    gone = pruned()
    click.echo("Every seal fits its rows.")
    if gone.newest:
        click.echo(f"{gone.rows} rows under {gone.seals} seals, the newest of {gone.newest:%-d %B %Y}, went when their time was over.")
