"""What a county, England and the UK would need, worked out from what one visit costs: the tables of docs/scale.md.

    python -m tests.soaks.scale [--file tests/soaks/costs.json] [--nodes PER_SECOND]

Everything measured comes from the file that `python -m tests.rooms.listening.measure_costs --write` makes; everything else is an assumption, named
here once and printed with its value. `--nodes`: submissions a second that one web node of two cores took, as the cluster’s trial measured it.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_name("costs.json")


@dataclass(frozen=True)
class Assumed:
    """What nobody measured, with why. Shares are of one."""

    part: float = 0.6  # of the children answer in the audit week
    on_monday_at_nine: float = 0.04  # of those who answer begin in the ten minutes from 9:00 on Monday: half a lesson of the 25 in a week
    first_minute: float = 0.3  # of those ten minutes’ children begin in the first minute, when the teacher says so
    by_phone: float = 0.9  # answer on the phone’s own pages; the others page by page without a script
    drawing: float = 0.1  # bring a drawing
    busy: float = 0.6  # of a core may be used before people wait for one another
    views: float = 3.0  # things said in one’s own words by each
    read_an_hour: float = 180.0  # views that one person reads, clears and tags in an hour: twenty on a screen, most of them cleared at once
    hours_a_week: float = 20.0  # that an officer reads; nobody can do it all day
    weeks: float = 10.0  # until all is read: the first answer is due 28 days after it closes, and reading begins in the audit week
    concern: float = 0.01  # of submissions make a lead look
    concern_minutes: float = 20.0
    pounds_core_hour: float = 0.04
    pounds_database_core_hour: float = 0.14  # managed, with a second one that stands by
    pounds_gigabyte_month: float = 0.10
    pounds_gigabyte_out: float = 0.07
    pounds_person_hour: float = 22.0


@dataclass(frozen=True)
class Place:
    name: str
    children: int
    councils: int


PLACES: Final = (Place("A county", 45_000, 1), Place("England", 12_000_000, 153), Place("The UK", 14_200_000, 218))
HOURS_IN_A_MONTH: Final = 730
HOURS_OF_THE_WEEK: Final = 24 * 5


@dataclass(frozen=True)
class Cost:
    """Of one visit on the average: milliseconds of processor time (web, database), bytes out, bytes kept; and of the work behind it."""

    web: float
    database: float
    out: float
    rows: float
    pictures: float
    behind: float


def mixed(measured: Mapping[str, Any], assumed: Assumed) -> Cost:
    """A visit of PostgreSQL’s figures, as people come."""
    shares = {
        "visit by phone": assumed.by_phone * (1 - assumed.drawing),
        "visit by forms": (1 - assumed.by_phone) * (1 - assumed.drawing),
        "visit with a drawing": assumed.drawing,
    }
    processor, net, disk = measured["processor"], measured["net"], measured["disk"]
    web, database = (sum(share * processor[name][part] for name, share in shares.items()) for part in (0, 1))
    out = sum(share * net[name][1] for name, share in shares.items())
    return Cost(web, database, out, disk["database"], assumed.drawing * disk["drawing"], disk["behind"])


@dataclass(frozen=True)
class Need:
    """What one installation for so many needs."""

    answers: float
    a_second: float  # submissions, in the first minute of Monday’s nine o’clock
    web_cores: float
    database_cores: float
    commits: float  # a second
    out_megabit: float
    gigabytes: float
    readers: float
    leads: float


def need(children: float, cost: Cost, assumed: Assumed) -> Need:
    answers = children * assumed.part
    a_second = answers * assumed.on_monday_at_nine * assumed.first_minute / 60
    return Need(
        answers=answers,
        a_second=a_second,
        web_cores=max(2.0, a_second * cost.web / 1000 / assumed.busy),
        database_cores=max(1.0, a_second * cost.database / 1000 / assumed.busy),
        commits=a_second,
        out_megabit=a_second * cost.out * 8 / 1e6,
        gigabytes=answers * (cost.rows + cost.pictures) / 1e9,
        readers=answers * assumed.views / assumed.read_an_hour / assumed.hours_a_week / assumed.weeks,
        leads=answers * assumed.concern * assumed.concern_minutes / 60 / assumed.hours_a_week / assumed.weeks,
    )


def pounds(one: Need, cost: Cost, assumed: Assumed, councils: int) -> dict[str, float]:
    """Of the audit week, and of what stays for a year. `councils`: one installation each has at least two web cores and a database core all year."""
    web = max(one.web_cores, 2.0 * councils) * HOURS_OF_THE_WEEK * assumed.pounds_core_hour
    database = max(one.database_cores, 1.0 * councils) * HOURS_OF_THE_WEEK * assumed.pounds_database_core_hour
    net = one.answers * cost.out / 1e9 * assumed.pounds_gigabyte_out
    standing = councils * 12 * HOURS_IN_A_MONTH * (2 * assumed.pounds_core_hour + assumed.pounds_database_core_hour)
    people = (one.readers + one.leads) * assumed.hours_a_week * assumed.weeks * assumed.pounds_person_hour
    return {
        "machines, audit week": web + database + net,
        "machines, a year": standing + one.gigabytes * 12 * assumed.pounds_gigabyte_month,
        "people who read": people,
    }


def first_to_break(cost: Cost, measured: Mapping[str, Any], assumed: Assumed, node: float | None) -> list[tuple[str, float, str]]:
    """What holds so many submissions a second at most, and how that is known; the lowest first."""
    sqlite, postgres = measured["sqlite"], measured["postgres"]
    web_one = mixed(sqlite, assumed).web
    found = [
        ("one web process (one core’s worth of Python)", 1000 * assumed.busy / cost.web, "web time of a visit"),
        (
            "SQLite on one machine of two cores",
            2000 * assumed.busy / web_one,
            "web time of a visit, two processes; the one writer is not yet the limit",
        ),
        (
            "SQLite’s one writer",
            sqlite["disk"]["a second, one after another"],
            "one phone after another, each synced, measured through the whole page",
        ),
        ("PostgreSQL’s commits from 32 lines, this disk", postgres["commits"]["32"], "four rows and one sync each, measured bare"),
        ("processor of a PostgreSQL of 16 cores", 16_000 * assumed.busy / max(cost.database, 0.01), "database time of a visit"),
        ("likeness, one worker", 15 / assumed.views, "300 views each 20 seconds: then figures wait, answers do not"),
    ]
    if node is not None:
        found.append(("one web node of two cores", node, "measured by the cluster’s trial"))
    return sorted(found, key=lambda each: each[1])


def table(measured: Mapping[str, Any], assumed: Assumed, node: float | None) -> None:
    cost = mixed(measured["postgres"], assumed)
    print(f"Measured {measured['day']} on {measured['machine']}.\n")
    print(
        f"One visit: {cost.web:.0f} ms web, {cost.database:.1f} ms database, {cost.out / 1000:.0f} kB out, {cost.rows / 1000:.1f} kB of rows, ",
        end="",
    )
    print(f"{cost.pictures / 1000:.0f} kB of pictures, {cost.behind:.0f} ms behind it.\n")
    rows = [(place, need(place.children, cost, assumed)) for place in PLACES]
    print("| | " + " | ".join(f"{place.name}, {place.children:,}" for place, _ in rows) + " |\n|---|" + "---|" * len(rows))
    for name, say in LINES.items():
        print(f"| {name} | " + " | ".join(say(one) for _, one in rows) + " |")
    for name in ("machines, audit week", "machines, a year", "people who read"):
        print(f"| £: {name} | " + " | ".join(f"{pounds(one, cost, assumed, place.councils)[name]:,.0f}" for place, one in rows) + " |")
    print("\nWhat breaks first, in submissions a second:\n")
    for name, rate, why in first_to_break(cost, measured, assumed, node):
        print(f"- {name}: {rate:,.0f} ({why})")
    print("\nAssumed: " + ", ".join(f"{name} {value:g}" for name, value in vars(assumed).items()))


LINES: Final = {
    "submissions in the audit week": lambda one: f"{one.answers:,.0f}",
    "submissions a second, Monday 9:00": lambda one: f"{one.a_second:,.1f}",
    "web cores then": lambda one: f"{math.ceil(one.web_cores):,}",
    "web nodes of 8 cores": lambda one: f"{math.ceil(one.web_cores / 8):,}",
    "database cores then": lambda one: f"{math.ceil(one.database_cores):,}",
    "commits a second then": lambda one: f"{one.commits:,.0f}",
    "Mbit a second out then": lambda one: f"{one.out_megabit:,.0f}",
    "GB kept (rows and pictures)": lambda one: f"{one.gigabytes:,.1f}",
    "people who read, half time": lambda one: f"{math.ceil(one.readers):,}",
    "safeguarding leads, half time": lambda one: f"{math.ceil(one.leads):,}",
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soaks.scale")
    parser.add_argument("--file", type=Path, default=FILE)
    parser.add_argument("--nodes", type=float, help="submissions a second of one web node of two cores")
    asked = parser.parse_args(arguments)
    table(json.loads(asked.file.read_text(encoding="utf-8")), Assumed(), asked.nodes)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
