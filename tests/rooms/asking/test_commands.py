"""Whoever writes an instrument is told in one line what is wrong with it."""

from __future__ import annotations

from click.testing import CliRunner

from tests.rooms.asking.test_instruments import SOUND
from voice.asking import shipped_instruments
from voice.asking.commands import instruments


def check(*arguments):
    return CliRunner().invoke(instruments, ["check", *map(str, arguments)])


def test_all_that_we_ship_is_sound():
    result = check()
    assert result.exit_code == 0
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == [file.name for file in shipped_instruments()]
    assert "getting-about-and-feeling-safe.yaml: version 2, 10 questions, about 4 minutes, en" in result.stdout
    assert result.stderr == ""


def test_a_broken_one_is_named_with_its_line_and_the_others_are_checked_too(tmp_path):
    (tmp_path / "a.yaml").write_text(SOUND.replace("type: text", "type: txet"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(SOUND, encoding="utf-8")
    result = check(tmp_path)
    assert result.exit_code == 1
    assert result.stderr == 'a.yaml:21: “type” cannot be "txet". Use select_one, select_multiple, rank, scales, integer, text, draw, image or note.\n'
    assert result.stdout == "b.yaml: version 1, 5 questions, about 2 minutes, en\n"


def test_a_long_one_is_sound_but_we_say_so(tmp_path):
    more = "".join(f'  - type: text\n    name: more_{number}\n    label: {{en: "More?"}}\n' for number in range(9))
    (tmp_path / "long.yaml").write_text(SOUND.replace("questions:\n", f"questions:\n{more}"), encoding="utf-8")
    result = check(tmp_path)
    assert result.exit_code == 0
    assert "14 questions are many" in result.stderr


def test_an_empty_folder_is_no_success(tmp_path):
    result = check(tmp_path)
    assert result.exit_code == 1
    assert "There are no .yaml files" in result.stderr
