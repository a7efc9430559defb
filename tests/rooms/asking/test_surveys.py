"""Every instrument we ship is sound, short and easy to read, for each age and in English and Easy Read; what was published stays."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import pytest

from tests.house.readability import grade, sentence_lengths
from voice.asking import Instrument, Question, fitted, load_instrument, shipped_instruments
from voice.asking.building import shared_choices
from voice.asking.forms import REFUSALS
from voice.asking.instruments import SHIPPED

FILES = shipped_instruments()
EARLIER = shipped_instruments(SHIPPED / "earlier")
DOCS = SHIPPED.parent / "docs" / "instruments.md"
FROZEN: Mapping[str, str] = json.loads(Path(__file__).with_name("frozen.json").read_text())
READ_HERE = ("en", "easy")  # what can be measured: the syllables of other languages are counted otherwise
HARDEST = {"younger": 1.0, "middle": 2.0, "older": 3.0}  # the budget is 4; ours are easier, and stay so
MOST_ASKED = {"young_person": 10, "parent": 12, "worker": 12}
BANNED = re.compile(
    r"secret|confidential|anonym|promise|keep you safe|\breport|victim|are you sure|please note|unfortunately|stakeholder", re.IGNORECASE
)
# What a title or an address must not tell somebody who looks at the screen.
TELLING = re.compile(r"abus|bully|hurt|harm|hit\b|danger|drug|alcohol|mental|suicid|sex|violen|neglect|police|worr", re.IGNORECASE)
ABOUT_SAFETY = re.compile(r"\bsafe")
PERMISSION = {
    ("May we show your words to others?", "We take out names first."),
    ("Can we show your words to other people?", "We take out all names first."),
    ("Can other people see your words?", "We take out names first."),
    ("Can other people see your words?", "We take out all names first."),
}


class Shown(NamedTuple):
    """An instrument as somebody of one age reads it in one language."""

    instrument: Instrument
    age: str
    language: str

    def sentences(self) -> Iterator[str]:
        """Title, introduction, questions and hints: what is read as sentences."""
        yield self.instrument.title[self.language]
        yield self.instrument.intro[self.language]
        for question in self.instrument.questions:
            yield question.label[self.language]
            for more in (question.lead, question.hint, question.constraint_message):
                yield more.get(self.language, "")

    def choices(self) -> list[str]:
        return [choice.label[self.language] for question in self.instrument.questions for choice in question.choices + question.skips]

    def everything(self) -> list[str]:
        return [*self.sentences(), *self.choices()]

    def asked(self) -> list[Question]:
        return [question for question in self.instrument.questions if question.is_asked]

    def label(self, question: Question) -> str:
        """What is asked: a statement on a scale is asked by its lead."""
        return (question.lead or question.label)[self.language]


def shown(file: Path) -> list[Shown]:
    whole = load_instrument(file)
    return [Shown(fitted(whole, age), age, language) for age in whole.wordings or ("older",) for language in READ_HERE]


SHOWN = [(f"{file.stem} {one.age} {one.language}", one) for file in FILES for one in shown(file)]
every = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
for_everyone = pytest.mark.parametrize("one", [one for _, one in SHOWN], ids=[name for name, _ in SHOWN])


# --- what there is


def test_there_are_some_for_every_way_of_listening():
    assert {file.stem for file in FILES} == {
        "county-voice-audit",
        "draft-plan-consultation",
        "early-years-pictures",
        "event-comment-card",
        "family-survey",
        "feedback-box",
        "getting-about-and-feeling-safe",
        "one-thing-i-would-change",
        "skills-before-and-after",
        "what-matters-most",
        "workforce-feedback",
        "youth-opinion-sheet",
    }
    assert {load_instrument(file).kind for file in FILES} >= {"opinion_sheet", "survey", "family_sheet", "audit", "feedback_box"}


def test_between_them_they_use_every_kind_of_question():
    questions = [question for file in FILES for question in load_instrument(file).questions]
    kinds = {"faces", "scale", "consent", "one", "some", "rank", "number", "line", "words", "draw", "note"}
    assert {question.kind for question in questions} == kinds
    assert {question.role for question in questions} >= {"age_band", "place", "speaker", "permission", "moment", "own_code"}
    assert any(question.constraint for question in questions)
    assert any("${" in question.label["en"] for question in questions)
    assert any(question.randomize for question in questions)
    assert any(choice.alone for question in questions for choice in question.choices)
    assert any(question.name.endswith("_else") for question in questions)


@every
def test_it_is_sound_and_named_after_its_file(file):
    assert load_instrument(file).name == file.stem


def test_all_are_offered_in_the_same_languages():
    offered = {load_instrument(file).languages for file in FILES}
    assert len(offered) == 1
    assert offered.pop()[:1] == ("en",)
    assert all("easy" in load_instrument(file).languages for file in FILES)


@every
def test_children_from_four_to_seven_get_words_of_their_own_where_they_are_asked(file):
    instrument = load_instrument(file)
    assert ("younger" in instrument.wordings) == (instrument.ages.youngest < 8)
    assert ("middle" in instrument.wordings) == (instrument.ages.youngest < 11 < instrument.ages.oldest and instrument.name != "feedback-box")
    for age in instrument.wordings[:-1]:
        assert fitted(instrument, age).intro["en"] != fitted(instrument, "older").intro["en"] or instrument.minutes <= 2


@every
def test_young_children_hear_that_they_can_do_it_on_their_own(file):
    instrument = load_instrument(file)
    if "younger" in instrument.wordings:
        assert all("You can do this on your own." in fitted(instrument, "younger").intro[language] for language in READ_HERE)


# --- short and easy


@for_everyone
def test_it_is_short(one):
    most = 7 if one.age == "younger" else MOST_ASKED[one.instrument.speaker]
    of_code = [question for question in one.asked() if question.is_of_code]
    assert 1 <= len(one.asked()) - len(of_code) <= most
    assert len(of_code) <= 5


@for_everyone
def test_it_reads_easily(one):
    sentences, lengths = list(one.sentences()), sentence_lengths(one.sentences())
    assert grade(sentences) <= HARDEST[one.age]
    assert grade(one.everything()) <= HARDEST[one.age]
    assert max(lengths) <= (15 if one.language == "easy" or one.age == "younger" else 20)
    assert mean(lengths) <= 8
    assert max(sentence_lengths(one.choices())) <= 8


@for_everyone
def test_no_word_says_what_we_cannot_keep_or_blames_anyone(one):
    assert [text for text in one.everything() if BANNED.search(text)] == []
    assert not TELLING.search(one.instrument.title[one.language] + one.instrument.name)


@for_everyone
def test_quotes_are_curly_and_spaces_are_single(one):
    assert [text for text in one.everything() if re.search(r"['\"]|  ", text)] == []


@for_everyone
def test_no_question_is_turned_round_or_asks_two_things(one):
    for question in one.asked():
        for text in (one.label(question), question.label[one.language]):
            assert not re.search(r"\b(not|never|no|and|usually)\b|n’t\b", text), question.name
        assert one.label(question).count("?") == 1, question.name


@for_everyone
def test_nobody_has_to_look_far_back(one):
    looking_back = [text for text in one.sentences() if re.search(r"\byears?\b|\bever\b|\bterm\b|\b\d+ (months|weeks)", text)]
    assert looking_back == []
    if one.instrument.speaker == "young_person":
        assert [text for text in one.sentences() if "three months" in text] == []


@for_everyone
def test_every_question_can_be_passed_in_two_ways(one):
    for question in one.asked():
        assert [choice.label[one.language] for choice in question.skips] == ["I don’t know", "I don’t want to say"]


# --- words, permission, who it is


@for_everyone
def test_words_are_asked_for_without_names(one):
    boxes = [question for question in one.asked() if question.type == "text"]
    assert boxes
    assert all(question.hint[one.language].endswith("Please do not write names.") for question in boxes)


@every
def test_permission_comes_last_and_only_when_there_are_words(file):
    instrument = load_instrument(file)
    last = instrument.written[-1]
    assert last.role == "permission"
    boxes = {question.name for question in instrument.questions if question.type == "text"}
    assert set(re.findall(r"\$\{(\w+)\} != ''", last.relevant)) == boxes


@for_everyone
def test_permission_is_asked_in_the_same_words_everywhere(one):
    last = one.instrument.written[-1]
    assert (last.label[one.language], last.hint[one.language]) in PERMISSION


@for_everyone
def test_a_picture_is_asked_for_without_names(one):
    assert all(question.hint[one.language].endswith("Please do not write names.") for question in one.asked() if question.is_picture)


@for_everyone
def test_how_safe_somebody_feels_is_followed_by_a_box_for_words(one):
    for asked, following in zip(one.instrument.questions, one.instrument.questions[1:], strict=False):
        if asked.kind == "faces" and ABOUT_SAFETY.search(asked.label["en"]):
            assert following.kind == "words", asked.name
            assert ABOUT_SAFETY.search(following.label["en"]), asked.name


@for_everyone
def test_who_somebody_is_is_asked_after_what_they_think(one):
    names = [question.name for question in one.asked()]
    about = [question.name for question in one.asked() if question.role in ("age_band", "place") or question.name in ("extra_help", "extra_needs")]
    last_words = max(names.index(question.name) for question in one.asked() if question.kind == "words")
    assert all(names.index(name) > last_words for name in about)
    assert len([name for name in about if name.startswith("extra_")]) <= 1


@every
def test_it_asks_how_old_and_where_unless_its_file_says_why_not(file):
    roles = {question.role for question in load_instrument(file).questions}
    text = file.read_text(encoding="utf-8")
    if "We ask no place" not in text and "It asks nothing about who is writing" not in text:
        assert "place" in roles
    if load_instrument(file).speaker != "worker" and load_instrument(file).ages.oldest > 10 and "It asks nothing about who is writing" not in text:
        assert "age_band" in roles


@for_everyone
def test_nobody_is_asked_twice_how_old_they_are(one):
    """The first page asks it, to pick the words; those of four to ten have then told us."""
    ages = [question for question in one.asked() if question.role == "age_band"]
    assert not (ages and one.age != "older")
    if one.instrument.wordings:
        assert not {choice.name for question in ages for choice in question.choices} & {"under_8", "8_10"}


@for_everyone
def test_nobody_under_eight_is_asked_for_a_place(one):
    if one.age == "younger":
        assert not [question.name for question in one.asked() if question.from_places]


# --- faces and pictures


@for_everyone
def test_faces_have_words_and_go_from_glad_to_sad(one):
    for question in one.asked():
        if question.kind == "faces":
            assert [choice.face for choice in question.choices] == sorted((choice.face for choice in question.choices), reverse=True)
            assert {choice.face for choice in question.choices} >= {1, 5}
            assert all(choice.label[one.language] for choice in question.choices)


@for_everyone
def test_young_children_hear_what_the_smile_means_or_can_say_more(one):
    if one.age == "younger":
        for question in one.asked():
            assert question.kind != "faces" or re.search("The smile means|You can tell us more", question.hint[one.language]), question.name


@for_everyone
def test_pictures_are_ours(one):
    known = json.loads((SHIPPED.parent / "voice" / "keeping" / "pictures.json").read_text())
    named = {thing.picture for question in one.instrument.questions for thing in (question, *question.choices) if thing.picture}
    assert named <= set(known)


@for_everyone
def test_what_a_small_child_is_asked_has_a_picture(one):
    if one.age == "younger":
        bare = [question.name for question in one.asked() if not question.picture and not any(choice.picture for choice in question.choices)]
        assert [name for name in bare if not name.endswith("_else")] == []


# --- what is written about them


@every
def test_the_table_in_the_docs_tells_what_it_is(file):
    instrument = load_instrument(file)
    ages = {"younger": "4 to 7", "middle": "8 to 10", "older": "11 and older"}
    asked = {age: len(Shown(fitted(instrument, age), age, "en").asked()) for age in instrument.wordings or ("older",)}
    numbers = ", ".join(str(number) for number in dict.fromkeys(asked.values()))
    minutes = ", ".join(str(number) for number in dict.fromkeys(fitted(instrument, age).minutes for age in asked))
    wordings = ", ".join(ages[age] for age in instrument.wordings) or "one"
    row = next(line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{file.name}`"))
    assert [cell.strip() for cell in row.split("|")][3:-1] == [numbers, minutes, wordings]


# --- lists that are shared


def test_the_sentences_for_what_cannot_be_taken_are_easy_too():
    texts = [str(text) for text in REFUSALS.values()]
    assert grade(texts) <= 4
    assert max(sentence_lengths(texts)) <= 20
    assert not [text for text in texts if BANNED.search(text)]


def test_the_same_code_never_means_two_things():
    meanings: dict[tuple[str, str], set[str]] = {}
    for name, listed in shared_choices().items():
        for one in listed:
            meanings.setdefault((name.partition("_")[0], one["name"]), set()).add(one["label"]["en"])
    assert {key: labels for key, labels in meanings.items() if len(labels) > 1} == {}


# --- published, and never changed


def version_of(file: Path) -> str:
    """What a file is called where published versions are listed."""
    instrument = load_instrument(file, published=True)
    return f"{instrument.name}@{instrument.version}"


def digest(written: bytes) -> str:
    """The sum of a file’s bytes but for its line of languages: one language more, or better words in a catalogue, change no question."""
    return hashlib.sha256(re.sub(rb"(?m)^languages: .*\n", b"", written)).hexdigest()


def changed(files: Mapping[str, bytes], frozen: Mapping[str, str]) -> list[str]:
    """What to do about each published version whose file is not what it was."""
    wrong = []
    for version, was in frozen.items():
        _name, _, number = version.partition("@")
        if version not in files:
            wrong.append(f"{version} was published: put its file back, in surveys/ or surveys/earlier/")
        elif digest(files[version]) != was:
            wrong.append(f"{version} was published: put it back as it was and make version {int(number) + 1}")
    return wrong


def test_what_was_published_is_as_it_was():
    files = {version_of(file): file.read_bytes() for file in (*EARLIER, *FILES)}
    assert changed(files, FROZEN) == []


def test_all_that_is_shipped_is_published():
    assert {version_of(file) for file in (*EARLIER, *FILES)} == set(FROZEN)


def test_a_published_file_that_changes_or_goes_is_told_what_to_do():
    frozen = {"park@1": digest(b"before")}
    assert changed({"park@1": b"before"}, frozen) == []
    assert changed({"park@1": b"after"}, frozen) == ["park@1 was published: put it back as it was and make version 2"]
    assert changed({}, frozen) == ["park@1 was published: put its file back, in surveys/ or surveys/earlier/"]


def test_a_language_more_is_no_change():
    written = FILES[0].read_bytes()
    assert digest(written.replace(b"languages: [en", b"languages: [en, cy")) == digest(written)
    assert digest(written.replace(b"minutes: ", b"minutes: 1")) != digest(written)


@pytest.mark.parametrize("file", EARLIER, ids=lambda file: file.stem)
def test_an_earlier_version_can_still_be_read_and_a_newer_one_is_there(file):
    earlier = load_instrument(file, published=True)
    assert file.stem == f"{earlier.name}-{earlier.version}"
    assert load_instrument(SHIPPED / f"{earlier.name}.yaml").version > earlier.version


@pytest.mark.parametrize("file", EARLIER, ids=lambda file: file.stem)
def test_codes_of_an_earlier_version_keep_their_meaning(file):
    earlier = load_instrument(file, published=True)
    now = {question.name: question for question in load_instrument(SHIPPED / f"{earlier.name}.yaml").questions}
    for question in earlier.questions:
        if question.name in now:
            assert now[question.name].type == question.type, question.name
            labels = {choice.name: choice.label["en"] for choice in now[question.name].choices}
            assert {choice.name: choice.label["en"] for choice in question.choices if choice.name in labels}.items() <= labels.items()
