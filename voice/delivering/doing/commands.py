"""`voice quarter`: the page for the Health and Wellbeing Board, as a file."""

from __future__ import annotations

from pathlib import Path

import click

from voice import plans
from voice.delivering.doing import papers, reports
from voice.delivering.doing.rules import read_quarter
from voice.storage import today
from voice.terminal import needs_app, refuse
from voice.web.paper import NoPrinter


@click.command(help="Write the page of a QUARTER (2026-q3) for the Health and Wellbeing Board as a PDF: as it is frozen, else as it stands today.")
@click.argument("quarter")
@click.option("--to", "file", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write, such as 2026-q3.pdf.")
@needs_app
def quarter(quarter: str, file: Path) -> None:
    found, plan = read_quarter(quarter), plans.current_plan()
    if found is None or found.first > today():
        raise refuse(f"“{quarter}” is no quarter that has begun. Say it as a year and a number from 1 to 4: 2026-q3.")
    if plan is None:
        raise refuse("There is no plan yet. Bring one in with: voice plans import FILE --current")
    page = reports.report(plan, found)
    try:
        file.write_bytes(papers.as_pdf(page))
    except NoPrinter:
        raise refuse("This machine cannot make PDF files: it lacks Pango. See docs/running.md.") from None
    except OSError as error:
        raise refuse(f"{file}: cannot be written ({error.strerror}).") from None
    state = f"final since {page.final_on}" if page.final_on else "a draft, as it stands today"
    click.echo(f"{file}: {papers.months(found)}, {state}.")
