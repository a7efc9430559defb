"""Herefordshire's plan of 2015-18 holds what its document holds.

Every count was taken from the document's plain text first (1,194 lines; the numbers below are its lines), and only then asked of the file.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from voice.plans.library import HERE, LIBRARY, read_plan

FILE = LIBRARY / "herefordshire-2015.yaml"

# Priorities: listed without numbers at 68-73; their chapters are numbered 2 to 7, headed at 97, 173, 376, 566, 676 and 779.
PRIORITIES = ["2", "3", "4", "5", "6", "7"]

# Planning priorities. 2: five marks at 151-155 and the first year's seven at 161-167. 3: the headings 3.3.1 to 3.3.11 (276-348).
# 4: Figure 3, numbered 1 to 8 at 535-548. 5: the sentence at 626 and the headings at 628, 643, 647. 6: the dashes at 751-765.
# 7: the headings at 838, 843, 847, 852, 856, 861, 867.
PLANNING_PRIORITIES = {"2": 12, "3": 11, "4": 8, "5": 4, "6": 14, "7": 7}

# Measures by paragraph: a dash each, save where it holds several figures.
# 2: 600 families and £1.8m at 112; change in families' circumstances at 171. 3: the dashes at 356-374.
# 4: the dashes at 553-558; at 560, 562 and 564; and three figures at 561.
# 5: the dashes at 667-674, of which 670 holds three (all plans, two years or more, more than once); children in need at 659.
# 6: the dashes at 769-777. 7: the dashes at 874-882, then 888, 889, 890, 892, 893, 894 and the three figures at 896-898.
MEASURES: dict[str, dict[str, int]] = {
    "2": {"2.1.1": 2, "2.5.1": 1},
    "3": {"3.4": 18},
    "4": {"4.5.1": 6, "4.5.2": 6},
    "5": {"5.4.1": 10, "5.3.3": 1},
    "6": {"6.4": 9},
    "7": {"7.3.2": 9, "7.4.1": 9},
}
# The whole plan's, at 28: safeguarding good everywhere, education and health in the best quarter.
WHOLE_PLAN_MEASURES = 3

# Figures to start from: 3 at 359, 361, 362, 364, 365; 5 at 604-607 (276 in care, 186 on protection plans, 1,600 in need); 6 at 770.
BASELINES = {"3": 5, "5": 3, "6": 1}
# Figures to reach (a number, a rank, a time, a yearly fall or none at all): 2 at 112 (two); 3 at 356, 357, 358, 359, 360, 361, 362, 364, 365, 374;
# 4 at 561 (three); 6 at 770; 7 at 881, 896, 897, 898. The whole plan's: 28 (two).
TARGETS = {"2": 2, "3": 10, "4": 3, "6": 1, "7": 4}
WHOLE_PLAN_TARGETS = 2
FIGURES = {
    "help-families-helped": (None, "600 families"),  # 112
    "help-new-money": (None, "£1.8 million"),  # 112
    "start-vaccinated": (None, "95%"),  # 357
    "start-injuries": ("25th percentile", "between the 25th and 75th percentile"),  # 359
    "start-good-level": ("60% (2014)", "80%"),  # 361, the year at 253
    "start-good-level-free-meals": ("34%", "60%"),  # 362
    "start-gap": ("25%", "under 5%"),  # 364
    "start-good-settings": ("86%", "95%"),  # 365
    "mind-urgent-four-hours": (None, "within 4 hours"),  # 561
    "mind-psychosis-two-weeks": (None, "50%"),  # 561
    "safe-protection-plans": ("186 (March 2015)", None),  # 607
    "safe-in-care": ("276 (March 2015)", None),  # 607
    "safe-children-in-need": ("1,600 (March 2015)", None),  # 607
    "send-specialist-childcare": (None, "more than 600"),  # 881
    "send-short-break-hours": (None, "10,500 hours for 100 children and their families"),  # 896
    "send-ehc-plans": (None, "450 children"),  # 897
    "send-social-care-families": (None, "200 families"),  # 898
}

# Actions by paragraph: a dash each; where the text runs on, the lines that promise something.
ACTIONS: dict[str, dict[str, int]] = {
    # 108; 142 (two: review, second phase); 143; 144; 157; 161-167; 171 (two: outcomes plan, other boards); 999.
    "2": {"2.1.1": 1, "2.3.1": 2, "2.3.2": 1, "2.3.3": 1, "2.4.1": 1, "2.4.2": 7, "2.5.1": 2, "8.3.2": 1},
    # 188; 243; 247; 263-272; 278 (three: transfer, join up, young parents); 282; 286-290 (four dashes); 294-298; 302-310; 314-316;
    # 322 and 324-331; 335-336; 340-341; 345-346; 350; 1003-1004.
    "3": {
        "3.2.1": 1,
        "3.2.2": 1,
        "3.2.3": 1,
        "3.2.5": 1,
        "3.3.1": 3,
        "3.3.2": 1,
        "3.3.3": 4,
        "3.3.4": 5,
        "3.3.5": 9,
        "3.3.6": 3,
        "3.3.7": 9,
        "3.3.8": 2,
        "3.3.9": 2,
        "3.3.10": 2,
        "3.3.11": 1,
        "8.3.2": 2,
    },
    # 427-435; 459, 469, 471, 481, 483; 506-510; 525 (two: press for access, recover afterwards); 546 and 548, which 4.3 does not have;
    # 985-987.
    "4": {"4.3.1": 1, "4.3.3": 5, "4.3.4": 5, "4.3.5": 2, "4.4.1": 2, "8.3.2": 3},
    # 603-606; 611-622; 630-641; 645 (two: scrutiny, dialogue); 649, 655, 657, 661; 991.
    "5": {"5.2.3": 1, "5.2.5": 1, "5.3.1": 12, "5.3.2": 2, "5.3.3": 4, "8.3.2": 1},
    # 696-701 (five dashes) and 703; 709-715 and 717; 734; 740-743 (five dashes, the last at 745); 751-765; 995.
    "6": {"6.2.1": 6, "6.2.2": 8, "6.2.3": 1, "6.2.4": 5, "6.3": 14, "8.3.2": 1},
    # 807-810; 812-819; 823; 840, 841, 845, 849, 850, 854, 858, 859, 863, 865, 869, 870; 976, 977, 981.
    "7": {"7.2.1": 4, "7.2.2": 8, "7.2.3": 1, "7.3.1": 12, "8.3.2": 3},
}
# The whole plan's: 38-44; 50-58 (eight dashes); 64; 950; 955-960; 966; 972; 1010; 1018 with the appendix; 1022; 1033; 1041-1043; 1047;
# 1075; 1079; 1089; 1117 and 1133.
WHOLE_PLAN_ACTIONS: dict[str, int] = {
    "1.2.2": 7,
    "1.3": 8,
    "1.4.1": 1,
    "8.2": 1,
    "8.2.4": 1,
    "8.3.1": 1,
    "8.3.2": 1,
    "8.4": 1,
    "8.5.1": 1,
    "8.5.2": 1,
    "8.5.3": 1,
    "8.6.1": 3,
    "8.6.2": 2,
    "8.7.1": 1,
    "8.7.2": 1,
    "8.8.2": 2,
}
# What an action spells out: 216-227; 461-467; 431-435; 612-620; 651-653; 824-832 (827 to 832 follow 826).
SPELLED_OUT = {
    "start-healthy-child": 12,
    "mind-train-front-line": 7,
    "mind-act-on-findings": 5,
    "safe-review-direct-work": 8,
    "safe-direct-work": 3,
    "send-autism-strategy": 8,
}

# Groups: 131-136 under the sentence at 130; four in chapter 3 (243, 278, 245); 511-514 with 408-412 and 418-423; 590-601; 723-732; none in 7.
GROUPS = {"2": 7, "3": 4, "4": 15, "5": 12, "6": 10, "7": 0}

LEVELS = 4  # 80, 82, 84, 86
CLUSTERS = 8  # 1106-1113; Bromyard is misprinted at 1111, and two villages of the Golden Valley stand beside its name at 1108
METHODS = 11  # 1121-1131
# 15 behind the members at 906-924 (five sit for the Council); 3 boards at 1008, 1020 and 1031; and those named at 64, 335 and 296.
PARTNERS = 21
YOUTH_BOARDS = 1  # only the network at 64 and 1119

# Two capital words that follow each other are the name of a body, a place, a programme or the start of a sentence, never of a person.
# The document prints no one's name but that of a parenting course, called after those who made it (698), which the file leaves out.
PROPER = {
    "National Statistics",
    *(
        "Agency Groups",
        "National Statistics",
        "Behaviour Outreach Service",
        "Child Network",
        "Clinical Commissioning Group",
        "Common Assessment Framework",
    ),
    *("Community Safety Partnership", "Early Years Forum", "Early Years Strategy Group", "Economic Partnership Development Group"),
    *("Education Strategy", "Families First", "Foundation Trust", "Golden Valley", "Healthy Child Programme", "Hereford City North"),
    *("Hereford City South", "Herefordshire Children", "Herefordshire Clinical Commissioning Group", "Herefordshire Council"),
    *("Herefordshire Improvement Partnership", "Herefordshire Police", "Herefordshire Safeguarding Children Board"),
    *("Improvement Partnership", "In March", "Keep Board", "Local Offer", "New Government", "Participation People"),
    *("Partnership Steering Group", "Roma Gypsies", "Safeguarding Board’s", "Safeguarding Children Board", "Steering Group"),
    *("Strategic Education Board", "The Local Offer", "Troubled Families", "Wellbeing Board", "West Mercia Youth Offending Service"),
    *("Wye Valley Trust", "Young People’s Partnership", "Young People’s Plan", "Youth Offending Service"),
}


@pytest.fixture(scope="module")
def plan() -> dict[str, Any]:
    return read_plan(FILE)


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


def _by_code(parts: list[dict[str, Any]]) -> dict[str, int]:
    return dict(Counter(part["code"] for part in parts))


def _with(field: str, plan: dict[str, Any]) -> dict[str, int]:
    counts = {each["code"]: sum(field in measure for measure in each["measures"]) for each in plan["priorities"]}
    return {code: count for code, count in counts.items() if count}


def test_it_has_the_shape_of_a_plan() -> None:
    schema = json.loads((HERE / "plan.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(yaml.safe_load(FILE.read_text(encoding="utf-8")))) == []


def test_the_six_priorities_stand_in_order(plan: dict[str, Any]) -> None:
    assert [each["code"] for each in plan["priorities"]] == PRIORITIES
    assert (plan["slug"], plan["period"]) == ("herefordshire-2015", {"from": "2015", "to": "2018-03"})


def test_every_planning_priority_is_there(plan: dict[str, Any]) -> None:
    assert {each["code"]: len(each["planning_priorities"]) for each in plan["priorities"]} == PLANNING_PRIORITIES


def test_every_outcome_is_a_measure(plan: dict[str, Any]) -> None:
    assert {each["code"]: _by_code(each["measures"]) for each in plan["priorities"]} == MEASURES
    assert len(plan["measures"]) == WHOLE_PLAN_MEASURES


def test_figures_stand_where_the_plan_gives_them(plan: dict[str, Any]) -> None:
    assert _with("baseline", plan) == BASELINES
    assert _with("target", plan) == TARGETS
    assert sum("target" in measure for measure in plan["measures"]) == WHOLE_PLAN_TARGETS
    measures = {measure["key"]: measure for each in plan["priorities"] for measure in each["measures"]}
    assert {key: (measures[key].get("baseline"), measures[key].get("target")) for key in FIGURES} == FIGURES


def test_every_action_is_there(plan: dict[str, Any]) -> None:
    assert {each["code"]: _by_code(each["actions"]) for each in plan["priorities"]} == ACTIONS
    assert _by_code(plan["actions"]) == WHOLE_PLAN_ACTIONS


def test_actions_keep_what_they_spell_out(plan: dict[str, Any]) -> None:
    actions = {action["key"]: action for each in plan["priorities"] for action in each["actions"]}
    assert {key: len(actions[key]["how"]) for key in SPELLED_OUT} == SPELLED_OUT


def test_groups_put_first_are_there(plan: dict[str, Any]) -> None:
    assert {each["code"]: len(each.get("groups", [])) for each in plan["priorities"]} == GROUPS


def test_levels_places_methods_and_partners_are_there(plan: dict[str, Any]) -> None:
    assert len(plan["levels_of_need"]) == LEVELS
    assert [place["kind"] for place in plan["localities"]] == ["community cluster"] * CLUSTERS
    assert len(plan["listening_methods"]) == METHODS
    assert len(plan["partners"]) == len({partner["name"] for partner in plan["partners"]}) == PARTNERS
    assert len(plan["youth_boards"]) == YOUTH_BOARDS


def test_the_messages_of_the_plan_go_to_every_cluster(plan: dict[str, Any]) -> None:
    assert plan["focused_activity"][0]["localities"] == [place["code"] for place in plan["localities"]]


def test_no_key_stands_twice(plan: dict[str, Any]) -> None:
    parts = [plan, *plan["priorities"]]
    keys = [each["key"] for part in parts for field in ("measures", "actions", "focused_activity") for each in part.get(field, [])]
    codes = [each["code"] for field in ("localities", "levels_of_need", "listening_methods") for each in plan[field]]
    assert [key for key, count in Counter(keys + codes).items() if count > 1] == []


def test_a_child_of_ten_reads_each_priority(plan: dict[str, Any]) -> None:
    for each in plan["priorities"]:
        assert len(each["child_title"].split()) <= 7
        assert len(each["child_sentence"].split()) <= 16
        assert max(len(word) for word in each["child_sentence"].split()) <= 9


def test_no_phrase_belongs_to_two_priorities(plan: dict[str, Any]) -> None:
    phrases = [phrase.lower() for each in plan["priorities"] for phrase in each["phrases"]]
    assert all(12 <= len(each["phrases"]) <= 15 for each in plan["priorities"])
    assert len(phrases) == len(set(phrases))


def test_phrases_speak_as_children_do(plan: dict[str, Any]) -> None:
    words = " ".join(phrase.lower() for each in plan["priorities"] for phrase in each["phrases"])
    council = ("poverty", "safeguarding", "intervention", "stakeholder", "multi-agency", "attainment", "vulnerable", "wellbeing hub")
    assert [word for word in council if word in words] == []


def test_nobody_is_named(plan: dict[str, Any]) -> None:
    read = "\n".join(_texts(plan))
    assert set(re.findall(r"\b[A-Z][a-z’]+(?: [A-Z][a-z’]+)+", read)) <= PROPER
    assert re.findall(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor|Sir|Dame)\b\.? [A-Z]", read) == []


def test_people_read_curly_quotes(plan: dict[str, Any]) -> None:
    assert [text for text in _texts(plan) if "'" in text or '"' in text] == []
