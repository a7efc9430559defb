"""A broken instrument is refused with its file, its line and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.rooms.asking.inventing import instruments
from voice import asking
from voice.asking import BrokenInstrument, as_data, in_language, load_instrument
from voice.asking.building import shared_choices

SCHEMA = Path(asking.__file__).parent / "instrument.schema.json"
SOUND = """\
name: a-small-one
version: 1
kind: survey
title: {en: A small one}
intro: {en: Tell us.}
minutes: 2
ages: {from: 8, to: 19}
speaker: young_person
languages: [en]
questions:
  - type: select_multiple
    name: how
    label: {en: "How do you go?"}
    choices:
      - {name: bus, label: {en: Bus}}
      - {name: walk, label: {en: Walk}}
  - type: integer
    name: miles
    label: {en: "How far is it?"}
    parameters: {start: 0, end: 50}
  - type: text
    name: why
    label: {en: "Why?"}
    relevant: selected(${how}, 'bus')
  - type: select_one
    name: age
    label: {en: "How old are you?"}
    choices: age_bands
    role: age_band
  - type: select_one
    name: show
    label: {en: "May we show it?"}
    choices: yes_no
    role: permission
"""

LAST = "    role: permission\n"
# What is changed into what -> the line, what is wrong, what to do.
BROKEN = [
    ("name: a-small-one", "name: A Small One", 1, "“name” cannot be", "single hyphens"),
    ("version: 1\n", "", 1, "“version” is missing", "Add “version”"),
    ("kind: survey", "kind: poll", 3, "“kind” cannot be \"poll\"", "opinion_sheet"),
    ("minutes: 2", "minutes: soon", 6, "“minutes” cannot be", "whole minutes"),
    ("minutes: 2", "minutes: 2\nminutes: 3", 7, "“minutes” is here twice", "Keep one"),
    ("minutes: 2", "minuets: 2", 6, "“minuets” is not known here", "Use one of"),
    ("{from: 8, to: 19}", "{from: 19, to: 8}", 7, "youngest age is above", "Change them round"),
    ("languages: [en]", "languages: [en, cy]", 4, "words are missing in cy", "Add them"),
    ("{en: Walk}", "{en: Walk, cy: Cerdded}", 16, "words in cy, which is not offered", "languages"),
    ("type: integer", "type: number", 17, "“type” cannot be", "select_one"),
    ("name: miles", "name: how", 18, "another question is called “how”", "own name"),
    ("name: walk", "name: bus", 16, "the code “bus” is here twice", "own code"),
    ("name: walk", "name: dont_know", 16, "offered on every question", "Take this choice out"),
    ("name: walk", "name: 5", 16, "“name” cannot be 5", "in quotes"),
    ('{en: "Why?"}', "Why?", 23, "“label” cannot be", "for each language"),
    ("choices: age_bands", "choices: ages", 28, "no shared list is called “ages”", "age_bands"),
    ("choices: age_bands", "choices: safe_faces", 28, "these choices have faces", "appearance"),
    ("choices: age_bands", "choices: yes_no", 29, "“age_band” does not know no, yes", "shared lists"),
    ("choices: age_bands", "choices: places", 28, "belong together", "Write both"),
    ("    choices: yes_no\n", "    choices: age_bands\n", 34, "yes or no", "yes_no"),
    ("    choices: yes_no\n    role: permission", "    choices: age_bands\n    role: age_band", 34, "another question has the role", "Keep one"),
    ("role: age_band", "role: permission", 29, "yes or no", "yes_no"),
    ("    parameters: {start: 0, end: 50}\n", "", 17, "needs bounds", "parameters"),
    ("{start: 0, end: 50}", "{start: 50, end: 50}", 20, "start is not below", "Change"),
    ("relevant: selected(${how}, 'bus')", "parameters: {start: 0, end: 5}", 24, "has no bounds", "Take"),
    ("relevant: selected(${how}, 'bus')", "choices: yes_no", 24, "has no choices", "select_one"),
    ("relevant: selected(${how}, 'bus')", "appearance: faces", 24, "is for select_one", "change the type"),
    ("relevant: selected(${how}, 'bus')", "required: true", 24, "“required” cannot be true", "skipped"),
    ("selected(${how}, 'bus')", "selected(${how}, 'bus'", 24, "cannot be read", "Write it like"),
    ("selected(${how}, 'bus')", "selected(${howe}, 'bus')", 24, "no question before this one is called “howe”", "earlier"),
    ("selected(${how}, 'bus')", "${age} = '8_10'", 24, "no question before this one is called “age”", "earlier"),
    ("selected(${how}, 'bus')", "selected(${how}, 'car')", 24, "“how” has no choice “car”", "bus, walk"),
    ("selected(${how}, 'bus')", "selected(${miles}, 'bus')", 24, "nothing to select", "number"),
    ("selected(${how}, 'bus')", "${how} = 'bus'", 24, "cannot be compared with “bus”", "selected()"),
    ("selected(${how}, 'bus')", "${how} > 3", 24, "cannot be measured", "integer"),
    ("selected(${how}, 'bus')", "${how} = ${miles}", 24, "each side", "one question"),
    ("selected(${how}, 'bus')", "1 = 1", 24, "each side", "one question"),
    ("choices: yes_no\n", "appearance: faces\n    choices: yes_no\n", 34, "no face of their own", "own face"),
    ("languages: [en]", "languages: [en", 10, "not YAML", "need quotes"),
    ("title: {en: A small one}", "title: &t {en: A small one}", 5, "refers to another place", "Write it out"),
    (LAST, LAST + "  - {type: draw, name: more, label: {en: Draw}}\n  - {type: note, name: bye, label: {en: Bye}}\n", 36, "after a picture", "last"),
    (LAST, LAST + "  - {type: draw, name: more, label: {en: Draw}}\n  - {type: image, name: it, label: {en: Show}}\n", 36, "second", "one"),
    (LAST, LAST + "  - {type: draw, name: more, label: {en: Draw}, choices: yes_no}\n", 35, "has no choices", "Take"),
    (LAST, LAST + "  - {type: image, name: more, label: {en: Show}, parameters: {end: 3}}\n", 35, "no bounds", "Take"),
    (LAST, LAST + "  - {type: draw, name: more, label: {en: Draw}, constraint: . != '', constraint_message: {en: Do}}\n", 35, "no limit", "Take"),
    ("  - type: text\n", "  - [text]: text\n", 21, "a list cannot be a name", "one word"),
]  # fmt: skip


@pytest.fixture
def written(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "a-small-one.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_picture_comes_last_and_its_coming_is_all_that_is_kept_of_it(written):
    drawn = load_instrument(written(SOUND + "  - {type: draw, name: place, label: {en: Draw a place.}, relevant: \"${why} != ''\"}\n"))
    last = drawn.questions[-1]
    assert (last.kind, last.is_asked, last.is_picked, last.is_picture) == ("draw", True, False, True)
    assert [choice.name for choice in (*last.choices, *last.skips)] == ["picture", "dont_know", "rather_not"]
    assert [question.name for question in drawn.written] == ["how", "miles", "why", "age", "show"]
    assert load_instrument(as_data(drawn)) == drawn
    assert "choices" not in as_data(drawn)["questions"][-1]


def test_a_picture_alone_is_not_enough(written):
    head, _, _ = SOUND.partition("questions:\n")
    with pytest.raises(BrokenInstrument, match=r"all that is asked\. Put a question before it"):
        load_instrument(written(head + "questions:\n  - {type: image, name: place, label: {en: Show a place.}}\n"))


def test_two_ages_may_each_have_a_picture_of_their_own(written):
    both = "  - {{type: draw, name: {}, label: {{en: Draw it.}}, asked_of: [{}]}}\n"
    text = SOUND.replace("languages: [en]", "languages: [en]\nwordings: [middle, older]") + both.format("one", "middle") + both.format("two", "older")
    assert [question.name for question in load_instrument(written(text)).questions if question.is_picture] == ["one", "two"]
    with pytest.raises(BrokenInstrument, match="second picture for the same age"):
        load_instrument(written(text.replace("asked_of: [older]", "asked_of: [middle]")))


def test_the_sound_one_is_sound(written):
    instrument = load_instrument(written(SOUND))
    assert [question.name for question in instrument.questions] == ["how", "miles", "why", "age", "show"]
    assert [question.kind for question in instrument.questions] == ["some", "number", "words", "one", "consent"]
    assert [choice.name for choice in instrument.question("show").choices] == ["yes", "no"]


@pytest.mark.parametrize(("old", "new", "line", "what", "do"), BROKEN)
def test_a_broken_one_is_refused_where_it_is_broken(written, old, new, line, what, do):
    assert old in SOUND
    text = SOUND.replace(old, new, 1)
    if "&t" in new:
        text = text.replace("intro: {en: Tell us.}", "intro: *t")
    with pytest.raises(BrokenInstrument) as refused:
        load_instrument(written(text))
    wrong = refused.value
    assert (wrong.file, wrong.line) == ("a-small-one.yaml", line), str(wrong)
    assert what in wrong.what
    assert do in wrong.do
    assert str(wrong).startswith(f"a-small-one.yaml:{line}: ")
    assert "\n" not in str(wrong)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"# nothing\n",
        b"\xff\xfe",
        b"[" * 50_000,
        b"name: \x00",
        b"just words",
        b"- a\n- list",
        b"&a [*a]",
        b"a: !!python/object:os.system x",
        b"x" * 200_001,
    ],
)
def test_what_is_no_instrument_at_all_is_refused(tmp_path, content):
    path = tmp_path / "odd.yaml"
    path.write_bytes(content)
    with pytest.raises(BrokenInstrument):
        load_instrument(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BrokenInstrument, match=r"cannot be read"):
        load_instrument(tmp_path / "not-there.yaml")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*yaml.safe_load(SOUND), "more"]), JSON), st.none() | st.dictionaries(st.text(max_size=8), JSON, max_size=2))
def test_any_data_is_an_instrument_or_refused(changes, question):
    data = yaml.safe_load(SOUND) | changes
    if question is not None and isinstance(data["questions"], list):
        data["questions"] = [*data["questions"], question]
    try:
        assert load_instrument(data).questions
    except BrokenInstrument as broken:
        told = broken.what and broken.do
        assert told


@given(instruments())
def test_an_instrument_goes_to_a_row_and_comes_back_the_same(instrument):
    assert load_instrument(json.loads(json.dumps(as_data(instrument)))) == instrument


def test_a_published_one_keeps_its_wordings_when_a_shared_one_changes(written):
    data = as_data(load_instrument(written(SOUND)))
    first = data["questions"][3]["choices"][0]
    assert (first["name"], first["label"]) == ("under_8", {"en": "7 or younger"})


def test_words_fall_back_and_say_in_which_language_they_are():
    words = {"en": "Bus", "cy": "Bws"}
    assert in_language(words, "cy") == ("Bws", "cy")
    assert in_language(words, "ur") == ("Bus", "en")


def test_the_schema_is_a_schema_and_the_shared_lists_fit_it():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    one_list = Draft202012Validator({"$ref": "#/$defs/choices", "$defs": schema["$defs"]})
    for name, listed in shared_choices().items():
        assert not list(one_list.iter_errors(listed)), name
        codes = [one["name"] for one in listed]
        assert len(codes) == len(set(codes)), name


def test_every_place_a_writer_can_go_wrong_says_what_to_do():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    parts = {**schema["properties"], **schema["$defs"]["question"]["properties"]}
    silent = [name for name, part in parts.items() if not {"description", "$ref"} & set(part)]
    assert silent == []


def test_the_page_for_writers_is_true(tmp_path):
    page = (Path(asking.__file__).parents[2] / "docs" / "instruments.md").read_text(encoding="utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    (tmp_path / "our-park.yaml").write_text(example, encoding="utf-8")
    assert load_instrument(tmp_path / "our-park.yaml").name == "our-park"
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    asked = schema["$defs"]["question"]["properties"]
    words = [*schema["properties"], *asked, *(set(shared_choices()) - {"skips", "or_other", "gave_picture"})]
    words += [word for part in (schema["properties"]["kind"], asked["type"], asked["appearance"], asked["role"]) for word in part["enum"]]
    assert [word for word in words if f"`{word}`" not in page and word != "questions"] == []
