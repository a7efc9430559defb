"""Answers to all versions of an instrument, and in the words of every age, are read together by the question’s name."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

from flask import Flask

from tests.reading import Visitor
from tests.rooms.listening.making import SHORT, an_open_activity, to_check
from voice import asking, keeping


def the_second() -> dict[str, Any]:
    """A later version: better words, and one more way to travel."""
    second = copy.deepcopy(SHORT)
    second["version"] = 2
    travel = second["questions"][1]
    travel["label"] = {"en": "How do you go there?"}
    travel["choices"][1]["label"] = {"en": "On foot"}
    travel["choices"].append({"name": "bike", "label": {"en": "Bike"}})
    return second


def test_both_versions_add_up(app: Flask, visitor: Visitor) -> None:
    an_open_activity("first")
    an_open_activity("second", document=the_second(), readers=False)
    for slug, ways in (("first", ["bus", "walk"]), ("first", ["walk"]), ("second", ["bike", "walk"])):
        to_check(visitor, slug, travel=ways)
        visitor.press("Send it")
    asked = asking.asking_with("short")
    assert [(each.slug, each.instrument) for each in asked] == [("first", "short"), ("second", "short")]
    assert len({each.digest for each in asked}) == 2
    together = list(keeping.coded_of([each.id for each in asked]))
    assert Counter(code for one in together for code in one.answers["travel"]) == {"walk": 3, "bus": 1, "bike": 1}
    assert {code: words["en"] for code, words in asking.codebook("short")["travel"].items()} == {
        "bus": "Bus",
        "walk": "On foot",
        "bike": "Bike",
        "dont_know": "I don’t know",
        "rather_not": "I don’t want to say",
    }


def test_every_age_answers_the_same_codes(app: Flask, visitor: Visitor) -> None:
    document = asking.as_data(asking.load_instrument(next(file for file in asking.shipped_instruments() if file.stem == "county-voice-audit")))
    an_open_activity("audit", document=document)
    faces = next(question for question in asking.load_instrument(document).questions if question.kind == "faces" and not question.asked_of)
    for age in ("4 to 7", "8 to 10", "11 or older"):
        visitor.open("/take-part/audit")
        page = visitor.press(age)
        while page.soup.select("[name=at]"):
            here = str(page.one("[name=at]")["value"])
            picked = {f"a.{here}": str(page.soup.select(f"[name='a.{here}']")[0]["value"])} if here == faces.name else {}
            page = visitor.press("Next" if age == "4 to 7" else "Continue", **picked)
        visitor.press("Send it")
    activity = asking.activity("audit")
    assert activity
    answers = [one.answers[faces.name] for one in keeping.coded_of([activity.id])]
    assert len(answers) == 3
    assert {code for each in answers for code in each} <= set(asking.codebook("county-voice-audit")[faces.name])
