"""Files of an activity at the desk and at a terminal: who may take what, that it is on record, and that nothing stays behind."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from flask import Flask
from openpyxl import load_workbook
from pyarrow import parquet

from tests.reading import Visitor, ask
from tests.rooms.counting.exporting.making import send, ten
from tests.rooms.counting.exporting.tabular_data_package import RULES, holds
from tests.rooms.reading.test_exports import long_ago
from tests.rooms.web.test_sheets import read_csv
from voice import audit, storage
from voice.counting.exporting import pages, taking
from voice.counting.exporting.commands import export

SignIn = Callable[..., Visitor]
WHY = "The review of school travel on 3 March."
on_sqlite = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


def get(who: Visitor, what: str, kind: str) -> tuple[int, bytes, str]:
    reply = ask(lambda: who.client.get(f"/work/files/ten/file?what={what}&kind={kind}"))
    assert reply.headers["Cache-Control"] == "no-store"
    return reply.status_code, reply.data, reply.headers.get("Content-Disposition", "")


def take(who: Visitor, **fields: str) -> tuple[int, bytes]:
    """Line by line, as the form sends it."""
    found = who.open("/work/files/ten/lines").soup.select_one("input[name=csrf_token]")
    assert found
    sent = {"csrf_token": str(found["value"]), "reason": WHY, "kind": "csv", **fields}
    reply = ask(lambda: who.client.post("/work/files/ten/lines", data=sent))
    return reply.status_code, reply.data


def test_an_analyst_takes_figures_in_every_kind_and_it_is_on_record(signed_in: SignIn) -> None:
    activity = ten()
    send(activity, 60)
    analyst = signed_in("analyst")
    page = analyst.open("/work/files/ten")
    assert "Line by line" not in page.words
    status, data, called = get(analyst, "figures", "csv")
    rows = read_csv(data)
    assert status == 200
    assert called == f'attachment; filename="ten-figures-{storage.today():%Y-%m-%d}.csv"'
    everyone = [row for row in rows if row[0] == "" and row[3] == ""]
    assert everyone[0][7:9] == ["60", "100"]
    assert all(row[7] == "" or row[5] or int(row[7]) == 0 or int(row[7]) >= 10 for row in rows[1:]), "no group of fewer than ten"
    assert any(row[9] == "too_few" for row in rows), "somebody is hidden"
    sheet = load_workbook(io.BytesIO(get(analyst, "figures", "xlsx")[1])).active
    assert sheet is not None
    assert sheet.max_row == len(rows)
    assert parquet.read_table(io.BytesIO(get(analyst, "figures", "parquet")[1])).num_rows == len(rows) - 1
    assert [each.what for each in audit.about("activity", activity.id)] == [taking.FIGURES_TAKEN] * 3
    for path in ("/work/files/ten/lines",):
        assert ask(lambda path=path: analyst.client.get(path)).status_code == 403


@on_sqlite
def test_the_package_holds_what_it_says(signed_in: SignIn) -> None:
    send(ten(), 60)
    with zipfile.ZipFile(io.BytesIO(get(signed_in("officer"), "package", "zip")[1])) as file:
        described = json.loads(file.read("datapackage.json"))
        jsonschema.validate(described, RULES)
        counted = {each["name"]: holds(each, file.read(each["path"])) for each in described["resources"]}
    assert set(counted) == {"figures", "figures_by_two", "codebook"}
    assert min(counted.values()) > 50


@on_sqlite
def test_the_codebook_says_what_every_code_means_in_every_language(signed_in: SignIn) -> None:
    ten()
    headings, *rows = read_csv(get(signed_in("officer"), "codebook", "csv")[1])
    book = {(row[0], row[1], row[2]): dict(zip(headings, row, strict=True)) for row in rows}
    assert book["question", "way_1", "bus"]["label_cy"] == "Bus yn Gymraeg"
    assert book["question", "liked", ""]["label_en"] == "'+What do you like?", "a question is no formula either"
    why = book["question", "why", ""]
    assert (why["type"], why["asked_when"], why["in_files"], why["version"]) == ("text", "selected(${liked}, 'bus')", "no", "3")
    assert book["question", "age", ""]["role"] == "age_band"
    assert book["fact", "age_band", "8_10"]["label_en"] == "8 to 10"


@on_sqlite
def test_before_ten_have_answered_there_is_a_sentence_and_the_codebook(signed_in: SignIn) -> None:
    send(ten(), 9)
    officer = signed_in("officer")
    assert "something to take once 10 have" in officer.open("/work/files/ten").words
    assert get(officer, "figures", "csv")[0] == 409
    assert get(officer, "codebook", "csv")[0] == 200
    status, data = take(officer)
    assert (status, b"Fewer than 10 people" in data) == (409, True)
    assert not [each for each in audit.about("activity", ten().id) if each.what == taking.LINES_TAKEN]


def test_lines_need_a_reason_and_the_second_step_and_are_on_record(signed_in: SignIn) -> None:
    activity = ten()
    send(activity, 40)
    officer = signed_in("officer")
    status, data = take(officer, reason="")
    assert (status, b"Say what the file is for" in data) == (400, True)
    assert not audit.about("activity", activity.id)
    status, data = take(officer)
    assert (status, len(read_csv(data))) == (200, 41)
    assert [(each.what, each.why) for each in audit.about("activity", activity.id)] == [(taking.LINES_TAKEN, WHY)]
    long_ago(officer, minutes=31)
    reply = ask(lambda: officer.client.get("/work/files/ten/lines"))
    assert (reply.status_code, "/me/again" in reply.headers["Location"]) == (303, True)


@on_sqlite
def test_lines_as_a_package_hold_what_it_says_and_leave_nothing_behind(signed_in: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    send(ten(), 200)
    officer = signed_in("officer")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with zipfile.ZipFile(io.BytesIO(take(officer, kind="zip")[1])) as file:
        described = json.loads(file.read("datapackage.json"))
        jsonschema.validate(described, RULES)
        assert {each["name"]: holds(each, file.read(each["path"])) for each in described["resources"]}["lines"] == 200
    assert take(officer, kind="xlsx")[0] == 200
    assert not list(tmp_path.rglob("*"))


@on_sqlite
def test_one_person_takes_so_many_a_day_and_so_many_are_written_at_once(signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    send(ten(), 40)
    officer = signed_in("officer")
    monkeypatch.setattr(taking, "LINES_A_DAY", 2)
    assert [take(officer)[0] for _ in range(3)] == [200, 200, 429]
    for _ in range(pages.AT_A_TIME):
        assert pages._writing.acquire(blocking=False), "what was sent gave its place back"
    assert get(officer, "figures", "csv")[0] == 503
    for _ in range(pages.AT_A_TIME):
        pages._writing.release()
    assert get(officer, "figures", "csv")[0] == 200
    assert get(officer, "words", "csv")[0] == 404


@on_sqlite
def test_files_at_a_terminal(app: Flask, tmp_path: Path) -> None:
    activity = ten()
    send(activity, 40)

    def run(*words: str) -> tuple[int, str]:
        storage.session().rollback()
        told = CliRunner().invoke(export, words, obj=lambda: app)
        return told.exit_code, told.output

    out = tmp_path / "lines.csv"
    assert run("lines", "ten", str(out), "--reason", WHY)[0] == 0
    assert len(read_csv(out.read_bytes())) == 41
    assert out.stat().st_mode & 0o777 == 0o600
    assert run("lines", "ten", str(out), "--reason", WHY) == (1, f"Error: {out} is there already. Name another.\n")
    for what, name in (("aggregated", "a.xlsx"), ("aggregated", "a.parquet"), ("codebook", "c.csv"), ("package", "p.zip")):
        assert run(what, "ten", str(tmp_path / name))[0] == 0, what
        assert (tmp_path / name).stat().st_size > 1000
    assert run("aggregated", "ten", str(tmp_path / "a.doc"))[0] == 1
    assert run("aggregated", "nowhere", str(tmp_path / "b.csv")) == (1, "Error: There is no activity called nowhere.\n")
    storage.session().expire_all()
    assert [each.why for each in audit.about("activity", activity.id) if each.what == taking.LINES_TAKEN] == [WHY, WHY]
