"""The pure rules of measures: what the five real plans print as numbers and what they do not, times, standing, few people, charts, files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
import yaml

from voice.delivering.measuring.drawing import Point, chart, span
from voice.delivering.measuring.files import COLUMNS, MOST_LINES, read_readings, template
from voice.delivering.measuring.periods import following, months_between, period
from voice.delivering.measuring.printed import number, printed
from voice.delivering.measuring.rules import Aim, about_few, could_be_worked_out, is_fresh, standing
from voice.plans.library import LIBRARY
from voice.tables import Unusable
from voice.web.sheets import as_csv

# What the five plans print, each with what is read of it: value, unit, per, bound.
READ: Mapping[str, tuple[float, str, int | None, str | None]] = {
    "0.5% or less": (0.5, "percent", None, "at_most"),
    "1,600 (March 2015)": (1600, "count", None, None),
    "12%": (12, "percent", None, None),
    "14.4%": (14.4, "percent", None, None),
    "16 out of 16": (16, "score", 16, None),
    "17.0% (2009/10)": (17, "percent", None, None),
    "186 (March 2015)": (186, "count", None, None),
    "25 families": (25, "count", None, None),
    "25.6 per 1,000 girls (2008)": (25.6, "rate", 1000, None),
    "450 children": (450, "count", None, None),
    "60% (2014)": (60, "percent", None, None),
    "78% (now)": (78, "percent", None, None),
    "9.1% (2009/10)": (9.1, "percent", None, None),
    "at least 35%": (35, "percent", None, "at_least"),
    "more than 600": (600, "count", None, "more_than"),
    "none at all": (0, "count", None, None),
    "over 52% walk or cycle (2010)": (52, "percent", None, "more_than"),
    "under 5%": (5, "percent", None, "less_than"),
    "within 4 hours": (4, "number", None, "at_most"),
    "£1.8 million": (1_800_000, "money", None, None),
}
# What they print that is no level: said as it is printed, compared with nothing until somebody says a number.
NOT_READ = {
    "10% more each year",
    "10,500 hours for 100 children and their families",
    "25th percentile",
    "a fall every year",
    "above the 75th percentile for England",
    "above the national average",
    "among the best quarter of councils",
    "at the England average or better",
    "below the national average",
    "between the 25th and 75th percentile",
    "good",
    "in line with the size of the county’s population and with its comparison areas",
    "in the best 25% of England",
    "more, or at the least no fewer",
    "the average of similar areas",
    "the level of April 2015",
}


def _printed_in(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        for measure in found.get("measures", []):
            yield from (measure[name] for name in ("baseline", "target") if measure.get(name))
        for name, each in found.items():
            if name != "measures":
                yield from _printed_in(each)
    elif isinstance(found, list):
        for each in found:
            yield from _printed_in(each)


def test_every_printed_number_of_the_five_plans_is_read_or_honestly_not() -> None:
    texts = {each for file in LIBRARY.glob("*.yaml") for each in _printed_in(yaml.safe_load(file.read_text(encoding="utf-8")))}
    assert texts >= READ.keys() | NOT_READ
    assert len(texts) > 45
    for text in texts - NOT_READ:
        found = printed(text)
        assert found, text
        assert (found.value, found.unit, found.per, found.bound) == (READ[text] if text in READ else _plain(text)), text
    assert [text for text in NOT_READ if printed(text)] == []


def _plain(text: str) -> tuple[float, str, None, None]:
    """A number at the beginning, a share where a percent sign follows."""
    return float(text.split("%")[0].split(" ")[0].replace(",", "")), "percent" if "%" in text else "count", None, None


@pytest.mark.parametrize("text", ["73.4% (2013/14)", "73.4 per cent (2013/14)", "73.4 % (2013/14)"])
def test_the_time_a_number_is_of_is_read_too(text: str) -> None:
    found = printed(text)
    assert found
    assert (found.value, found.unit) == (73.4, "percent")
    assert found.of == period("2013/14")


@pytest.mark.parametrize(
    "text", ["10-12%", "reduce", "5% lower", "3 percentage points", "1 in 5 more", "", "%", "about right", "7 (but 9 later)", "nan", "1e9"]
)
def test_a_range_a_change_and_words_are_no_numbers(text: str) -> None:
    assert printed(text) is None


@pytest.mark.parametrize(
    ("text", "code", "last"),
    [
        ("2025", "2025", date(2025, 12, 31)),
        ("2024/25", "2024/25", date(2025, 3, 31)),
        ("2024–25", "2024/25", date(2025, 3, 31)),
        ("2024/2025", "2024/25", date(2025, 3, 31)),
        ("2009-10", "2009-10", date(2009, 10, 31)),
        ("2025-Q3", "2025-Q3", date(2025, 9, 30)),
        ("Q3 2025", "2025-Q3", date(2025, 9, 30)),
        ("March 2018", "2018-03", date(2018, 3, 31)),
        ("31/10/2025", "2025-10-31", date(2025, 10, 31)),
        ("2025-10-31", "2025-10-31", date(2025, 10, 31)),
        ("1 Oct 2025", "2025-10-01", date(2025, 10, 1)),
    ],
)
def test_times_are_read_as_people_write_them(text: str, code: str, last: date) -> None:
    found = period(text)
    assert found
    assert (found.code, found.last) == (code, last)


@pytest.mark.parametrize(
    "text", ["", "2024/26", "2025-13", "2025-02-30", "31/31/2025", "1066", "9999", "2025-Q5", "next year", "２０２５/", "2025; drop"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert period(text) is None


def test_the_next_time_is_of_the_same_kind() -> None:
    today = date(2026, 11, 22)
    assert [following(each, today) for each in ("2024", "2024/25", "2025-Q4", "2026-09", "2026", "2025-10-31")] == [
        "2025",
        "2025/26",
        "2026-Q1",
        "2026-10",
        "",
        "",
    ]
    assert months_between(date(2025, 9, 30), today) == 13
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert months_between(today, date(2025, 1, 1)) == 0


def test_numbers_as_people_type_them() -> None:
    assert [number(each) for each in ("1,234", "1 234.5", "73,4", "-3", "61.0")] == [1234, 1234.5, 73.4, -3, 61]
    assert [number(each) for each in ("1,23,4", "nan", "inf", "1e9", "٣", "", "--3", "9" * 40)] == [None] * 8


@pytest.mark.parametrize(
    ("aim", "values", "stands"),
    [
        (Aim("up", 61, 75), [68], "nearer"),
        (Aim("up", 61, 75), [60], "no_nearer"),
        (Aim("up", 61, 75), [75], "met"),
        (Aim("up", 61, 75), [], "unknown"),
        (Aim("down", 25, 5, "less_than"), [5], "nearer"),
        (Aim("down", 25, 5, "less_than"), [4.9], "met"),
        (Aim("down", 25, 5), [30], "no_nearer"),
        (Aim("up", None, 75), [68], "unknown"),
        (Aim("up", None, 75), [60, 68], "nearer"),
        (Aim(None, None, 35, "at_least"), [34, 36], "met"),
        (Aim(None, 10, 20), [15], "unknown"),
        (Aim("up"), [10, 12], "nearer"),
        (Aim("down"), [10, 12], "no_nearer"),
        (Aim("up"), [10], "unknown"),
        (Aim("keep", 100), [101], "met"),
        (Aim("keep", 100), [110], "no_nearer"),
        (Aim("keep"), [110], "unknown"),
        (Aim("up", 61, 75), [70, 64], "nearer"),
    ],
)
def test_how_it_stands_goes_by_its_direction(aim: Aim, values: list[float], stands: str) -> None:
    assert standing(aim, values) == stands


def test_how_fresh_it_is() -> None:
    assert is_fresh(date(2026, 9, 30), 3, date(2026, 12, 29))
    assert not is_fresh(date(2026, 9, 30), 3, date(2026, 12, 30))
    assert not is_fresh(None, 3, date(2026, 12, 30))


@pytest.mark.parametrize(
    ("unit", "per", "value", "out_of", "why"),
    [
        ("count", None, 7, None, "count_of_few"),
        ("count", None, 1, None, "count_of_few"),
        ("count", None, 0, None, None),
        ("count", None, 8, None, None),
        ("percent", None, 61, None, "not_said"),
        ("percent", None, 50, 9, "share_of_few"),
        ("percent", None, 50, 10, "part_of_few"),
        ("percent", None, 2, 200, "part_of_few"),
        ("percent", None, 98, 200, "part_of_few"),
        ("percent", None, 0, 200, None),
        ("percent", None, 61, 400, None),
        ("rate", 1000, 3, 2000, "part_of_few"),
        ("rate", 1000, 25.6, 2000, None),
        ("money", None, 5, None, None),
        (None, None, 5, None, None),
    ],
)
def test_what_is_about_few_stays_inside(unit: str | None, per: int | None, value: float, out_of: int | None, why: str | None) -> None:
    found = about_few(unit, per, value, out_of)
    assert (found.why if found else None) == why
    assert about_few(unit, per, value, out_of, of_people=False) is None


def test_one_hidden_count_hides_another() -> None:
    shown = {"a": 20.0, "b": 12.0}
    assert could_be_worked_out("count", 36, shown, ["c"], 3) == "b"
    assert could_be_worked_out("count", None, shown, ["c"], 3) is None
    assert could_be_worked_out("count", 36, shown, ["c"], 4) is None, "a place nobody counted hides it too"
    assert could_be_worked_out("count", 36, {"a": 20.0}, ["b", "c"], 3) is None
    assert could_be_worked_out("percent", 36, shown, ["c"], 3) is None


def _points(*values: float) -> list[Point]:
    return [Point(date(2020 + number, 12, 31), value, f"{value}%", str(2020 + number), "entered") for number, value in enumerate(values)]


def test_a_chart_has_its_parts_inside_its_frame() -> None:
    drawn = chart(_points(50, 48, 55, 61, 58, 63, 70, 72), baseline=(46, "It was 46%"), target=(75, "We want 75%"), percent=True)
    assert drawn
    assert drawn.path
    assert drawn.target
    assert drawn.baseline
    ys = [*(each.y for each in drawn.dots), drawn.target.y, drawn.baseline.y]
    assert all(drawn.frame.above <= y <= drawn.frame.high - drawn.frame.below for y in ys)
    assert drawn.target.y < drawn.dots[-1].y < drawn.dots[0].y < drawn.baseline.y
    assert drawn.dots[-1].said == "72%"
    assert drawn.dots[0].said == "50%"
    assert [each.words for each in drawn.times] == ["2020", "2027"]


def test_one_reading_has_no_line_and_none_no_chart() -> None:
    one = chart(_points(61), baseline=None, target=(75, "We want 75%"), percent=True)
    assert one
    assert one.path is None
    assert chart([], baseline=(1, ""), target=(2, ""), percent=True) is None


def test_time_runs_with_the_words() -> None:
    ltr, rtl = (chart(_points(50, 60), baseline=None, target=None, percent=True, rtl=each) for each in (False, True))
    assert ltr
    assert rtl
    assert [each.x for each in ltr.dots] == [each.x for each in rtl.dots][::-1]


@pytest.mark.parametrize("values", [[0.0], [5, 5], [-3, 4], [1e9, 2e9], [0.1, 0.11], [0, 100], [99, 100]])
def test_a_chart_reaches_round_what_it_shows(values: list[float]) -> None:
    for percent in (False, True):
        low, high = span(values, percent=percent)
        assert low <= min(values) <= max(values) <= high
        assert low < high


MEASURES = {"feel-safe": "feel-safe", "Children who feel safe": "feel-safe", "Girls’ clubs": "girls-clubs"}
PLACES = {"ross": "Ross-on-Wye", "ledbury": "Ledbury"}
HEAD = "measure,place,when,value,out_of,source,story\n"


def test_nasty_files_are_read() -> None:
    semicolons = "\ufeffMeasure;Place;Period;Figure;Out of\r\nFEEL-SAFE;;2024/25;73,4 %;1 200\r\n\r\ngirls' clubs;Ross-on-Wye;31/10/2025;£1,234;\r\n"
    found = read_readings(semicolons.encode("utf-8"), MEASURES, PLACES)
    assert [(each.number, *each[1:7]) for each in found.lines] == [
        (2, "feel-safe", "", "2024/25", 73.4, "percent", 1200),
        (4, "girls-clubs", "ross", "2025-10-31", 1234.0, "money", None),
    ]
    older = (HEAD + "Girls’ clubs,,2025-Q3,12,,Jugend – Bericht,\n").encode("cp1252")
    assert read_readings(older, MEASURES, PLACES).lines[0].source == "Jugend – Bericht"
    wide = (HEAD + 'feel-safe,,2025,61,400,"A source,\nover two lines",\n').encode("utf-16")
    assert read_readings(wide, MEASURES, PLACES).lines[0].source == "A source,\nover two lines"


def test_each_bad_line_is_named_and_the_good_ones_stay() -> None:
    rows = [
        "feel-safe,,2025,61%,400,,",
        "no-such,,2025,61,400,,",
        "feel-safe,Atlantis,2025,61,400,,",
        "feel-safe,,20-25,61,400,,",
        "feel-safe,,2024,lots,400,,",
        "feel-safe,,2023,61,-4,,",
        "feel-safe,,2022,61,400,,Those NEETs did it.",
        "feel-safe,,2025,62%,400,,",
        "feel-safe,,2021,,,,",
        "feel-safe,ross,2025,58,90,,",
        f"feel-safe,,2020,61,400,{'x' * 400},",
        "feel-safe,,2019,£5%,400,,",
    ]
    found = read_readings((HEAD + "\n".join(rows)).encode(), MEASURES, PLACES)
    assert [(each.number, each.why) for each in found.bad] == [
        (3, "measure"),
        (4, "place"),
        (5, "when"),
        (6, "value"),
        (7, "out_of"),
        (8, "labels"),
        (9, "twice"),
        (12, "source"),
        (13, "value"),
    ]
    assert [(each.place, each.value) for each in found.lines] == [("", 61.0), ("ross", 58.0)]
    assert found.empty == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"measure,when\n", "column"),
        (("measure,when,value\n" + "a,2025,1\n" * (MOST_LINES + 1)).encode(), "too_long"),
        (b'measure,when,value\n"' + b"a" * 200_000, "broken"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_says_why(data: bytes, why: str) -> None:
    with pytest.raises(Unusable) as refused:
        read_readings(data, MEASURES, PLACES)
    assert refused.value.args[0] == why


def test_the_template_comes_back_as_it_went() -> None:
    data = as_csv(COLUMNS, template([("feel-safe", "=Children who feel safe")]))
    found = read_readings(data, MEASURES, PLACES)
    assert (found.lines, found.bad, found.empty) == ([], [], 1)
