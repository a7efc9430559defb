"""`voice measures`: readings from a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from voice import plans
from voice.delivering.measuring.files import COLUMNS, template
from voice.delivering.measuring.importing import Imported, import_readings
from voice.delivering.measuring.queries import all_measure_stories
from voice.delivering.measuring.wording import why_bad, why_unusable
from voice.storage import commit
from voice.tables import Unusable
from voice.terminal import needs_app, refuse
from voice.web.sheets import as_csv


@click.group(help="Readings of the plan’s measures.")
def measures() -> None:
    """Commands."""


@measures.command(
    "import", help="Put in the readings of FILE, a CSV file; a bad line is named and left out, what is there already is not added again."
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--plan", "slug", help="The plan they belong to; else the one that is served.")
@needs_app
def import_(file: Path, slug: str | None) -> None:
    plan = _plan(slug)
    done = _import(plan, file)
    commit()
    click.echo(
        f"{plan.slug}: {done.new} readings new, {done.corrected} put right, {done.same} there already, {len(done.bad)} lines left out, "
        f"{done.empty} not filled in. {done.inside} stay inside, because they are about few people or do not say of how many."
    )
    for each in done.bad:
        click.echo(f"{file.name}, line {each.number}: {why_bad(each)}", err=True)
    if done.bad:
        sys.exit(1)


@measures.command("template", help="Print the lines to fill in, one for each measure.")
@click.option("--plan", "slug", help="The plan whose measures they are; else the one that is served.")
@needs_app
def template_(slug: str | None) -> None:
    lines = template((each.facts.key, each.facts.words) for each in all_measure_stories(_plan(slug).id))
    click.echo(as_csv(COLUMNS, lines).decode("utf-8-sig").replace("\r\n", "\n"), nl=False)


def _import(plan: plans.PlanFacts, file: Path) -> Imported:
    try:
        return import_readings(plan.id, file.read_bytes(), None)
    except Unusable as unusable:
        raise refuse(f"{file.name}: {why_unusable(unusable)}") from None
    except OSError as error:
        raise refuse(f"{file} cannot be read: {error.strerror}.") from None


def _plan(slug: str | None) -> plans.PlanFacts:
    found = plans.current_plan() if slug is None else plans.plan_by_slug(slug)
    if found is None:
        raise refuse(f"There is no plan “{slug}”." if slug else "There is no plan yet: voice plans import")
    return found
