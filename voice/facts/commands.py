"""`voice facts`: what an impact assessment needs, from the running system."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app

from voice.config import settings
from voice.facts.declared import Unclear
from voice.facts.gathering import gather
from voice.facts.holes import Missing
from voice.facts.showing import as_markdown
from voice.facts.signing import NotSigned, Signed, check, is_markdown, sign
from voice.terminal import needs_app, refuse

READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(invoke_without_command=True, help="Facts for the impact assessment: dated, hashed and signed. Markdown, or JSON.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--since", type=READABLE, help="An older file of facts: also say what changed since.")
@click.pass_context
def facts(context: click.Context, as_json: bool, since: Path | None) -> None:
    if context.invoked_subcommand is None:
        _print(as_json, _checked(since, None) if since else None)


@facts.command("check", help="Is this file of facts as it was signed?")
@click.argument("file", type=READABLE)
@click.option("--key", help="The public key it must be signed with.")
def check_file(file: Path, key: str | None) -> None:
    found = _checked(file, key)
    if is_markdown(file.read_text(encoding="utf-8")) and as_markdown(found) != file.read_text(encoding="utf-8"):
        raise refuse("The signed facts are whole, but the text above them is not what is printed for them here: changed, or of another version.")
    click.echo(f"As it was signed on {found.facts.get('made_at')}. Public key {found.public_key}")


@needs_app
def _print(as_json: bool, before: Signed | None) -> None:
    try:
        found = gather(current_app._get_current_object(), before.facts if before else None)  # type: ignore[attr-defined]  # werkzeug's proxy knows it
    except (Missing, Unclear) as why:
        raise refuse(str(why)) from None
    signed = sign(found, settings())
    click.echo(signed.as_json() if as_json else as_markdown(signed), nl=as_json)


def _checked(file: Path, key: str | None) -> Signed:
    try:
        return check(file.read_text(encoding="utf-8"), key)
    except NotSigned as why:
        raise refuse(f"{file.name}: {why}") from None
    except UnicodeDecodeError:
        raise refuse(f"{file.name}: this is not UTF-8 text.") from None
