"""The demo: a county that has listened for two years. Loaded on an empty data folder, refused anywhere else."""

from __future__ import annotations

import click


def load_if_empty() -> None:
    """Nothing yet."""


def sign_in_lines() -> tuple[str, ...]:
    return ()


@click.command(help="Load the demo into an empty data folder.")
def demo() -> None:
    """Nothing yet."""
