"""`voice facts`: dated, hashed, signed, and refused where there is a hole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from tests.making import a_submission, people_to_read
from voice.config import settings
from voice.facts.commands import facts
from voice.facts.declared import DataMap, data_map
from voice.facts.signing import NotSigned, check, sign


def run(app: Flask, *arguments: str) -> Result:
    return CliRunner().invoke(facts, [*arguments], obj=lambda: app)


@pytest.fixture
def made(app: Flask, tmp_path: Path) -> Path:
    file = tmp_path / "facts.json"
    file.write_text(run(app, "--json").stdout, encoding="utf-8")
    return file


def test_facts_are_signed_and_a_changed_byte_is_found(app: Flask, made: Path) -> None:
    told = json.loads(made.read_text(encoding="utf-8"))
    assert len(told["sha256"]) == 64
    assert told["facts"]["made_at"].startswith("20")
    assert run(app, "check", str(made)).exit_code == 0
    assert run(app, "check", str(made), "--key", told["public_key"]).exit_code == 0
    other = run(app, "check", str(made), "--key", "00" * 32)
    assert (other.exit_code, other.stderr) == (1, "Error: facts.json: The facts were signed with another key.\n")
    told["facts"]["retention"]["overdue"] = 12
    made.write_text(json.dumps(told), encoding="utf-8")
    changed = run(app, "check", str(made))
    assert changed.exit_code == 1
    assert "changed after they were signed" in changed.stderr


def test_a_forged_hash_does_not_fit_the_signature(app: Flask) -> None:
    signed, other = sign({"a": 1}, settings()), sign({"a": 2}, settings())
    assert check(signed.as_json()).facts == {"a": 1}
    forged = {**other.__dict__, "signature": signed.signature}
    with pytest.raises(NotSigned, match="signature does not fit"):
        check(json.dumps(forged))
    with pytest.raises(NotSigned, match="no signed facts"):
        check("nothing of the kind")


def test_the_key_is_ours_alone(app: Flask, made: Path) -> None:
    key = settings().data / "facts.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert json.loads(made.read_text(encoding="utf-8"))["public_key"] != key.read_bytes().hex()


def test_markdown_reads_well_and_says_only_what_was_signed(app: Flask, tmp_path: Path) -> None:
    people_to_read()
    text = run(app).stdout
    for part in (
        "What is kept, why, and who reads it",
        "Rows past their day: 0",
        "The Children’s Code",
        "T11",
        "It can surrender".lower(),
        "Not known to the software",
    ):
        assert part in text, part
    assert "The canary was found in it: **no**" in text
    file = tmp_path / "facts.md"
    file.write_text(text, encoding="utf-8")
    assert run(app, "check", str(file)).exit_code == 0
    file.write_text(text.replace("Rows past their day: 0", "Rows past their day: 7"), encoding="utf-8")
    assert run(app, "check", str(file)).exit_code == 1


def test_since_says_what_changed_and_nothing_else(app: Flask, made: Path) -> None:
    people_to_read()
    told = json.loads(run(app, "--json", "--since", str(made)).stdout)["facts"]["changes"]
    assert told["changed"]["safeguarding / young_people_may_write"] == [False, True]
    assert (told["came"], told["went"]) == ({}, {})
    assert not [place for place in told["changed"] if not place.startswith(("safeguarding", "encryption"))]


def test_a_column_without_an_entry_stops_the_command_by_name(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = data_map()
    tables = {name: table for name, table in whole.tables.items() if name != "view"}
    monkeypatch.setattr("voice.facts.holes.data_map", lambda: DataMap(whole.bases, tables))
    told = run(app)
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == "Error: data_map.yaml has no entry for the table view.\n"


def test_facts_hold_no_name_no_word_and_no_secret(app: Flask) -> None:
    people_to_read()
    a_submission("My canary sings at Elm Road.")
    text = run(app).stdout
    for never in (
        "canary sings",
        "Elm Road",
        "lead-1@demo.example",
        "Lead-1",
        settings().session_key.hex(),
        (settings().data / "facts.key").read_bytes().hex(),
    ):
        assert never not in text, never
