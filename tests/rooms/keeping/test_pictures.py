"""Pictures at rest: kept, served, scanned, let go, held against their files (bars S8, S9, G9, R11)."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from PIL import Image
from sqlalchemy import select, update

from tests.making import a_picture, a_submission, clean_picture
from tests.reading import Visitor
from tests.rooms.keeping.scanner import EICAR, Scanner, a_scanner
from voice import keeping, storage
from voice.command import voice
from voice.config import settings
from voice.imaging import SIZES
from voice.keeping import scanning, tidying
from voice.keeping.leaving import named
from voice.keeping.lifetimes import lifetimes_of
from voice.keeping.picture_models import Picture
from voice.safeguarding.watching import stopped
from voice.storage.files import StoreAway, files

on_sqlite = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
Tell = Callable[[str, object], None]
LATER = timedelta(hours=2)


@pytest.fixture(autouse=True)
def _own_rules(app: Flask) -> Iterator[None]:
    """What tests provide goes again."""
    gate, lives, told = app.extensions.get("voice.picture gate"), vars(lifetimes_of()).copy(), settings()
    yield
    app.extensions["voice.picture gate"], app.extensions["voice.settings"] = gate, told
    vars(lifetimes_of()).update(lives)
    told.taken_back.unlink(missing_ok=True)


@pytest.fixture
def scanner(app: Flask) -> Iterator[Scanner]:
    with a_scanner() as found:
        app.extensions["voice.settings"] = replace(settings(), scanner=found.address)
        yield found


def everyone_sees_all(app: Flask) -> None:
    keeping.provide_gate(app, lambda ids: ids)


def kept(colour: str = "teal", **more: str) -> keeping.KeptPicture:
    picture_id = a_picture(a_submission(f"With a picture in {colour}.").submission_id, colour=colour, **more)
    return keeping.pictures([picture_id])[picture_id]


def address(picture: keeping.KeptPicture, size: str = "card") -> str:
    return f"/pictures/{picture.file}/{size}.webp"


def lock(picture: keeping.KeptPicture) -> None:
    lifetimes_of().lock_pictures("the lead", lambda: select(Picture.id).where(Picture.file == picture.file))


def unlock() -> None:
    lifetimes_of().lock_pictures("the lead", lambda: select(Picture.id).where(Picture.file == ""))


def test_kept_found_and_taken_back(app: Flask) -> None:
    sent = a_submission()
    picture_id = keeping.keep_picture(sent.submission_id, "mine", clean_picture(), kind="selfie", alt="  A boat  ", cover_faces=True)
    storage.commit()
    found = keeping.pictures_of([sent.submission_id])[sent.submission_id]
    assert [each.id for each in found] == [picture_id]
    assert (found[0].alt, found[0].cover_faces, found[0].kind, found[0].likeness) == ("A boat", True, "selfie", clean_picture().likeness)
    assert keeping.picture_named(found[0].file) == found[0]
    assert set(files().names()) == {named(found[0].file, size) for size in SIZES}
    keeping.erase(sent.submission_id)
    storage.commit()
    assert keeping.pictures([picture_id]) == {}
    assert list(files().names()) == []


@on_sqlite
def test_a_likeness_of_64_bits_comes_back_as_it_was(app: Flask) -> None:
    sent = a_submission()
    clean = replace(clean_picture(), likeness=2**64 - 2)
    picture_id = keeping.keep_picture(sent.submission_id, "mine", clean, kind="card")
    storage.commit()
    assert keeping.pictures([picture_id])[picture_id].likeness == 2**64 - 2


def test_the_same_words_with_another_picture_are_not_the_same(app: Flask) -> None:
    key = str(uuid.uuid4())

    def send(*attached: str) -> keeping.Kept:
        return keeping.keep(key, activity_id=None, answers={}, words=[("pledge", "I will walk")], attached=attached)

    first = send("a" * 64)
    assert send("a" * 64).words == first.words
    for other in ((), ("b" * 64,), ("a" * 64, "b" * 64)):
        with pytest.raises(keeping.DifferentWords):
            send(*other)
    storage.session().rollback()


@on_sqlite
def test_nothing_is_kept_where_the_store_is_away(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = a_submission()

    def full(name: str, data: bytes) -> None:
        raise StoreAway("No space left on device")

    monkeypatch.setattr(files(), "put", full)
    with pytest.raises(StoreAway):
        keeping.keep_picture(sent.submission_id, "mine", clean_picture(), kind="card")
    assert keeping.pictures_of([sent.submission_id]) == {}


@on_sqlite
def test_other_pixels_come_under_another_name_and_the_old_are_gone(app: Flask) -> None:
    before = kept()
    keeping.replace_picture(before.id, clean_picture("red"))
    storage.commit()
    after = keeping.pictures([before.id])[before.id]
    assert after.file != before.file
    assert set(files().names()) == {named(after.file, size) for size in SIZES}


@on_sqlite
def test_served_inertly_and_only_where_the_gate_says_so(app: Flask, visitor: Visitor) -> None:
    picture = kept()
    assert visitor.client.get(address(picture)).status_code == 404, "no gate: nobody"
    everyone_sees_all(app)
    answer = visitor.client.get(address(picture))
    assert answer.status_code == 200
    wanted = {
        "Content-Type": "image/webp",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "Content-Disposition": 'inline; filename="picture.webp"',
        "Cache-Control": "public, max-age=0, must-revalidate",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {name: answer.headers[name] for name in wanted} == wanted
    assert "Set-Cookie" not in answer.headers
    assert Image.open(io.BytesIO(answer.data)).format == "WEBP"
    again = visitor.client.get(address(picture), headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    for wrong in (f"/pictures/{picture.file}/original.webp", "/pictures/..%2F..%2Fvoice.db/card.webp", f"/pictures/{'0' * 30}/card.webp"):
        assert visitor.client.get(wrong).status_code == 404
    keeping.erase(picture.submission_id or uuid.uuid4())
    storage.commit()
    gone = visitor.client.get(address(picture), headers={"If-None-Match": answer.headers["ETag"]})
    assert gone.status_code == 404


@on_sqlite
def test_what_the_scanner_found_clean_is_open_and_nothing_else(app: Flask, visitor: Visitor, scanner: Scanner, record_property: Tell) -> None:
    everyone_sees_all(app)
    clean, bad = kept(), kept("red")
    files().put(named(bad.file, "full"), EICAR)
    assert {visitor.client.get(address(each)).status_code for each in (clean, bad)} == {404}, "not looked at yet"
    assert scanning.scan_what_waits() == 2
    storage.commit()
    assert [keeping.pictures([each.id])[each.id].scanned for each in (clean, bad)] == ["clean", "found"]
    assert [visitor.client.get(address(each)).status_code for each in (clean, bad)] == [200, 404]
    assert scanning.scan_what_waits() == 0, "each once"
    app.extensions["voice.settings"] = replace(settings(), scanner=None)
    assert visitor.client.get(address(bad)).status_code == 404, "once found is found"
    record_property("budget", "S9: ClamAV clean, EICAR, slow, erring, hanging up, away: 0 pictures let through; tried 5 times, then an alarm")


@on_sqlite
@pytest.mark.parametrize("how", ["slow", "error", "hangs up", "away"])
def test_a_scanner_that_does_not_answer_lets_nothing_through(
    app: Flask, visitor: Visitor, scanner: Scanner, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    everyone_sees_all(app)
    monkeypatch.setattr(scanning, "SECONDS", 0.2)
    monkeypatch.setattr(scanning.scan, "__defaults__", (0.2,))
    if how == "away":
        app.extensions["voice.settings"] = replace(settings(), scanner="tcp://127.0.0.1:1")
    scanner.how = how
    picture, moment = kept(), storage.now()
    for tried in range(1, scanning.TRIES + 1):
        monkeypatch.setattr(scanning, "now", lambda tried=tried: moment + tried * LATER)
        assert scanning.scan_what_waits() == 0
        storage.commit()
        assert scanning.scan_what_waits() == 0, "not at once again"
        assert visitor.client.get(address(picture)).status_code == 404
        assert ("scanner" in stopped()) is (tried == scanning.TRIES)
    assert keeping.pictures([picture.id])[picture.id].scanned == "error"
    well(app, scanner)
    monkeypatch.setattr(scanning, "now", lambda: moment + 20 * LATER)
    assert scanning.scan_what_waits() == 1, "put right, it is open by itself"
    storage.commit()
    assert visitor.client.get(address(picture)).status_code == 200
    assert "scanner" not in stopped()


def well(app: Flask, scanner: Scanner) -> None:
    scanner.how = "well"
    app.extensions["voice.settings"] = replace(settings(), scanner=scanner.address)


@on_sqlite
def test_a_locked_picture_stays_when_the_rest_is_taken_back(app: Flask) -> None:
    picture, other = kept(alt="my street"), kept("red")
    lock(picture)
    keeping.erase(picture.submission_id or uuid.uuid4())
    storage.commit()
    left = keeping.pictures([picture.id])[picture.id]
    assert (left.submission_id, left.alt) == (None, ""), "joined to nothing"
    assert keeping.picture_bytes(left.file, "thumb")
    assert let_go() == 0
    unlock()
    assert let_go() == 1
    assert keeping.pictures([picture.id, other.id]).keys() == {other.id}
    assert set(files().names()) == {named(other.file, size) for size in SIZES}


def let_go(days: int = 0) -> int:
    """What the rules of pictures let go, so many days from now."""
    on = storage.today() + timedelta(days=days)
    rules = {name: rule for name, rule in keeping.retention_of().all().items() if "picture" in name}
    due = sum(rule.due(on) for rule in rules.values())
    gone = sum(rule.remove(on, 40) for rule in rules.values())
    storage.commit()
    assert gone == due
    return gone


@on_sqlite
def test_a_picture_ends_when_its_sender_said_and_soon_after_it_was_refused(app: Flask) -> None:
    ends, refused, locked, stays = (kept(colour) for colour in ("teal", "red", "green", "blue"))
    today = storage.today()
    storage.session().execute(update(Picture).where(Picture.id.in_([ends.id, locked.id])).values(ends_on=today + timedelta(days=2)))
    lifetimes_of().refuse_pictures(lambda: select(Picture.id, Picture.received_on).where(Picture.id == refused.id))
    lock(locked)
    assert [let_go(days) for days in (0, 2, 3, 6, 7)] == [0, 0, 1, 0, 1]
    assert keeping.pictures([ends.id, refused.id, locked.id, stays.id]).keys() == {locked.id, stays.id}


@on_sqlite
def test_files_and_rows_that_do_not_agree_are_found_and_mended(app: Flask, record_property: Tell) -> None:
    whole, torn, lost = kept(), kept("red"), kept("green")
    files().put("0" * 30 + "-full.webp", b"of nobody")
    files().delete(named(torn.file, "thumb"))
    for size in SIZES:
        files().delete(named(lost.file, size))
    assert tidying.look().without_row == (), "too young to be nobody’s"
    found = tidying.look(storage.now() + LATER)
    assert found.without_row == ("0" * 30 + "-full.webp",)
    assert (found.torn, found.lost) == ({torn.file: ("thumb",)}, (lost.file,))
    assert tidying.mend(found) == tidying.Mended(1, 1, 0)
    assert tidying.look(storage.now() + LATER) == tidying.Found(6, 3, lost=(lost.file,))
    with pytest.raises(tidying.FilesLost, match=r"pictures without files: 1"):
        tidying.tidy_up()
    assert tidying.mend(found, forget_lost=True).forgotten == 1
    storage.commit()
    assert tidying.tidy_up() == 0
    assert keeping.pictures([whole.id, torn.id, lost.id]).keys() == {whole.id, torn.id}
    record_property("budget", "R11: rows without files and files without rows are found both ways, and mended: 0 left")


@on_sqlite
def test_another_database_removes_no_files(app: Flask) -> None:
    """Started by mistake on an empty database, beside everybody’s pictures."""
    for number in range(25):
        files().put(f"{number:030}-full.webp", b"of somebody")
    found = tidying.look(storage.now() + LATER)
    assert found.is_suspicious
    assert tidying.mend(found).removed == 0
    assert tidying.mend(found, all_files=True).removed == 25


@on_sqlite
def test_the_command_says_what_is_wrong_and_mends_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voice.command._make_app", lambda: app)
    torn = kept()

    def run(*words: str) -> Result:
        storage.session().rollback()
        return CliRunner().invoke(voice, ["files", *words])

    assert run("check").output == "3 files, 1 pictures\n"
    files().delete(named(torn.file, "card"))
    wrong = run("check")
    assert (wrong.exit_code, f"picture without its size card: {torn.file}" in wrong.output) == (1, True)
    assert run("mend").output == "0 files removed, 1 made again, 0 pictures forgotten\n"
    for size in SIZES:
        files().delete(named(torn.file, size))
    assert "Restore them from a backup" in run("mend").output
    assert run("mend", "--forget-lost").exit_code == 0
    assert run("check").output == "0 files, 0 pictures\n"
