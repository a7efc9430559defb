"""`voice doctor`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

import click
from flask import Flask

from voice.config import WrongSetting
from voice.doctoring.examining import examine
from voice.doctoring.findings import CALLED, Finding, broken, worst

Told = tuple[str, Finding]
MARKS = {"ok": "  ", "look": "? ", "broken": "! "}
WIDE = 74


@click.command(help="Look at this installation: how it stands, and what to do. Ends with 0 (well), 1 (look at something) or 2 (something is broken).")
@click.option("--json", "as_json", is_flag=True, help="For a program: one object.")
@click.option("--thorough", is_flag=True, help="Also hold the database’s indexes against its rows: minutes on a large one.")
@click.option("--quiet", is_flag=True, help="Only what is not well.")
@click.pass_context
def doctor(context: click.Context, as_json: bool, thorough: bool, quiet: bool) -> None:
    found = list(_examined(context.find_root().obj, thorough))
    shown = [each for each in found if not quiet or each[1].level != "ok"]
    if as_json:
        findings = [{"group": group, **asdict(finding)} for group, finding in shown]
        click.echo(json.dumps({"worst": worst(each for _, each in found), "findings": findings}, ensure_ascii=False, indent=1))
    else:
        _say(shown, found)
    context.exit(worst(each for _, each in found))


def _examined(make: Callable[[], Flask], thorough: bool) -> Iterable[Told]:
    """Before anything is read that a first start would make: a doctor makes no folder and no key."""
    before = _before(Path(os.environ.get("VOICE_DATA", "data")).expanduser())
    if before is not None:
        return [("machine", before)]
    try:
        app = make()
    except WrongSetting as wrong:
        return [("machine", broken("settings", str(wrong), "Put it right in /etc/voice/settings (docs/settings.md), and restart Voice."))]
    with app.app_context():
        return list(examine(thorough=thorough))


def _before(data: Path) -> Finding | None:
    about = "the data folder (VOICE_DATA)"
    if not data.is_dir():
        do = (
            "Set VOICE_DATA as the unit does (docs/running.md: voice is called with the "
            "settings of the service), or start Voice once, which makes it."
        )
        return broken(about, f"{data} is not there", do)
    owner = data.stat().st_uid
    if os.geteuid() == 0 != owner:
        return broken(
            about, "it is not root’s, and root would leave files there that Voice cannot open", "Run this as whoever runs Voice (docs/running.md)."
        )
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        return broken(about, f"we may not write in {data}", "Run this as whoever runs Voice (docs/running.md).")
    return None


def _say(shown: list[Told], found: list[Told]) -> None:
    groups = dict.fromkeys(group for group, _ in shown)
    for group in groups:
        click.echo(f"\n{group}")
        for each in (finding for its, finding in shown if its == group):
            click.echo(f"{MARKS[each.level]}{each.about}: {each.found}")
            if each.do:
                click.echo(click.wrap_text(each.do, WIDE, "    -> ", "       "))
    counts = {level: sum(each.level == level for _, each in found) for level in CALLED}
    click.echo("\n" + ", ".join(f"{number} {CALLED[level]}" for level, number in counts.items()) + ".")
