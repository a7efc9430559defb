"""Tone is a guess; these are the traps that plain word lists fall into."""

import subprocess
import sys

import pytest

from tests.rooms.understanding.comments import tones
from tests.rooms.understanding.measure import children_agree, plain_textblob
from voice.understanding.tone import tone

DISCLOSURES = (
    "my dad hits me",
    "he comes in my room at night and i dont like it",
    "i dont feel safe at home",
    "mum goes out and leaves us on our own all night",
    "my uncle says its our special secret",
    "she says she loves me after she hurts me",
    "i wish i could go to sleep and not wake up",
    "nobody would care if i wasnt here",
    "my boyfriend is nice but he makes me do things",
    "a nice man online wants to meet me",
    "im not allowed to eat when dad is angry",
    "i like it best when mum is not drunk",
)


@pytest.mark.parametrize(
    "words",
    [
        "isn't kind",
        "isn’t kind",
        "my teacher isnt kind",
        "i dont feel safe",
        "they are not very nice",
        "its not that good",
        "i never feel happy",
        "no one is helpful",
    ],
)
def test_not_turns_the_sense_round(words):
    assert tone(words).tone == "negative"


@pytest.mark.parametrize(
    "words", ["more youth clubs", "i wish there was a nice park", "a cinema would be good", "we need safe places", "someone to talk to"]
)
def test_a_wish_praises_nothing(words):
    assert tone(words).tone == "neutral"


def test_the_skate_park_is_sick_but_mum_is_not():
    assert tone("the new skate park is sick").tone == "positive"
    assert tone("my mum is sick").tone == "negative"


def test_both_sides_are_heard():
    assert tone("i love the park but its full of litter").tone == "mixed"


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "👍",
        "dwi isio mynd adref",
        "i walk to school with my sister",
    ],
)
def test_words_that_say_nothing_either_way_are_neutral(words):
    assert tone(words).tone == "neutral"


def test_hardly_any_disclosure_reads_as_praise():
    praised = [words for words in DISCLOSURES if tone(words).tone == "positive"]
    assert len(praised) <= 1, praised


def test_scores_stay_between_minus_one_and_one():
    assert all(-1 <= tone(words).score <= 1 for words, _ in tones())
    assert tone("love " * 500).score <= 1


def test_it_hears_children_better_than_textblob_alone():
    ours = children_agree(lambda words: tone(words).tone)
    assert ours >= 0.8
    assert ours > children_agree(plain_textblob) + 0.15


def test_suggesting_loads_no_heavy_library():
    code = (
        "import sys; import voice.understanding.suggest; print(sorted({'textblob', 'nltk', 'sklearn', 'numpy', 'vaderSentiment'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
