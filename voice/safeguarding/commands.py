"""Safeguarding from the command line."""

from typing import Any

import click

from voice.lines import run

from .screen import screen as opinion


@click.command("screen")
@click.pass_context
def screen(context: click.Context) -> None:
    """Say which words a person should read first.

    Reads JSON lines {"id", "text"} on stdin and writes JSON lines {"id", "concern", "read_first", "kinds", "because"} on stdout.
    """
    context.exit(run(_answer))


def _answer(text: str) -> dict[str, Any]:
    verdict = opinion(text)
    return {
        "concern": verdict.concern,
        "read_first": verdict.read_first,
        "kinds": list(verdict.kinds),
        "because": list(verdict.because),
    }
