"""Hertfordshire's plan holds what its document holds.

Every count was taken from the document's plain text first (1,017 lines; the numbers below are its lines), and only then asked of the file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from voice.plans.library import HERE, LIBRARY, read_plan

FILE = LIBRARY / "hertfordshire-2011.yaml"

# Priorities: headed at 147, 233, 314, 365, 439, 513, 576, 635, 709, 788 and 840; service management at 925 and 926.
PRIORITIES = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]
SERVICE = ["SMP1", "SMP2"]

# Conditions wanted: the dashes (and undashed lines 586, 805, and 461, which lost its dash) between each “b.” and “c.”; lines that only head a
# list are not counted. 160-174, 245-260, 329-331, 383-395, 451-461, 525-543, 586, 656-658, 721-737, 805, 852-860.
CONDITIONS = {"1": 9, "2": 10, "3": 3, "4": 7, "5": 4, "6": 13, "7": 1, "8": 3, "9": 11, "10": 1, "11": 6}

# Measures as numbered under each “d.”: 214-217, 293-295, 353-354, 417-419, 497-500, 561-564, 608, 691-692, 763-765, 825-826, 888-895.
NUMBERED = {"1": 3, "2": 3, "3": 2, "4": 3, "5": 3, "6": 3, "7": 1, "8": 2, "9": 3, "10": 2, "11": 3}
# One number may print several measures: 497 (a) and (b); 563 two kinds of setting and the share judged inadequate; 609-612 four groups;
# 765-767 (a) and (b); 889 a and 891 b. Each stands by itself here.
MEASURES = {"1": 3, "2": 3, "3": 2, "4": 3, "5": 4, "6": 5, "7": 4, "8": 2, "9": 4, "10": 2, "11": 4}
# National indicators named with a measure: 216, 218, 417, 418, 498, 499, 500, 827, 890, 892, 894, 896.
INDICATORS = {
    "1": ["NI 59", "NI 60"],
    "4": ["NI 51", "NI 58"],
    "5": ["NI 55", "NI 56", "NI 53", "NI 198"],
    "10": ["NI 152"],
    "11": ["NI 111", "NI 19", "NI 115", "NI 112"],
}

# Rows of the action plans that begin with a code, counted with grep -cP '^(SMP )?\d+\.\d+\t' (51 in all): 226-229, 306-312, 362-363, 427-430,
# 508-511, 571-574, 631-633, 703-707, 783-786, 835-838, 907-917, 932-938, 945-948.
CODED = {"1": 4, "2": 5, "3": 2, "4": 4, "5": 4, "6": 4, "7": 3, "8": 5, "9": 4, "10": 4, "11": 5, "SMP1": 3, "SMP2": 4}
# Rows without a code that are actions of their own: 310 and 311. Row 435 ends row 430 and row 943 ends row 938, each cut by a page end.
UNCODED = {"2": 2}
# Priority 10's rows, 835-838, bear the same numbers as priority 11's first four, 907-910.
TWICE = ["11.1", "11.2", "11.3", "11.4"]

# The ten districts are named at 70. Rows of the district table: 956, 957, 958, 959, 961, 962, 963, 969, 970.
DISTRICTS = 10
FOCUSED = {"7": 4, "5": 3, "12": 2}

# SHA-256 beginnings of the 42 surnames the document prints, so that this test need not print them.
SURNAMES = (
    "087bedc924ab 09be5e34d0c4 0dd2344af17a 0fbbc4a47c14 1706adb07a17 190d375ec348 25da68104b2e "
    "2c4ffb14576d 3f6b75b83e23 58293fb2792b 645e1b29b64c 6801f87f7f75 6b875e491f54 6e8d8801f51a "
    "6f7fc652d7bf 70a661c82032 7160cb6b05e1 716545ea5827 74f360d0b478 832e1c7d4ebe 84c567e1d793 "
    "85f44e51b31b 8658ebf1edf5 8c0166c6dc5b 8e80b2b4b22a 920ab97b4b1d 972e18a2eff8 9e0be1071277 "
    "a4e15950d767 a808deaf3b14 b1af22bdb17a b32b80a5ad4d b3f952e8b678 c2793b826cc9 c4e593a1aac5 "
    "c592b10a0bc5 cf0579217cc2 d21e79ce3f7a dbcf1a61191c ea49f5ee2740 ef2370fa3c05 f79979bf40b1"
)


@pytest.fixture(scope="module")
def plan() -> dict[str, Any]:
    return read_plan(FILE)


def by_code(plan: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["code"]: each for each in plan["priorities"]}


def actions(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [action for each in plan["priorities"] for action in each["actions"]]


def holding(plan: dict[str, Any], field: str) -> dict[str, int]:
    return {each["code"]: len(each[field]) for each in plan["priorities"] if each.get(field)}


def test_the_plan_has_the_shape_of_a_plan() -> None:
    schema = json.loads((HERE / "plan.schema.json").read_text())
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []


def test_eleven_priorities_under_two_themes_and_two_about_services(plan: dict[str, Any]) -> None:
    assert [each["code"] for each in plan["priorities"]] == PRIORITIES + SERVICE
    assert [each["code"] for each in plan["priorities"] if each.get("kind") == "service"] == SERVICE
    # Contents, 36-51: safeguarding heads 1 to 4, narrowing the gap 5 to 11.
    assert [each["code"] for each in plan["strands"]] == ["safeguarding", "narrowing-the-gap"]
    assert [each.get("strand") for each in plan["priorities"]] == ["safeguarding"] * 4 + ["narrowing-the-gap"] * 7 + [None] * 2


def test_every_priority_says_who_leads_and_whom_it_is_for(plan: dict[str, Any]) -> None:
    # “Priority Lead” 11 times, each with a role; 925-926 print names alone, so the service priorities have no role to hold.
    assert [each["code"] for each in plan["priorities"] if each.get("lead_role")] == PRIORITIES
    assert [each["code"] for each in plan["priorities"] if each.get("groups")] == PRIORITIES


def test_conditions_are_those_of_the_document(plan: dict[str, Any]) -> None:
    assert holding(plan, "conditions") == CONDITIONS
    assert sum(CONDITIONS.values()) == 68


def test_measures_are_those_of_the_document(plan: dict[str, Any]) -> None:
    assert holding(plan, "measures") == MEASURES
    assert sum(MEASURES.values()) == 36
    numbers = {code: {re.sub(r"[a-d]$", "", m["key"]) for m in by_code(plan)[code]["measures"]} for code in PRIORITIES}
    assert {code: len(found) for code, found in numbers.items()} == NUMBERED


def test_measures_carry_the_national_indicators(plan: dict[str, Any]) -> None:
    found = {each["code"]: [m["code"] for m in each.get("measures", []) if m["code"].startswith("NI")] for each in plan["priorities"]}
    assert {code: codes for code, codes in found.items() if codes} == INDICATORS


def test_measures_carry_the_figures_that_are_printed(plan: dict[str, Any]) -> None:
    found = {m["key"]: (m.get("baseline"), m.get("target")) for each in plan["priorities"] for m in each.get("measures", [])}
    assert {key: figures for key, figures in found.items() if any(figures)} == {
        "p4-m1": (None, "16 out of 16"),  # 417
        "p5-m1a": ("9.1% (2009/10)", None),  # 471
        "p5-m1b": ("17.0% (2009/10)", None),  # 471
        "p5-m3": ("over 52% walk or cycle (2010)", None),  # 489
        "p6-m2a": ("78% (now)", "80%"),  # 563
        "p6-m2b": ("73% (now)", "80%"),  # 563
        "p6-m2c": (None, "0.5% or less"),  # 563
        "p6-m3": (None, "80%"),  # 564
        "p11-m3": ("25.6 per 1,000 girls (2008)", None),  # 868
    }


def test_every_row_of_the_action_plans_is_there(plan: dict[str, Any]) -> None:
    coded = Counter(each["code"] for each in plan["priorities"] for action in each["actions"] if "code" in action)
    uncoded = Counter(each["code"] for each in plan["priorities"] for action in each["actions"] if "code" not in action)
    assert coded == CODED
    assert uncoded == UNCODED
    assert (sum(CODED.values()), len(actions(plan))) == (51, 53)


def test_codes_run_as_printed(plan: dict[str, Any]) -> None:
    for code, count in CODED.items():
        printed = {"10": "11", "SMP1": "SMP 1", "SMP2": "SMP 2"}.get(code, code)
        found = [action["code"] for action in by_code(plan)[code]["actions"] if "code" in action]
        assert found == [f"{printed}.{number}" for number in range(1, count + 1)]


def test_codes_printed_twice_are_kept_twice(plan: dict[str, Any]) -> None:
    codes = Counter(action["code"] for action in actions(plan) if "code" in action)
    assert sorted(code for code, times in codes.items() if times > 1) == TWICE
    assert {codes[code] for code in TWICE} == {2}


def test_rows_without_a_code_belong_to_a_row_with_one(plan: dict[str, Any]) -> None:
    coded = {action["key"]: action["code"] for action in actions(plan) if "code" in action}
    assert [coded[action["part_of"]] for action in actions(plan) if "code" not in action] == ["2.4", "2.4"]


def test_rows_cut_by_the_end_of_a_page_are_whole(plan: dict[str, Any]) -> None:
    rows = {action["key"]: action for action in actions(plan)}
    assert len(rows["p4-4-4"]["how"]) == 4  # 430 with 435
    assert rows["p4-4-4"]["monitoring"].endswith("articles")
    assert rows["smp1-1-3"]["milestone"].endswith("March 2012")  # 938 with 943
    assert "LSDPs" in rows["smp1-1-3"]["monitoring"]


def test_cells_are_empty_only_where_the_document_leaves_them(plan: dict[str, Any]) -> None:
    empty = {field: [action["key"] for action in actions(plan) if not action.get(field)] for field in ("milestone", "lead", "monitoring")}
    assert empty == {
        "milestone": ["p2-2-4", "p11-11-5"],  # 309, 917
        "lead": ["p2-2-4"],  # 309
        "monitoring": ["p2-2-4", "p5-5-4", "smp2-2-2", "smp2-2-3", "smp2-2-4"],  # 309, 511, 946-948
    }


def test_bullets_inside_a_row_are_kept(plan: dict[str, Any]) -> None:
    # 226 three, 227 three, 362 five, 435 four as bullets; 631 three and 932 four as a list in the sentence.
    found = {action["key"]: len(action["how"]) for action in actions(plan) if "how" in action}
    assert found == {"p1-1-1": 3, "p1-1-2": 3, "p3-3-1": 5, "p4-4-4": 4, "p7-7-1": 3, "smp1-1-1": 4}


def test_ten_districts(plan: dict[str, Any]) -> None:
    assert len(plan["localities"]) == DISTRICTS
    assert {each["kind"] for each in plan["localities"]} == {"district"}


def test_district_rows_are_kept_even_where_they_point_nowhere(plan: dict[str, Any]) -> None:
    rows = plan["focused_activity"]
    assert Counter(about for row in rows for about in row["about"]) == FOCUSED
    assert sum(FOCUSED.values()) == len(rows) == 9
    there = set(by_code(plan))
    assert [row["localities"] for row in rows if not set(row["about"]) <= there] == [["broxbourne"], ["stevenage"]]
    assert {place for row in rows for place in row["localities"]} <= {each["code"] for each in plan["localities"]}


def test_rows_that_answer_to_a_group_of_a_missing_priority_say_so(plan: dict[str, Any]) -> None:
    found = [action["key"] for action in actions(plan) if "Priority 12" in action.get("monitoring", "")]
    assert found == ["p11-11-3", "p11-11-4", "p11-11-5"]  # 909, 910, 917


def test_keys_are_unique_in_the_whole_plan(plan: dict[str, Any]) -> None:
    keys = [row["key"] for row in plan["focused_activity"]] + [action["key"] for action in actions(plan)]
    keys += [measure["key"] for each in plan["priorities"] for measure in each.get("measures", [])]
    assert sorted(keys) == sorted(set(keys))


def test_words_for_children_are_short(plan: dict[str, Any]) -> None:
    assert [each["code"] for each in plan["priorities"] if len(each["child_sentence"].split()) > 16] == []


def test_each_priority_has_many_phrases_and_shares_none(plan: dict[str, Any]) -> None:
    assert [each["code"] for each in plan["priorities"] if not 12 <= len(each["phrases"]) <= 15] == []
    phrases = [phrase.casefold() for each in plan["priorities"] for phrase in each["phrases"]]
    assert [phrase for phrase, times in Counter(phrases).items() if times > 1] == []


def strings(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for each in part.values() if isinstance(part, dict) else part:
            yield from strings(each)


def test_nobody_is_named(plan: dict[str, Any]) -> None:
    capitals = {word for each in strings(plan) for word in re.findall(r"[A-Z][a-z]+", each)}
    named = sum(hashlib.sha256(word.encode()).hexdigest()[:12] in SURNAMES for word in capitals)
    assert len(SURNAMES.split()) == 42
    assert named == 0, f"{named} words of the plan are surnames that its document prints: give the role instead"
