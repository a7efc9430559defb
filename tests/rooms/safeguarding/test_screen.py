import json
import re
import time

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rooms.safeguarding.measure import KINDS_SHORT, NOW_TEST, flagged, interval, judged, median_ms, missed_danger, older, recall
from tests.rooms.safeguarding.phrases import LANGUAGES, phrases
from voice.safeguarding import screen as opinion
from voice.safeguarding.commands import screen as command
from voice.safeguarding.screen import Verdict, screen, screen_all

JUMBLE = [
    "my",
    "dad",
    "hits",
    "me",
    "i",
    "want",
    "to",
    "die",
    "dont",
    "tell",
    "4nd",
    "k1ll",
    "$",
    "*",
    "a.b.c",
    "'",
    "!",
    "13",
    "home",
    "tata",
    "bije",
    "мене",
    "ڈر",
]
HUGE = ["x" * 1_000_000, "hit me " * 150_000, "a b c d " * 9_000, "мене" * 250_000, "مجھے ڈر " * 100_000]
STRANGE = [*HUGE, "\0" * 10, "\u202e\u2066" * 50, "\u200b" * 1_000_000, "💩" * 5_000, "\ud800", "****", "@" * 500, "e\u0301" * 100_000]
WORSE = 0.03  # how far a share of the test split may fall behind what it was when first met before something is wrong
FAR = "the bar is not reached in this language: first met, "


def _figures(language, split, record_property):
    judgements = judged(language, split)
    (found, total, by_kind), (missed, urgent), (hits, others) = recall(judgements), missed_danger(judgements), flagged(judgements)
    said = f"{language} {split}: {found} of {total} found, danger now missed {missed} of {urgent}, ordinary flagged {hits} of {others}"
    record_property("budget", said)
    return found / total, by_kind, missed / urgent, hits / others


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_taught_is_known(language, record_property):
    found, by_kind, missed, marked = _figures(language, "train", record_property)
    assert len(by_kind) >= 10
    assert found >= 0.95
    assert missed <= 1 / 200  # what is taught is weighed, not learned by heart: one half-said text may stay below what is enough
    assert marked <= 0.10


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_never_taught_are_found_as_often_as_when_last_measured(language, record_property):
    found, by_kind, missed, marked = _figures(language, "test", record_property)
    (hits, total), (not_heard, urgent), (wrongly, others) = NOW_TEST[language]
    assert len(by_kind) >= 10
    assert found >= hits / total - WORSE
    assert missed <= not_heard / urgent + WORSE
    assert marked <= wrongly / others + WORSE


def _short_of(bar, wanted):
    """Each language, those short of the bar marked so that reaching it is noticed."""
    shares = {language: figures[bar][0] / figures[bar][1] for language, figures in NOW_TEST.items()}
    marks = {language: () if wanted(share) else pytest.mark.xfail(strict=True, reason=f"{FAR}{share:.1%}") for language, share in shares.items()}
    return [pytest.param(language, marks=marks[language]) for language in LANGUAGES]


@pytest.mark.parametrize("language", _short_of(0, lambda share: share >= 0.95))
def test_the_bar_for_what_is_found(language):
    found, total, _ = recall(judged(language, "test"))
    assert found / total >= 0.95


@pytest.mark.parametrize("language", _short_of(1, lambda share: share <= 1 / 60))
def test_the_bar_for_danger_now(language):
    missed, urgent = missed_danger(judged(language, "test"))
    assert missed / urgent <= 1 / 60


@pytest.mark.parametrize("language", _short_of(2, lambda share: share <= 0.10))
def test_the_bar_for_what_is_marked_wrongly(language):
    hits, others = flagged(judged(language, "test"))
    assert hits / others <= 0.10


@pytest.mark.parametrize(
    "language",
    [
        pytest.param(language, marks=pytest.mark.xfail(strict=True, reason=f"{short} kinds under 90%") if short else ())
        for language, short in KINDS_SHORT.items()
    ],
)
def test_the_bar_for_every_kind(language):
    by_kind = recall(judged(language, "test"))[2]
    assert all(found / total >= 0.90 for found, total in by_kind.values())


def test_the_older_set_that_never_taught_is_mostly_found(record_property):
    found, total, _ = recall(older("disclosures_last"))
    record_property("budget", f"older set that never taught: {found} of {total}")
    assert found / total >= 0.90


def test_the_sets_are_large_enough_to_say_anything():
    for language in LANGUAGES:
        taught = phrases(language)
        assert sum(each.discloses for each in taught) >= 400
        assert sum(each.kind == "ordinary" for each in taught) >= 1_000
        assert sum(each.kind == "hard" for each in taught) >= 120


def test_no_text_that_is_measured_has_taught():
    taught = {each.text.casefold() for language in LANGUAGES for each in phrases(language)}
    measured = [each.text.casefold() for language in LANGUAGES for each in phrases(language, "test") if len(each.text.split()) > 3]
    assert sum(text in taught for text in measured) <= len(measured) * 0.01


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
        "救救我",
        "私は家に帰りたくない",
        "ik ben bang om naar huis te gaan omdat mijn vader schreeuwt",
        "qwrtp zxcvb",
        "",
        "   ",
        "🗿🗿",
        "a good day " * 5_000,
    ],
)
def test_what_is_not_understood_is_read_first(text):
    assert screen(text).read_first


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("cy", "Dwi ddim yn hoffi mynd adref achos mae dad yn taro fi"),
        ("pl", "boję się wracać do domu bo tata mnie bije"),
        ("ro", "mi-e frica sa merg acasa ca tata ma bate"),
        ("uk", "я боюся йти додому бо тато мене б'є"),
        ("ur", "مجھے گھر جانے سے ڈر لگتا ہے ابو مارتے ہیں"),
        ("ur", "mujhe ghar jane se dar lagta hai abbu maarte hain"),
    ],
)
@pytest.mark.parametrize("declared", ["en", "easy", "own"])
def test_each_language_is_heard_whatever_the_page_was_read_in(language, text, declared):
    verdict = screen(text, language if declared == "own" else declared)
    assert verdict.concern
    assert verdict.because
    assert all(part in text for reason in verdict.because for part in reason.split())


def test_ukrainian_in_latin_letters_is_heard_where_it_is_expected():
    assert screen("ya boyusia ity dodomu bo tato mene bye", "uk").concern


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("cy", "ar y bont dwi am neidio"), ("pl", "tata ma nóż i chce zabić mamę teraz"), ("ro", "sunt pe pod si vreau sa sar"),
        ("uk", "стою на мосту хочу стрибнути"), ("ur", "امی سانس نہیں لے رہیں"), ("en", "mum isnt breathing"),
    ],
)  # fmt: skip
def test_danger_now_is_said_in_each_language(language, text):
    verdict = screen(text, language)
    assert verdict.concern
    assert verdict.immediate


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("cy", "mwy o fysiau os gwelwch yn dda"), ("pl", "więcej autobusów wieczorem"), ("ro", "mai multe autobuze seara va rog"),
        ("uk", "більше автобусів ввечері"), ("ur", "شام کو زیادہ بسیں چاہئیں"), ("pl", "more buses please"), ("easy", "more buses please"),
    ],
)  # fmt: skip
def test_an_ordinary_answer_in_an_offered_language_is_read_in_its_turn(language, text):
    assert screen(text, language) == Verdict(concern=False, read_first=False, kinds=(), because=(), immediate=False)


@pytest.mark.parametrize("language", [None, "xx", "", "zh-CN"])
def test_a_language_that_is_not_offered_is_read_first(language):
    assert screen("more buses please", language).read_first


def test_english_is_read_in_its_turn():
    assert not screen("more buses please", "en-GB").read_first
    assert not screen("more buses please").read_first


@pytest.mark.parametrize(
    "text",
    [
        "I will dance every day",
        "mine",
        "The bus is late every day and we all wait there",
        "I'll walk more",
        "I will read ten pages every night",
        "ours",
    ],
)
def test_a_short_harmless_answer_is_not_marked(text):
    assert not screen(text).concern


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_no_text_is_too_strange(text):
    begun = time.process_time()
    verdict = screen(text)
    assert verdict.read_first or verdict.concern
    assert time.process_time() - begun < 5


def test_the_time_for_a_text_is_short(record_property):
    texts = [each.text for each in phrases("en")][::10]
    screen(texts[0])
    median = median_ms(texts)
    record_property("budget", f"median time to screen a text: {median:.1f} ms")
    assert median < 15  # under 3 on a quiet machine


def test_the_weights_say_which_they_are():
    assert re.fullmatch(r"\d{4}-\d{2} [0-9a-f]{12}", opinion.version())


def test_a_whole_submission_is_screened_view_by_view_in_any_language():
    verdict = screen_all(["wiecej autobusow", "tata mnie bije pasem", "lubie pilke"], "pl")
    assert verdict.concern
    assert screen_all(["lubie pilke", "wiecej autobusow"], "pl") == Verdict(False, False, (), (), False)


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


def test_the_command_takes_a_language():
    said = '{"id": 1, "text": "tata mnie bije", "language": "pl"}\n{"id": 2, "text": "wiecej autobusow", "language": 7}\n'
    first, second = (json.loads(line) for line in CliRunner().invoke(command, input=said).stdout.splitlines())
    assert first["concern"] is True
    assert second["read_first"] is True
