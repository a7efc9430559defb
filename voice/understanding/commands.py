"""`voice suggest` and `voice tone`: the machine's opinions for scripts, as JSON lines. Both work without a database."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import IO, Any

import click

from voice.lines import BadLine, json_lines, run
from voice.plans import BrokenPlan, library_slugs, read_plan
from voice.plans.library import LIBRARY
from voice.terminal import refuse
from voice.understanding import learned, refitting, together
from voice.understanding import tone as tones
from voice.understanding.suggest import PriorityText, Suggester, from_plan


@click.command(help="Suggest which priorities each text is about. Reads JSON lines with “id” and “text” on stdin.")
@click.option("--plan", "slug", required=True, help="A plan of the library, by its slug.")
@click.option("--confirmed", type=click.File("rb"), help="Learn first from JSON lines with “id”, “text”, “priorities” (codes; [] for none of these).")
@click.pass_context
def suggest(context: click.Context, slug: str, confirmed: IO[bytes] | None) -> None:
    texts = _texts(slug)
    suggester = Suggester(texts)
    table = _learned(texts, confirmed) if confirmed else None

    def answer(text: str) -> dict[str, Any]:
        best = together.suggest(suggester, table, text).best
        return {"suggestions": [{"priority": each.priority, "score": each.score} for each in best]}

    context.exit(run(answer))


@click.command(help="Guess the tone of each text. Reads JSON lines with “id” and “text” on stdin.")
@click.pass_context
def tone(context: click.Context) -> None:
    def answer(text: str) -> dict[str, Any]:
        guess = tones.tone(text)
        return {"tone": guess.tone, "score": guess.score}

    context.exit(run(answer))


def _texts(slug: str) -> list[PriorityText]:
    if slug not in library_slugs():
        raise refuse(f"There is no plan “{slug}” in the library. There are: {', '.join(library_slugs())}.", 2)
    try:
        return from_plan(read_plan(LIBRARY / f"{slug}.yaml"))
    except BrokenPlan as broken:
        raise refuse(str(broken)) from None


def _learned(texts: Sequence[PriorityText], confirmed: IO[bytes]) -> learned.Learned:
    """What these lines teach; nothing of it is kept."""
    said: list[refitting.Said] = []
    known = {each.code for each in texts}
    for line in json_lines(confirmed):
        if isinstance(line, BadLine):
            raise refuse(f"Of what was confirmed, {str(line)[0].lower()}{str(line)[1:]}", 2)
        codes = line[1].get("priorities")
        if not isinstance(codes, list) or not set(map(str, codes)) <= known:
            raise refuse(f"Of what was confirmed, line {line[0]}: “priorities” must be a list of codes of this plan: {', '.join(sorted(known))}.", 2)
        said.append(refitting.Said(line[1]["text"], tuple(map(str, codes))))
    key = secrets.token_bytes(32)
    return learned.read(refitting.learn_priorities(texts, said, key)[0], key)
