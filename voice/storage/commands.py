"""`voice keys`: whether this machine has the keys the database was made under."""

from __future__ import annotations

import click

from voice.storage import keyring
from voice.terminal import needs_app, refuse


@click.group(help="The keys of this installation. Every machine of it has the same ones.")
def keys() -> None:
    pass


@keys.command(help="Hold the keys here against those the database was made under.")
@needs_app
def check() -> None:
    wrong = keyring.differ()
    for name in keyring.NAMES:
        click.echo(f"{name}: {'another one than the database was made under' if name in wrong else 'as it should be'}")
    if wrong:
        raise refuse("Copy the keys of the first machine into the folder of keys here (docs/nodes.md).")


@keys.command(help="A key is lost for good: the one here is the one from now on. What hung on the old one stays unreadable.")
@click.argument("name", type=click.Choice(keyring.NAMES))
@click.confirmation_option(prompt="Is the old key lost on every machine and in every copy you keep?")
@needs_app
def accept(name: str) -> None:
    keyring.accept(name)
    click.echo(f"{name}: this one, from now on. Copy it to the other machines before they are started again.")
