"""`voice demo`: load the invented county."""

from __future__ import annotations

import click

from voice.demonstrating.loading import NotEmpty, load, sign_in_lines
from voice.storage import migrate
from voice.terminal import needs_app, refuse


@click.command(help="Load the demo into an empty data folder.")
@needs_app
def demo() -> None:
    migrate.upgrade()
    try:
        load()
    except NotEmpty:
        raise refuse("This data folder is not empty. Name an empty one with VOICE_DATA.") from None
    for line in sign_in_lines():
        click.echo(line)
