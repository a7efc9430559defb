"""Whatever runs is written down: columns, pages, connections, what a phone keeps, words about help (P13). Some words are never said (G11)."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.making import a_member, an_activity, people_to_read, sign_in
from voice import contacting
from voice.extensions import db
from voice.facts import missing, words
from voice.facts.declared import ROOT, Unclear, data_map, written
from voice.facts.holes import columns_undeclared
from voice.facts.live import READS
from voice.web import catalogues
from voice.web.locale import LANGUAGES, with_words

SPOKEN = [code for code in with_words(LANGUAGES) if code != "qps"]
CONNECTS = (
    *(
        "socket",
        "ssl",
        "smtplib",
        "requests",
        "urllib.request",
        "http.client",
        "httpx",
        "obstore",
        "aiohttp",
        "ftplib",
        "imaplib",
        "poplib",
        "telnetlib",
        "xmlrpc",
    ),
    *(
        "telnetlib",
        "xmlrpc",
        "asyncio",
        "authlib",
        "urllib3",
        "psycopg",
        "boto3",
        "obstore",
        "celery",
        "redis",
        "grpc",
        "paramiko",
        "websockets",
        "subprocess",
    ),
)
OPENS_NO_CONNECTION = {
    "voice.identity.passkeys",  # reads what a browser sent
    "voice.imaging.apart",  # starts a process of ours
    "voice.understanding.refitting",  # as well
}


def test_everything_that_runs_is_written_down(app: Flask, record_property: pytest.FixtureRequest) -> None:
    assert missing(app) == []
    tables = data_map().tables.values()
    columns = sum(len(each.columns) for each in tables)
    record_property("budget", f"P13: {columns} columns of {len(tables)} tables have what, purpose, basis, readers and end")  # type: ignore[operator]


def test_a_column_or_table_nobody_wrote_down_is_named_and_so_is_one_that_is_no_more(app: Flask) -> None:
    metadata = sa.MetaData()
    for table in db.metadata.sorted_tables:
        table.to_metadata(metadata)
    metadata.tables["view"].append_column(sa.Column("shoe_size", sa.Integer))
    sa.Table("gossip", metadata, sa.Column("words", sa.String))
    metadata.remove(metadata.tables["tone"])
    assert list(columns_undeclared(data_map(), metadata)) == [
        "data_map.yaml has no entry for the table gossip.",
        "data_map.yaml speaks of a table tone that is not there.",
        "data_map.yaml has no entry for the column view.shoe_size.",
    ]
    written_down = copy.deepcopy(written("data_map"))
    written_down["tables"]["view"]["columns"]["mood"] = "How they felt"
    assert list(columns_undeclared(data_map(written_down), db.metadata)) == ["data_map.yaml speaks of a column view.mood that is not there."]


@pytest.mark.parametrize(("lacks", "named"), [("readers", "readers"), ("basis", "basis"), ("ends", "ends")])
def test_an_entry_that_lacks_something_is_refused_by_name(lacks: str, named: str) -> None:
    written_down = copy.deepcopy(written("data_map"))
    del written_down["tables"]["view"][lacks]
    with pytest.raises(Unclear, match=f"view lacks or adds {named}"):
        data_map(written_down)


def test_only_the_modules_that_are_named_may_open_a_connection() -> None:
    found = {name for name, imported in _imports() if any(imported == each or imported.startswith(each + ".") for each in CONNECTS)}
    found |= {name for name, imported in _imports() if imported.endswith("create_engine")} | {"voice.storage.session"}
    assert found - OPENS_NO_CONNECTION == set(written("outbound")["modules"])


def _imports() -> Iterator[tuple[str, str]]:
    """(module, what it imports), for every import of the program wherever it stands."""
    for file in sorted((ROOT / "voice").rglob("*.py")):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((name, each.name) for each in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield name, node.module or ""
                yield from ((name, f"{node.module}.{each.name}") for each in node.names)


def test_what_scripts_keep_on_a_phone_is_written_down() -> None:
    kept = written("on_the_phone")
    for file in sorted((ROOT / "voice/web/static/js").glob("*.js")):
        code = file.read_text(encoding="utf-8")
        names = dict(re.findall(r"\b([A-Z]+) = [\"`]([^\"`$]+)", code))
        for place, area in (("local_storage", "localStorage"), ("session_storage", "sessionStorage")):
            asked = re.findall(rf"{area}\.(?:get|set|remove)Item\(([^,)]+)", code)
            assert {names.get(each, each.strip('"')) for each in asked} <= set(kept[place]), file.name
            assert not re.search(rf"{area}(?!\.(getItem|setItem|removeItem|clear)\b)", code.replace(f"{area} ", "")), file.name
        assert {names.get(each, each) for each in re.findall(r"indexedDB\.open\(([^,)]+)", code)} <= set(kept["indexed_db"]), file.name
        assert {names.get(each, each) for each in re.findall(r"caches\.open\(([A-Z]+)", code)} <= {
            each.replace("RELEASE", "") for each in kept["cache_storage"]
        }
        assert "document.cookie" not in code, file.name


def test_evidence_is_there() -> None:
    code, threats = written("childrens_code"), written("threats")["threats"]
    assert [each["id"] for each in code] == list(range(1, 16))
    assert [each["id"] for each in threats] == [f"T{number}" for number in range(1, 12)]
    assert all(each["left"] and each["controls"] and each["worst"] for each in threats)
    shown = [(each["id"], path) for each in (*code, *threats) for path in each["evidence"]]
    assert not [each for each in shown if not (ROOT / each[1]).exists()]
    assert {each["id"] for each in (*code, *threats)} == {id for id, _ in shown}
    assert all(each["can_surrender"] and each["cannot"] for each in written("threats")["machines"])


def test_a_measured_figure_says_how_and_when() -> None:
    rows = [each for rows in written("measured").values() for each in rows]
    assert rows
    assert all(each["what"] and each["figure"] and each["command"] and date.fromisoformat(each["date"]) for each in rows)


def test_every_reading_of_raw_words_is_counted_in_the_facts() -> None:
    named = set()
    for file in (ROOT / "voice").rglob("*.py"):
        named |= set(re.findall(r"audit\.read_raw\([^,]+(?:\(\)\.id)?, \"([^\"]+)\"", file.read_text(encoding="utf-8")))
    assert len(named) >= 4
    assert named <= set(READS)


# --- words


def test_words_about_help_are_found_by_what_they_speak_of() -> None:
    for text in ("Call 999 now.", "You can talk to Childline.", "Are you safe?", "We worry about you.", "Someone will help.", "Can we contact you?"):
        assert words.ABOUT_HELP.search(text), text
    for text in ("All pledges", "Pick a face.", "Next"):
        assert not words.ABOUT_HELP.search(text), text


def test_words_about_help_have_somebody_and_a_day_or_say_that_nobody_approved_them() -> None:
    entries = words.help_entries()
    assert len(entries) >= 90
    assert all(each.by is None or len(each.by) >= 3 for each in entries)
    assert all(each.on <= date(2100, 1, 1) for each in entries)
    assert len({each.words for each in entries}) == len(entries)


def test_a_new_string_about_help_without_an_entry_is_named(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    known = words.help_words_of()
    monkeypatch.setattr("voice.facts.holes.help_words_of", lambda: known | {"Ring 999 when it burns."})
    assert missing(app) == ["help_words.yaml has no entry for “Ring 999 when it burns.”."]


@pytest.mark.parametrize("code", SPOKEN)
def test_words_that_are_never_said_are_not_said(code: str, record_property: pytest.FixtureRequest) -> None:
    said = list(words.said_in(code))
    assert len(said) >= 500
    assert not [(text, banned) for english, text in said if (banned := words.banned_in(code, text, english))]
    record_property("budget", f"G11: {len(said)} texts for young people in {code}: no word that is never said")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("code", "bad", "fine"),
    [
        ("en", "We will keep you safe. It is a secret!", "Your class’s secretary is safe."),
        ("easy", "Are you sure?", "Are you safe?"),
        ("cy", "Mae’n gyfrinach, ac yn ddienw.", "Wyt ti’n ddiogel? Dyweda wrthon ni."),
        ("pl", "To zostanie tajemnicą. Obiecujemy.", "Zgłoś się do nas. Ofiaruj czas."),
        ("ro", "Promitem că e secret și anonim.", "Sigur poți sări peste. A compromite nu ajută."),
        ("uk", "Обіцяємо: це таємниця, анонімно.", "Твоє повідомлення дійшло."),
        ("ur", "یہ راز ہے، وعدہ ہے۔", "تمہاری آواز اور انداز محفوظ ہیں، ناراض نہ ہو۔"),
    ],
)
def test_words_that_only_look_alike_are_let_through(code: str, bad: str, fine: str) -> None:
    assert words.banned_in(code, bad)
    assert words.banned_in(code, fine) == []


def test_every_language_bans_the_same() -> None:
    meanings = {code: " ".join(words.banned(code)) for code in SPOKEN}
    for each in ("secret", "confidential", "anonymous", "promise", "we will keep you safe", "report", "victim", "are you sure"):
        assert not [code for code, what in meanings.items() if each not in what], each


def test_what_may_be_said_after_all_says_why() -> None:
    allowed = written("banned_words")["allowed"]
    assert all(len(each["because"]) > 20 and re.compile(each["english"]) for each in allowed)
    listed = [text for name in words.CHILDREN for text in words.english(name)]
    assert not [each for each in allowed if not any(re.search(each["english"], text) for text in listed)], "nothing needs this any more"


def test_replies_are_approved_by_name() -> None:
    assert all(each.approved_by and each.approved_on for each in contacting.replies(lead=True))
    assert Path(catalogues.FOLDER / "messages.pot").exists()


def test_only_the_cookies_that_are_named_are_set_and_none_on_a_young_persons_phone(app: Flask) -> None:
    people_to_read()
    an_activity()
    a_member("officer", email="officer@demo.example")
    child, officer = app.test_client(), sign_in(app, "officer@demo.example")
    for page in ("/", "/take-part/my-week", "/help-now", "/privacy", "/your-receipt"):
        assert "Set-Cookie" not in child.get(page).headers, page
    found = {f"__Host-{cookie.key}" for cookie in officer.client._cookies.values()}
    assert found
    assert found <= set(written("on_the_phone")["cookies"])
