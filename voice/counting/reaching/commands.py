"""`voice population`: how many children live where, from a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from voice import plans
from voice.counting.reaching.actions import put_in
from voice.counting.reaching.files import COLUMNS, Found, read_figures, template
from voice.counting.reaching.populations import BANDS
from voice.counting.reaching.wording import age_names, why_bad, why_unusable
from voice.storage import commit
from voice.tables import Unusable
from voice.terminal import needs_app, refuse
from voice.web.sheets import as_csv


@click.group(help="How many children live where.")
def population() -> None:
    """Commands."""


@population.command("import", help="Put in the figures of FILE, a CSV file; a bad line is named and left out.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--plan", "slug", help="The plan they belong to; else the one that is served.")
@needs_app
def import_(file: Path, slug: str | None) -> None:
    plan = _plan(slug)
    found = _read(file, {each.code: each.name for each in plans.places(plan.id)})
    put_in(plan.id, found.lines, None)
    commit()
    click.echo(f"{plan.slug}: {len(found.lines)} figures put in, {len(found.bad)} lines left out, {found.empty} not filled in.")
    for each in found.bad:
        click.echo(f"{file.name}, line {each.number}: {why_bad(each)}", err=True)
    if found.bad:
        sys.exit(1)


@population.command("template", help="Print the lines to fill in, for each place and age.")
@click.option("--plan", "slug", help="The plan whose places they are; else the one that is served.")
@needs_app
def template_(slug: str | None) -> None:
    plan = _plan(slug)
    places = {each.code: each.name for each in plans.places(plan.id)}
    click.echo(as_csv(COLUMNS, template(places, BANDS)).decode("utf-8-sig").replace("\r\n", "\n"), nl=False)


def _read(file: Path, places: dict[str, str]) -> Found:
    try:
        return read_figures(file.read_bytes(), places, age_names())
    except Unusable as unusable:
        raise refuse(f"{file.name}: {why_unusable(unusable)}") from None
    except OSError as error:
        raise refuse(f"{file} cannot be read: {error.strerror}.") from None


def _plan(slug: str | None) -> plans.PlanFacts:
    found = plans.current_plan() if slug is None else plans.plan_by_slug(slug)
    if found is None:
        raise refuse(f"There is no plan “{slug}”." if slug else "There is no plan yet: voice plans import")
    return found
