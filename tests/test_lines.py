import io
import json

import click
import pytest
from click.testing import CliRunner

from voice.lines import BadLine, json_lines, run


@click.command()
@click.pass_context
def shout(context: click.Context) -> None:
    context.exit(run(lambda text: {"loud": text.upper()}))


def test_each_line_is_answered_with_its_own_id():
    result = CliRunner().invoke(shout, input='{"id": "a", "text": "hi"}\n\n{"id": 2, "text": "zażółć"}\n')
    assert [json.loads(line) for line in result.stdout.splitlines()] == [{"id": "a", "loud": "HI"}, {"id": 2, "loud": "ZAŻÓŁĆ"}]
    assert result.exit_code == 0


def test_a_bad_line_is_named_by_its_number_and_the_rest_is_kept():
    result = CliRunner().invoke(shout, input='{"id": "a", "text": "hi"}\nnot json\n{"id": "c", "text": "yo"}\n')
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "c"]
    assert result.stderr == "Line 2: this is not JSON.\n"
    assert result.exit_code == 1


@pytest.mark.parametrize(
    "line",
    [b"\xff\xfe", b"[1]", b'"x"', b'{"text": "x"}', b'{"id": true, "text": "x"}', b'{"id": 1}', b'{"id": 1, "text": null}', b"[" * 100_000],
)
def test_what_cannot_be_used_is_a_bad_line(line):
    [bad] = json_lines(io.BytesIO(line))
    assert isinstance(bad, BadLine)
    assert bad.number == 1


def test_a_byte_order_mark_and_half_a_surrogate_pair_do_no_harm():
    result = CliRunner().invoke(shout, input='\ufeff{"id": 1, "text": "x\\ud83d"}\n')
    assert json.loads(result.stdout) == {"id": 1, "loud": "X\ud83d"}
