"""What of an activity can be taken, and as what. Whoever hands a file over puts into the record that it was taken."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask_babel import gettext as _

from voice import asking, audit
from voice.asking import ActivityFacts
from voice.config import settings
from voice.counting.exporting.codebook import codebook
from voice.counting.exporting.figures import figures, figures_by_two
from voice.counting.exporting.lines import Drawn, NothingYet, TooLong, lines
from voice.counting.exporting.packaging import Package, zip_pieces
from voice.counting.exporting.tables import Table
from voice.counting.exporting.writing import KINDS as WRITTEN
from voice.counting.exporting.writing import MOST_IN_XLSX, pieces
from voice.counting.results.tallied import tallied
from voice.storage import now, today

KINDS: Final = WRITTEN | {"zip": "application/zip"}
TABLES: Final[Mapping[str, Callable[[ActivityFacts], Table]]] = {
    "figures": figures,
    "figures_by_two": figures_by_two,
    "codebook": lambda activity: codebook([activity]),
}
PACKAGE: Final = "package"
LINES_TAKEN: Final = "lines taken"
FIGURES_TAKEN: Final = "figures taken"
LINES_A_DAY: Final = 20  # files of lines for one person: the more there are of one activity as it grows, the more two of them tell


class EnoughToday(Exception):
    """This person took as many as one may in a day."""


@dataclass(frozen=True)
class File:
    """What is sent: its name, what a browser is told of it, and its bytes, which are made as they are asked for."""

    name: str
    mimetype: str
    pieces: Iterator[bytes]


def has_figures(activity: ActivityFacts) -> bool:
    """Whether there is any figure of it to take: ten people answered."""
    found = tallied(activity.id, (), ())
    return found.size(found.everyone) is not None


def take_figures(activity: ActivityFacts, what: str, kind: str, mark: str = "") -> File:
    """`what`: one of TABLES, or PACKAGE, which holds them all and is a ZIP. `mark` is printed under each page of a sheet.

    Raises:
        KeyError: there is no such table, or no such kind of file.
        NothingYet: too few answered; the codebook can always be taken.
    """
    made = [make(activity) for make in TABLES.values()] if what == PACKAGE else [TABLES[what](activity)]
    if what != "codebook" and not has_figures(activity):
        raise NothingYet
    return _file(activity, made, kind if what != PACKAGE else "zip", what, mark)


def take_lines(activities: Sequence[ActivityFacts], drawn: Drawn, kind: str, mark: str = "") -> File:
    """Coded answers, one row a submission, of who was drawn; as a ZIP with the codebook. `activities`: the newest first.

    Raises:
        KeyError: there is no such kind of file.
        TooLong: of an XLSX.
    """
    if kind == "xlsx" and drawn.count > MOST_IN_XLSX:
        raise TooLong
    made = [lines(activities, drawn), *([codebook(activities)] if kind == "zip" else [])]
    return _file(activities[0], made, kind, "lines", mark)


def may_take_lines(by: uuid.UUID) -> None:
    """Raises EnoughToday."""
    if audit.acts_since(now() - timedelta(days=1), [LINES_TAKEN]).get((LINES_TAKEN, by), 0) >= LINES_A_DAY:
        raise EnoughToday


def waves(activity: ActivityFacts) -> list[ActivityFacts]:
    """Every time these questions were asked, the newest first; the activity alone where they were asked once."""
    return (asking.waves_of(activity.series) if activity.series else []) or [activity]


def _file(activity: ActivityFacts, tables: Sequence[Table], kind: str, what: str, mark: str) -> File:
    name = f"{activity.slug}-{what.replace('_', '-')}-{today():%Y-%m-%d}.{kind}"
    body = zip_pieces(_package(activity, what, tables)) if kind == "zip" else pieces(tables[0], kind, footer=mark)
    return File(name, KINDS[kind], body)


def _package(activity: ActivityFacts, what: str, tables: Sequence[Table]) -> Package:
    return Package(
        name=f"{activity.slug}-{what.replace('_', '-')}",
        title=activity.title,
        about=_("What young people and families answered, in codes and figures. No word of theirs is in it."),
        made_at=now(),
        place=settings().place,
        licence=_("For the work of the partnership, not for publication"),
        use=[
            _("Use it for the work it was taken for. Keep it where only those can open it who need it, and delete it when you are done."),
            _("Do not publish it, and do not join it with other lists of people."),
            _("Figures for everyone are at %(address)s", address=f"{settings().public_url}/what-we-heard"),
        ],
        sources=[(activity.title, f"{settings().public_url}/take-part/{activity.slug}")],
        tables=tables,
    )
