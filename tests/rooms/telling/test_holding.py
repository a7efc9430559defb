"""Subject access: a person brings a receipt; they get all that is theirs, and nothing tells whether anyone was worried."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.making import a_picture, a_plan, a_submission, a_theme, a_view, the
from tests.reading import Visitor
from voice import audit, keeping, reading, safeguarding, storage
from voice.audit.models import AuditRow

SignIn = Callable[..., Visitor]
BUS = "The bus comes <b>once</b> a day & late."


@pytest.fixture
def officer(app: Flask, signed_in: SignIn) -> Visitor:
    a_plan()
    return signed_in("officer")


def the_file(officer: Visitor, kept: keeping.Kept, kind: str = "txt") -> str:
    token = officer.open("/work/what-we-hold").one("main input[name=csrf_token]")["value"]
    reply = officer.client.post("/work/what-we-hold", data={"csrf_token": token, "words": " ".join(kept.words), "kind": kind})
    assert reply.status_code == 200
    assert "attachment" in reply.headers["Content-Disposition"]
    return reply.text


def test_the_file_holds_their_words_what_was_decided_and_where_they_went(officer: Visitor) -> None:
    kept = a_submission(BUS)
    reading.clear(kept.view_ids, the("officer"))
    a_theme("Buses stop too early for us.", views=[*kept.view_ids, a_view(), a_view()])
    text = the_file(officer, kept)
    for words in (BUS, "cleared", "Buses stop too early for us.", "11_13", storage.today().isoformat()):
        assert words in text
    assert "safeguarding lead" in text


def test_of_a_picture_there_are_words_alone(officer: Visitor) -> None:
    kept = a_submission(BUS)
    picture_id = a_picture(kept.submission_id, question="would_change", alt="My bus stop")
    text = the_file(officer, kept)
    assert "A picture they sent" in text
    assert "My bus stop" in text
    assert keeping.pictures([picture_id])[picture_id].file not in text


def test_the_same_as_data(officer: Visitor) -> None:
    kept = a_submission(BUS)
    assert BUS.replace('"', '\\"') in the_file(officer, kept, "json")


def test_nothing_in_it_tells_whether_someone_was_worried(officer: Visitor) -> None:
    calm, worrying = a_submission("My dad bakes for me."), a_submission("My dad hits me.")
    assert safeguarding.waiting() == 1
    files = [the_file(officer, kept).replace(words, "…") for kept, words in ((calm, "My dad bakes for me."), (worrying, "My dad hits me."))]
    assert files[0] == files[1]


def test_all_five_words_may_be_typed_into_the_first_box(visitor: Visitor) -> None:
    kept = a_submission(BUS)
    visitor.open("/your-receipt")
    found = visitor.press("See what we did", word=list(kept.words)).heading
    box = visitor.open("/your-receipt").soup.select("[name=word]")[0]
    in_one = "    ".join(f"{place}) {word}," for place, word in enumerate(kept.words, 1))
    assert 40 < len(in_one) <= int(str(box["maxlength"]))
    assert visitor.press("See what we did", word=[in_one, "", "", "", ""]).heading == found


def test_reading_it_is_on_record_and_the_record_holds_no_words(officer: Visitor) -> None:
    kept = a_submission(BUS)
    the_file(officer, kept)
    entry = audit.about("submission", kept.submission_id)[-1]
    assert entry.what == "read by receipt"
    assert entry.who
    rows = storage.session().query(AuditRow).all()
    assert not any("once" in (row.why or "") + row.what + row.about_id for row in rows)


def test_a_young_person_who_uses_their_receipt_is_on_record_as_nobody(visitor: Visitor, app: Flask) -> None:
    a_plan()
    kept = a_submission(BUS)
    visitor.open("/your-receipt")
    visitor.press("See what we did", word=list(kept.words))
    entry = audit.about("submission", kept.submission_id)[-1]
    assert (entry.what, entry.who) == ("receipt used", None)


@pytest.mark.parametrize(
    ("words", "says"), [("one two", "There are five words"), ("leef sun sun sun sun", "We do not know"), ("", "There are five words")]
)
def test_words_that_are_not_right_are_met_kindly(officer: Visitor, words: str, says: str) -> None:
    officer.open("/work/what-we-hold")
    assert says in officer.press("Make the file to read", words=words, status=404).words


def test_what_was_taken_back_is_gone(officer: Visitor) -> None:
    kept = a_submission(BUS)
    keeping.erase(kept.submission_id)
    storage.commit()
    officer.open("/work/what-we-hold")
    assert "taken back" in officer.press("Make the file to read", words=" ".join(kept.words), status=404).words
