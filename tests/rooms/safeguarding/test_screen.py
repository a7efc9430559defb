import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rooms.safeguarding.measure import flagged, interval, missed_danger, recall
from tests.rooms.safeguarding.phrases import disclosures, lines
from voice.safeguarding import screen as opinion
from voice.safeguarding.commands import screen as command
from voice.safeguarding.screen import Verdict, screen, screen_all

SETS = ("disclosures", "disclosures_heldout")
JUMBLE = ["my", "dad", "hits", "me", "i", "want", "to", "die", "dont", "tell", "4nd", "k1ll", "$", "*", "a.b.c", "'", "!", "13", "home"]
HUGE = ["x" * 1_000_000, "hit me " * 150_000, "a b c d " * 9_000]
STRANGE = [*HUGE, "\0" * 10, "\u202e\u2066" * 50, "💩" * 5_000, "\ud800", "****", "@" * 500]


@pytest.mark.parametrize("name", SETS)
def test_nearly_every_disclosure_is_found(name):
    found, total, by_kind = recall(disclosures(name))
    assert found / total >= 0.95
    assert len(by_kind) >= 10
    assert {kind: hits for kind, (hits, all_of_kind) in by_kind.items() if hits / all_of_kind < 0.90} == {}


def test_danger_now_is_not_missed():
    rows = [row for name in SETS for row in disclosures(name)]
    missed, total = missed_danger(rows)
    assert total >= 60
    assert missed <= 1


@pytest.mark.parametrize("name", ["ordinary", "ordinary_unseen"])
def test_ordinary_answers_are_left_alone(name):
    hits, total = flagged(lines(name))
    assert hits / total <= 0.10


def test_play_and_idiom_are_mostly_left_alone():
    hits, total = flagged(lines("hard_negatives"))
    assert hits / total <= 0.15


def test_the_sets_are_large_enough_to_say_anything():
    assert sum(len(disclosures(name)) for name in SETS) >= 450
    assert len(lines("ordinary")) >= 600
    assert len(lines("hard_negatives")) >= 150


@pytest.mark.parametrize(
    "text",
    [
        "my dad hites me",
        "he tuches me",
        "i wana dye",
        "hehitsme",
        "k1ll mys3lf",
        "K M S",
        "k.m.s",
        "sewerslide",
        "un alive",
        "i got graped",
        "s*icide",
        "he hiiiiits me",
        "H\u200be hi\u200bts m\u200be",
        "he h\u0301its me",
        "i want to d\u202eie",
        "ｍｙ ｄａｄ ｈｉｔｓ ｍｅ",
        "my friend cuts herself",
        "what if someone hits you at home",
        "i dont feel safe at home",
        "👊 my dad does this to me",
    ],
)
def test_it_is_heard_however_it_is_spelt(text):
    assert screen(text).concern


def test_the_reasons_are_the_young_persons_own_words():
    verdict = screen("School is fine. But my Dad hites ME when he is mad")
    assert verdict.concern
    assert all(reason.casefold() in "school is fine. but my dad hites me when he is mad" for reason in verdict.because)
    assert any("hites" in reason for reason in verdict.because)


def test_danger_now_is_said():
    assert screen("he is going to hurt me again tonight").immediate
    assert screen("mum wont wake up").immediate
    assert not screen("i like the park").immediate


def test_kinds_are_named():
    assert "sexual" in screen("uncle comes in my room at night").kinds
    assert "exploitation" in screen("older lads give me stuff to hold").kinds
    assert "fgm_forced_marriage" in screen("they want me to go to pakistan to meet a man").kinds
    assert "self_harm" in screen("i cut my arms").kinds


def test_a_sentence_over_two_boxes_is_heard():
    assert not screen("my dad").concern
    assert screen_all(["my dad", "", "hits me"]).concern


def test_a_whole_submission_is_quiet_when_its_parts_are():
    verdict = screen_all(["more buses please", "", "the park is nice"])
    assert verdict == Verdict(concern=False, read_first=False, kinds=(), because=(), immediate=False)


@pytest.mark.parametrize(
    "text",
    [
        "Dwi ddim yn hoffi mynd adref achos mae dad yn gweiddi",
        "boję się wracać do domu bo tata krzyczy",
        "mi-e frica sa merg acasa cu tata",
        "я боюся йти додому",
        "مجھے گھر جانے سے ڈر لگتا ہے",
        "救救我",
        "qwrtp zxcvb",
        "",
        "   ",
        "🗿🗿",
        "a good day " * 5_000,
    ],
)
def test_what_is_not_understood_is_read_first(text):
    assert screen(text).read_first


@pytest.mark.parametrize("language", [None, "cy", "pl", "xx", ""])
def test_other_languages_are_read_first(language):
    assert screen("more buses please", language).read_first


def test_english_is_read_in_its_turn():
    assert not screen("more buses please", "en-GB").read_first
    assert not screen("more buses please").read_first


@pytest.mark.parametrize(
    "text",
    ["x" * 1_000_000, "hit me " * 150_000, "\0" * 10, "\u202e\u2066" * 50, "💩" * 5_000, "\ud800", "****", "@" * 500, "a b c d " * 9_000],
)
def test_no_text_is_too_strange(text):
    assert screen(text).read_first or screen(text).concern


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_any_text_gets_a_verdict(text):
    assert isinstance(opinion._screened(text, "en"), Verdict)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(JUMBLE)).map(" ".join))
def test_any_jumble_of_telling_words_gets_a_verdict(text):
    verdict = opinion._screened(text, "en")
    assert verdict.concern == bool(verdict.kinds)


def test_an_error_means_read_first(monkeypatch):
    def broken(words, language):
        raise RuntimeError("broken")

    monkeypatch.setattr(opinion, "_screened", broken)
    assert opinion.screen("more buses please") == opinion.NOT_UNDERSTOOD


def test_the_interval_is_the_known_one():
    low, high = interval(190, 200)
    assert (round(low, 3), round(high, 3)) == (0.910, 0.973)


def test_the_command_answers_line_by_line_and_names_a_bad_one():
    said = '{"id": 1, "text": "he tuches me"}\nnonsense\n{"id": "b", "text": "more buses please"}\n'
    result = CliRunner().invoke(command, input=said)
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first["id"] == 1
    assert first["concern"] is True
    assert first["kinds"] == ["sexual"]
    assert first["because"]
    assert second == {"id": "b", "concern": False, "read_first": False, "kinds": [], "because": []}
    assert result.stderr == "Line 2: this is not JSON.\n"
    assert result.exit_code == 1
