"""Words collected elsewhere come in by one command, once."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from tests.rooms.listening.making import SHORT, an_open_activity
from voice import keeping, post, safeguarding, storage
from voice.command import voice
from voice.keeping.models import Submission, View
from voice.safeguarding.models import Screening


@pytest.fixture
def bring(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """`bring(bytes, options...)`: the command as typed, on this test's database."""

    class Here:
        @contextmanager
        def app_context(self) -> Iterator[None]:
            yield

    monkeypatch.setattr("voice.command._make_app", Here)

    def run(content: bytes | str, *options: str, slug: str = "way") -> Result:
        file = tmp_path / "words.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return CliRunner().invoke(voice, ["submissions", "import", str(file), "--activity", slug, *options])

    return run


def said() -> list[str]:
    storage.session().rollback()
    return sorted(storage.session().scalars(select(View.words)))


def test_every_row_is_a_submission_of_its_own(bring, app: Flask) -> None:  # type: ignore[no-untyped-def]
    an_open_activity()
    result = bring("text\nmore buses\nmore buses\n\nit’s dark\n")
    assert (result.exit_code, result.stdout) == (0, "3 brought in, 1 empty.\n")
    assert said() == ["it’s dark", "more buses", "more buses"]
    row = storage.session().scalars(select(Submission)).first()
    assert row
    assert (row.way_in, row.speaker, row.answers) == ("import", "young_person", {})
    assert storage.session().scalars(select(View.question)).first() == "bus"


def test_the_same_file_again_adds_nothing_and_a_longer_one_only_what_is_new(bring, app: Flask) -> None:  # type: ignore[no-untyped-def]
    an_open_activity()
    bring("text\nyes\nno\n")
    assert bring("text\nyes\nno\n").stdout == "0 brought in, 2 here before.\n"
    assert bring("text\nyes\nyes\nno\n").stdout == "1 brought in, 2 here before.\n"
    assert said() == ["no", "yes", "yes"]


def test_rows_with_an_id_are_known_by_it(bring, app: Flask) -> None:  # type: ignore[no-untyped-def]
    an_open_activity()
    bring("n,comment\n1,yes\n2,yes\n", "--id", "n")
    result = bring("n,comment\n2,yes\n1,changed\n,no id\n3,new\n", "--id", "n")
    assert result.exit_code == 1
    assert result.stdout == "1 brought in, 1 here before, 2 could not be kept.\n"
    assert "line 3: this id came in before with other words, and those are kept" in result.stderr
    assert "line 4: its id is empty" in result.stderr
    assert said() == ["new", "yes", "yes"]


def test_a_bad_row_is_named_by_its_line_and_the_rest_is_kept(bring, app: Flask) -> None:  # type: ignore[no-untyped-def]
    an_open_activity()
    result = bring("text,n\nfine’,1\n".encode() + b"bad \xff,2\nalone\n" + b"a" * 10_001 + b",3\n\xe2\x80\x99,4\n")
    assert result.exit_code == 1
    assert result.stdout == "2 brought in, 3 could not be kept.\n"
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["line 3", "line 4", "line 5"]


def test_letters_of_an_old_windows_file_come_in_right_and_it_says_so(bring, app: Flask) -> None:  # type: ignore[no-untyped-def]
    an_open_activity()
    result = bring("text\nit’s dark\n".encode("cp1252"))
    assert "Windows-1252" in result.stderr
    assert said() == ["it’s dark"]


def test_what_cannot_be_brought_in_at_all_is_one_clear_line(bring, app: Flask) -> None:  # type: ignore[no-untyped-def]
    an_open_activity()
    only_picking = {**SHORT, "name": "picking", "questions": SHORT["questions"][:1]}
    an_open_activity("picking", document=only_picking, readers=False)
    for content, options, slug, words in (
        ("text\nhi\n", (), "nowhere", "no activity “nowhere”"),
        ("a,b\n1,2\n", (), "way", "“a”, “b”"),
        ("a,b\n1,2\n", ("--text", "c"), "way", "no one column “c”"),
        ("", (), "way", "empty"),
        ("text\nhi\n", (), "picking", "asks nothing in words"),
    ):
        result = bring(content, *options, slug=slug)
        assert result.exit_code == 1
        assert words in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1
    assert said() == []


def test_what_was_taken_back_is_left_out(bring, app: Flask) -> None:  # type: ignore[no-untyped-def]
    an_open_activity()
    bring("text\nyes\nno\n")
    view = storage.session().scalars(select(View).where(View.words == "yes")).one()
    keeping.erase(view.submission_id)
    storage.commit()
    assert bring("text\nyes\nno\n").stdout == "0 brought in, 1 here before, 1 taken back before, and left out.\n"
    assert said() == ["no"]


def test_the_leads_get_one_letter_each_for_all_that_worries_us(bring, app: Flask) -> None:  # type: ignore[no-untyped-def]
    an_open_activity()
    bring("text\nmy stepdad hits me every night\nmy stepdad hits me every day\nmore buses\n")
    outbox = app.extensions["voice.settings"].data / "outbox"
    letters = [file.read_text() for file in outbox.glob("*.eml")]
    assert len(letters) == 2
    assert all("stepdad" not in letter for letter in letters)
    assert safeguarding.waiting() == 2
    assert safeguarding.alert_leads() == 0


def test_when_their_letter_cannot_be_sent_the_worker_still_writes(bring, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    an_open_activity()

    def no_post(*_: str) -> None:
        raise post.NotSent

    with monkeypatch.context() as without:
        without.setattr(post, "send", no_post)
        assert bring("text\nmy stepdad hits me every night\n").exit_code == 0
    assert storage.session().scalars(select(Screening.alerted_at)).one() is None
    assert safeguarding.alert_leads() == 1


def test_a_thousand_rows_come_in_over_more_than_one_transaction(bring, app: Flask, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    an_open_activity()
    with (tmp_path / "many.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["text"], *([f"row {number}"] for number in range(1001))])
    assert bring((tmp_path / "many.csv").read_bytes()).stdout == "1,001 brought in.\n"
    assert len(said()) == 1001
