"""`voice plans`: bring a plan in, see which are there."""

from __future__ import annotations

from pathlib import Path

import click

from voice.plans.actions import import_plan, make_current
from voice.plans.library import LIBRARY, BrokenPlan, library_slugs, read_plan
from voice.plans.queries import plans_in_full
from voice.storage import commit
from voice.terminal import needs_app, refuse


@click.group(help="The Children and Young People’s Plan.")
def plans() -> None:
    """Commands of this room."""


@plans.command("import", help="Bring in a plan from FILE, or one of the library by its name.")
@click.argument("file")
@click.option("--current", is_flag=True, help="Serve this plan from now on.")
@needs_app
def import_(file: str, current: bool) -> None:
    path = LIBRARY / f"{file}.yaml" if file in library_slugs() else Path(file)
    try:
        done = import_plan(read_plan(path))
    except BrokenPlan as broken:
        raise refuse(str(broken)) from None
    if current:
        make_current(done.slug)
    commit()
    news = f"brought in as version {done.number}" if done.is_new else f"is there already as version {done.number}; nothing changed"
    click.echo(f"{done.slug}: {news}.")
    for code in done.closed:
        click.echo(f"{done.slug}: priority {code} is no longer in the plan, and is closed.")


@plans.command("list", help="List the plans that are here, and those of the library that are not.")
@needs_app
def list_() -> None:
    here = plans_in_full()
    for plan in here:
        mark = "  (current)" if plan.is_current else ""
        counts = f"{plan.priorities} priorities, {plan.measures} measures, {plan.actions} actions, {plan.localities} places"
        click.echo(f"{plan.slug}  version {plan.version}  {counts}{mark}")
    for slug in sorted(set(library_slugs()) - {plan.slug for plan in here}):
        click.echo(f"{slug}  in the library; bring it in with: voice plans import {slug}")
