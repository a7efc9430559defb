"""`voice suggest` and `voice tone` at a terminal, on an empty data folder."""

import json

import pytest
from click.testing import CliRunner, Result

from voice.command import voice
from voice.plans import library_slugs

SLUG = library_slugs()[0]


def call(tmp_path, *args: str, said: str = "") -> Result:
    return CliRunner(env={"VOICE_DATA": str(tmp_path)}).invoke(voice, args, input=said)


def test_each_line_gets_three_suggestions_best_first(tmp_path):
    result = call(tmp_path, "suggest", "--plan", SLUG, said='{"id": "a", "text": "i feel sad"}\n{"id": 7, "text": ""}\n')
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [each["id"] for each in answers] == ["a", 7]
    for answer in answers:
        assert len(answer["suggestions"]) == 3
        scores = [each["score"] for each in answer["suggestions"]]
        assert scores == sorted(scores, reverse=True)
    assert list(tmp_path.iterdir()) == []


def test_a_bad_line_is_named_and_the_rest_answered(tmp_path):
    result = call(tmp_path, "suggest", "--plan", SLUG, said='nonsense\n{"id": "b", "text": "bus"}\n')
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["b"]
    assert result.stderr.startswith("Line 1: ")
    assert result.exit_code == 1


def test_what_was_confirmed_is_learned_from_first(tmp_path):
    lines = [{"id": n, "text": f"otters at the weir {n}", "priorities": ["4"]} for n in range(6)] + [{"id": 9, "text": "pizza", "priorities": []}]
    file = tmp_path / "confirmed.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines))
    result = call(tmp_path, "suggest", "--plan", SLUG, "--confirmed", str(file), said='{"id": "a", "text": "an otter"}\n')
    assert result.exit_code == 0
    assert json.loads(result.stdout)["suggestions"][0]["priority"] == "4"
    file.write_text('{"id": 1, "text": "otter", "priorities": ["none such"]}')
    result = call(tmp_path, "suggest", "--plan", SLUG, "--confirmed", str(file))
    assert result.exit_code == 2
    assert "Of what was confirmed, line 1: " in result.stderr


def test_an_unknown_plan_is_one_line_that_lists_the_known(tmp_path):
    result = call(tmp_path, "suggest", "--plan", "atlantis")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert all(slug in result.stderr for slug in library_slugs())


@pytest.mark.parametrize(("text", "tone"), [("i love it", "positive"), ("i hate it", "negative"), ("", "neutral")])
def test_tone_is_one_of_four_words_and_a_score(tmp_path, text, tone):
    result = call(tmp_path, "tone", said=json.dumps({"id": 1, "text": text}) + "\n")
    answer = json.loads(result.stdout)
    assert answer["tone"] == tone
    assert -1 <= answer["score"] <= 1
    assert set(answer) == {"id", "tone", "score"}
