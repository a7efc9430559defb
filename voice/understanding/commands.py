"""`voice suggest` and `voice tone`: the machine's opinions for scripts, as JSON lines. Both work without a database."""

from __future__ import annotations

from typing import Any

import click

from voice.lines import run
from voice.plans import BrokenPlan, library_slugs, read_plan
from voice.plans.library import LIBRARY
from voice.terminal import refuse
from voice.understanding import tone as tones
from voice.understanding.suggest import Suggester, from_plan


@click.command(help="Suggest which priorities each text is about. Reads JSON lines with “id” and “text” on stdin.")
@click.option("--plan", "slug", required=True, help="A plan of the library, by its slug.")
@click.pass_context
def suggest(context: click.Context, slug: str) -> None:
    suggester = _suggester(slug)

    def answer(text: str) -> dict[str, Any]:
        best = suggester.suggest(text).best
        return {"suggestions": [{"priority": each.priority, "score": each.score} for each in best]}

    context.exit(run(answer))


@click.command(help="Guess the tone of each text. Reads JSON lines with “id” and “text” on stdin.")
@click.pass_context
def tone(context: click.Context) -> None:
    def answer(text: str) -> dict[str, Any]:
        guess = tones.tone(text)
        return {"tone": guess.tone, "score": guess.score}

    context.exit(run(answer))


def _suggester(slug: str) -> Suggester:
    if slug not in library_slugs():
        raise refuse(f"There is no plan “{slug}” in the library. There are: {', '.join(library_slugs())}.", 2)
    try:
        return Suggester(from_plan(read_plan(LIBRARY / f"{slug}.yaml")))
    except BrokenPlan as broken:
        raise refuse(str(broken)) from None
