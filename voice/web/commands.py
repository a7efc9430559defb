"""Commands for people who translate: which strings there are, which are missing, taking translations in, marking them checked."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, TextIO

import click

from voice.web import gathering, translating
from voice.web.catalogues import FOLDER


@click.group(help="Our words in other languages.")
def languages() -> None:
    """Commands of the catalogues."""


CODE = click.argument("code", type=click.Choice(gathering.TRANSLATED))


@languages.command("extract")
def extract() -> None:
    """Renew the lists of strings (translations/*.pot) from pages, Python and the questions."""
    for domain, catalog in gathering.gathered().items():
        gathering.save(catalog, FOLDER / f"{domain}.pot")
        click.echo(f"{domain}.pot: {len(catalog)} strings")


@languages.command("update")
@click.argument("codes", nargs=-1, type=click.Choice(gathering.TRANSLATED))
def update(codes: tuple[str, ...]) -> None:
    """Bring new strings into the catalogues of CODES (all that are there unless you say) and drop old ones. A new code starts a catalogue."""
    for code in codes or translating.codes():
        translating.renew(code)
        _say(translating.state(code))


@languages.command("check")
def check() -> None:
    """Say how far each language is. Status 1 when one lacks a string or has a wrong one."""
    states = [translating.state(code) for code in translating.codes()]
    for each in states:
        _say(each)
        for wrong in (*(f"“{english}” is missing" for english in each.missing[:20]), *each.wrong):
            click.echo(f"{each.code}: {wrong}", err=True)
    if any(each.missing or each.wrong for each in states):
        raise SystemExit(1)


def _say(state: translating.State) -> None:
    click.echo(f"{state.code}: {state.strings} strings, {len(state.missing)} missing, {state.drafted} drafted, {state.checked} checked")


@languages.command("todo")
@CODE
def todo(code: str) -> None:
    """Print what is still to be translated into CODE, a JSON line each."""
    for each in translating.missing(code):
        click.echo(json.dumps(each, ensure_ascii=False))


@languages.command("put")
@CODE
@click.argument("file", type=click.File(encoding="utf-8"))
def put(code: str, file: TextIO) -> None:
    """Take translations into CODE as drafted: JSON lines with “msgid” and “msgstr”, or “plural”. Status 1 when some cannot be taken."""
    lines = [_line(number, text) for number, text in enumerate(file, start=1) if text.strip()]
    refused = translating.put(code, lines)
    for each in refused:
        click.echo(each, err=True)
    _say(translating.state(code))
    if refused:
        raise SystemExit(1)


def _line(number: int, text: str) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except ValueError as error:
        raise click.ClickException(f"Line {number} is not JSON: {error}.") from None
    if not isinstance(line, dict) or not isinstance(line.get("msgid"), str):
        raise click.ClickException(f"Line {number} has no “msgid”. Take the lines of “todo” and fill them in.")
    return line


@languages.command("sign")
@CODE
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option("--by", required=True, help="Who checked it: a person who speaks the language.")
def sign(code: str, file: TextIO, by: str) -> None:
    """Mark the strings of FILE (JSON lines with “msgid”) as checked today by a person who speaks CODE."""
    english = [_line(number, text)["msgid"] for number, text in enumerate(file, start=1) if text.strip()]
    click.echo(f"{translating.sign(code, english, by, datetime.now(UTC).date().isoformat())} marked as checked")
    _say(translating.state(code))
