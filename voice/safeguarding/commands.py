"""Safeguarding from the command line."""

from typing import Any

import click

from voice.lines import run_whole

from .screen import screen as opinion


@click.command("screen")
@click.pass_context
def screen(context: click.Context) -> None:
    """Say which words a person should read first.

    Reads JSON lines {"id", "text"} on stdin and writes JSON lines {"id", "concern", "read_first", "kinds", "because"} on stdout.
    A line may have a "language": the one the page was read in. English is taken otherwise, and words of another offered language are known.
    """
    context.exit(run_whole(_answer))


def _answer(line: dict[str, Any]) -> dict[str, Any]:
    language = line.get("language", "en")
    verdict = opinion(line["text"], language if isinstance(language, str) else None)
    return {
        "concern": verdict.concern,
        "read_first": verdict.read_first,
        "kinds": list(verdict.kinds),
        "because": list(verdict.because),
    }
