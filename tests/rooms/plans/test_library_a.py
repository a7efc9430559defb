"""Three plans of the library, held to what was counted by hand in the documents they come from."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

Plan = dict[str, Any]

PLANS = Path(__file__).parents[3] / "voice" / "plans"
SCHEMA = json.loads((PLANS / "plan.schema.json").read_text(encoding="utf-8"))
SLUGS = ("herefordshire-pledges", "herefordshire-2011", "calderdale")

# Herefordshire pledges: four pages of one table, counted page by page.
#   promises: headings in the first column; the second on page one has lost its heading, its text begins "We will work together".
#   actions:  paragraphs in the second column.
#   how:      paragraphs in the third column; the sentence that opens the early help strategy counts, and so does each of its four bullets.
#   measures: sentences in the fourth column that end a bullet, wherever the page broke them.
# Herefordshire 2011: bullets under "What are we aiming to achieve?" (8, 4, 5, 5) and "What we will do" (15, 9, 8, 10).
#   One bullet of the second priority has figures for two school years, so it is two measures: 5.
# Calderdale: ticks under the six outcomes (aims), then ticks under the six headings of "How we will know" (measures).
COUNTS = {
    "herefordshire-pledges": {
        "promises": [3, 3, 3, 2],
        "actions": [6, 3, 1, 1],
        "how": [2 + 5 + 2 + 2 + 1 + 3, 4 + 3 + 4, 10, 7],
        "measures": [5, 6, 2, 1],
        "aims": [0, 0, 0, 0],
    },
    "herefordshire-2011": {
        "promises": [0, 0, 0, 0],
        "actions": [15, 9, 8, 10],
        "how": [0, 0, 0, 0],
        "measures": [8, 5, 5, 5],
        "aims": [0, 0, 0, 0],
    },
    "calderdale": {
        "promises": [0, 0, 0, 0, 0, 0],
        "actions": [0, 0, 0, 0, 0, 0],
        "how": [0, 0, 0, 0, 0, 0],
        "measures": [5, 9, 6, 6, 3, 6],
        "aims": [5, 4, 4, 2, 3, 4],
    },
}

# What belongs to the whole plan.
#   Herefordshire pledges: the table stands alone.
#   Herefordshire 2011: Hereford and five market towns; twelve bullets under "Who are we?"; the Shadow Board; the section "What are you going
#   to do?" and the question "What will you do?" after each priority; three of the sources of its priorities are ways of asking people.
#   Calderdale: the sentence "We are the Council ..." names eight; the Youth Council, UnO and Right to Voice.
WHOLE = {
    "herefordshire-pledges": {"localities": 0, "partners": 0, "youth_boards": 0, "open_pledges": 0, "listening_methods": 0},
    "herefordshire-2011": {"localities": 6, "partners": 12, "youth_boards": 1, "open_pledges": 5, "listening_methods": 3},
    "calderdale": {"localities": 0, "partners": 8, "youth_boards": 3, "open_pledges": 0, "listening_methods": 0},
}

# Two words with capitals side by side are a person's name unless they are one of these.
KNOWN_NAMES = {
    "National Statistics",
    "Assistant Director", "Calderdale Council", "Care Trust", "Director Communities", "Director Education",
    "Director Safeguarding", "Early Years", "Education Development", "Family Information", "Family Support", "Foundation Stage",
    "Herefordshire Council", "Herefordshire Primary", "Herefordshire Youth", "In September", "Information Service",
    "Infrastructure Plan", "Jobcentre Plus", "Key Stage", "Local Cycling", "Local Transport", "Mercia Police", "Mercia Probation",
    "Model Institute", "New Model", "No Wrong", "Offending Service", "Police Service", "Primary Care", "Probation Trust",
    "Public Health", "Pupil Premium", "Service Directory", "Shadow Board", "Stage Profile", "The Alliance", "The Yes",
    "Transport Plan", "Use Herefordshire", "Walking Infrastructure", "We Can", "West Mercia", "Wrong Door", "Wye Valley",
    "Years Foundation", "Yes We", "Young People", "Youth Council", "Youth Offending",
}  # fmt: skip


def load(slug: str) -> Plan:
    plan: Plan = yaml.safe_load((PLANS / "library" / f"{slug}.yaml").read_text(encoding="utf-8"))
    return plan


@pytest.fixture(params=SLUGS)
def plan(request: pytest.FixtureRequest) -> Plan:
    return load(request.param)


def size(priority: Plan, part: str) -> int:
    if part == "how":
        return sum(len(action.get("how", [])) for action in priority.get("actions", []))
    return len(priority.get(part, []))


def measures(plan: Plan) -> dict[str, Plan]:
    return {measure["key"]: measure for priority in plan["priorities"] for measure in priority.get("measures", [])}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def without_phrases(plan: Plan) -> Plan:
    """The plan without children's spellings, which keep to no rule of writing."""
    return {**plan, "priorities": [{k: v for k, v in priority.items() if k != "phrases"} for priority in plan["priorities"]]}


def test_a_plan_is_what_the_schema_says(plan: Plan) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(plan)] == []


def test_a_plan_is_named_as_its_file() -> None:
    assert [load(slug)["slug"] for slug in SLUGS] == list(SLUGS)


def test_nothing_of_a_priority_is_dropped(plan: Plan) -> None:
    counted = {part: [size(priority, part) for priority in plan["priorities"]] for part in COUNTS[plan["slug"]]}
    assert counted == COUNTS[plan["slug"]]


def test_nothing_of_the_whole_plan_is_dropped(plan: Plan) -> None:
    assert {part: len(plan.get(part, [])) for part in WHOLE[plan["slug"]]} == WHOLE[plan["slug"]]


def test_priorities_are_numbered_in_the_order_of_the_document(plan: Plan) -> None:
    codes = [priority["code"] for priority in plan["priorities"]]
    assert codes == [str(number) for number in range(1, len(codes) + 1)]
    assert {asked["priority"] for asked in plan.get("open_pledges", []) if "priority" in asked} <= set(codes)


def test_promises_are_numbered_under_their_pledge() -> None:
    pledges = load("herefordshire-pledges")["priorities"]
    numbers = [promise["code"] for pledge in pledges for promise in pledge["promises"]]
    assert numbers == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "4.1", "4.2"]


def test_every_pledge_has_a_champion_by_role() -> None:
    roles = [pledge["lead_role"] for pledge in load("herefordshire-pledges")["priorities"]]
    assert roles == [
        "Assistant Director Safeguarding and Family Support",
        "Director of Public Health",
        "Assistant Director Education Development and Skills",
        "Assistant Director Communities",
    ]


def test_every_priority_of_2011_says_why() -> None:
    assert all(priority["why"] for priority in load("herefordshire-2011")["priorities"])


@pytest.mark.parametrize(
    ("key", "baseline", "target", "due"),
    [
        ("breastfeeding-6-8-weeks", "46%", "60%", "2012"),
        ("parents-with-family-support", None, "10% more each year", "2012"),
        ("common-assessment-offered", None, "100%", "2012"),
        ("early-years-gap", "33%", "30%", "2012"),
        ("child-poverty", "14.4%", "12%", "2014"),
        ("transition-plan-by-18", None, "100%", "2012"),
        ("obesity-reception", "9%", "8.4%", "2012"),
        ("obesity-year-6", "19%", "15.4%", "2012"),
        ("young-people-engaged", "93%", "95%", "2012"),
        ("coming-into-care", None, "the average of similar areas", "2012"),
        ("edge-of-care-families", None, "25 families", "2011"),
        ("better-after-assessment", None, "80%", "2012"),
    ],
)
def test_the_figures_of_2011_are_the_plans_own(key: str, baseline: str | None, target: str, due: str) -> None:
    measure = measures(load("herefordshire-2011"))[key]
    assert (measure.get("baseline"), measure["target"], measure["due"]) == (baseline, target, due)


def test_the_aims_of_2011_without_a_figure_have_no_target() -> None:
    # 23 measures, 12 of them with a figure (the table above)
    assert sum("target" not in measure for measure in measures(load("herefordshire-2011")).values()) == 11


def test_calderdale_says_which_way_every_indicator_should_move() -> None:
    # "fewer", "less", "lower" and "smaller" stand in 15 of the 35 ticks; all others ask for more
    assert Counter(measure["direction"] for measure in measures(load("calderdale")).values()) == {"up": 20, "down": 15}


def test_calderdale_says_where_a_heading_differs() -> None:
    for priority in load("calderdale")["priorities"]:
        if priority["code"] in {"1", "4", "5", "6"}:
            assert all("list" in measure["note"] for measure in priority["measures"])


def test_keys_are_unique_in_a_plan(plan: Plan) -> None:
    keys = [row["key"] for priority in plan["priorities"] for part in ("measures", "actions") for row in priority.get(part, [])]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_there_are_enough_phrases_and_no_two_priorities_share_one(plan: Plan) -> None:
    phrases = [phrase.casefold() for priority in plan["priorities"] for phrase in priority["phrases"]]
    assert all(12 <= len(priority["phrases"]) <= 15 for priority in plan["priorities"])
    assert [phrase for phrase, times in Counter(phrases).items() if times > 1] == []


def test_a_ten_year_old_can_read_what_is_written_for_children(plan: Plan) -> None:
    for priority in plan["priorities"]:
        words = re.findall(r"[\w’-]+", priority["child_sentence"])
        assert len(words) <= 16, priority["child_sentence"]
        assert max(map(len, words)) <= 10, priority["child_sentence"]
        assert len(priority["child_title"].split()) <= 9


def test_no_person_is_named(plan: Plan) -> None:
    for text in texts(without_phrases(plan)):
        assert not re.search(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor|Sir|Lady)\b", text), text
        pairs = re.findall(r"(?=\b([A-Z][a-z]+ [A-Z][a-z]+)\b)", text)
        assert set(pairs) <= KNOWN_NAMES, text


def test_words_that_people_read_have_curly_quotes(plan: Plan) -> None:
    assert [text for text in texts(plan) if re.search(r"['\"]", text)] == []
