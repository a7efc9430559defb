"""Commands for people who write instruments."""

from pathlib import Path

import click

from voice.asking.checks import remarks
from voice.asking.instruments import SHIPPED, BrokenInstrument, load_instrument, shipped_instruments
from voice.asking.kinds import Instrument


@click.group(help="The questions we ask.")
def instruments() -> None:
    """Commands of this room."""


@instruments.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=SHIPPED)
def check(folder: Path) -> None:
    """Check every instrument in FOLDER (surveys/ unless you say) and say one line about each."""
    files = shipped_instruments(folder)
    if not files:
        raise click.ClickException(f"There are no .yaml files in {folder}. Name the folder that holds your instruments.")
    sound = [_check_one(file) for file in files]
    if not all(sound):
        raise SystemExit(1)


def _check_one(file: Path) -> bool:
    try:
        instrument = load_instrument(file)
    except BrokenInstrument as broken:
        click.echo(str(broken), err=True)
        return False
    click.echo(f"{file.name}: {_facts(instrument)}")
    for remark in remarks(instrument):
        click.echo(f"{file.name}: {remark}", err=True)
    return True


def _facts(instrument: Instrument) -> str:
    asked = _count(sum(question.is_asked for question in instrument.questions), "question")
    return f"version {instrument.version}, {asked}, about {_count(instrument.minutes, 'minute')}, {', '.join(instrument.languages)}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
