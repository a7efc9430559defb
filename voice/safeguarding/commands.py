"""Safeguarding from the command line."""

from typing import Any

import click

from voice import storage
from voice.lines import run_whole
from voice.terminal import needs_app, refuse

from .actions import begin_practice
from .alerting import alert_leads
from .queries import practices
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


@click.command("drill", help="Send a practice alert to whoever is on now, by the real path, and wait for no one.")
@needs_app
def drill() -> None:
    practice_id = begin_practice()
    storage.commit()
    alert_leads()
    told = next(each for each in practices() if each.id == practice_id)
    if not told.sent_to:
        raise refuse("The practice alert could not be sent, and will be tried again. Look at the post settings and at /watch.")
    click.echo(f"Sent to {', '.join(told.sent_to)}. They open it under Safeguarding within 15 minutes; the result is written there.")
