"""Tags name issues, never children: what we write is checked, owned, and looked at once a year. Bar P12."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.making import a_plan, a_priority, a_theme, a_view, an_activity, the
from tests.reading import Visitor
from tests.rooms.safeguarding.phrases import lines
from voice import audit, storage, understanding
from voice.audit.models import AuditRow
from voice.caring import labels_a_child, rather
from voice.understanding import labels
from voice.understanding.rules import is_overdue

Tell = Callable[[str, object], None]
WHY = "These are the young people’s own words."


@pytest.mark.parametrize("word", sorted(rather()))
def test_every_word_of_the_list_is_found_however_it_is_written(word: str) -> None:
    for sentence in (f"The {word} again", word.upper(), f"({word.replace(' ', '-')})"):
        assert word in [found for found, _better in labels_a_child(sentence)], sentence
    assert all(len(better) > 2 and better != word for found, better in labels_a_child(word))


def test_the_list_is_long_enough_and_leaves_ordinary_sentences_alone(record_property: Tell) -> None:
    sentences = [text for name in ("ordinary", "ordinary_unseen", "ordinary_last", "service_comments") for text in lines(name)]
    touched = [text for text in sentences if labels_a_child(text)]
    record_property("budget", f"language that cares: {len(rather())} words; {len(touched)} of {len(sentences)} ordinary sentences touched")
    assert len(rather()) >= 80
    assert len(touched) <= 0.01 * len(sentences), touched
    assert labels_a_child("We feel unsafe on the bus") == []


def test_a_theme_that_labels_a_child_stays_only_with_a_reason(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    view, priority = a_view(), a_priority("1")
    understanding.confirm(view, [priority.id], the("officer"))
    storage.commit()
    officer = signed_in("officer")
    officer.open("/work/themes/new?priority=1")
    page = officer.press("Make this theme", status=400, you_said="Naughty boys wait for the bus", view=[str(view)])
    assert "may label a child" in page.words
    officer.press("Make this theme", why=WHY)
    assert reasons("theme made") == [WHY]


def test_a_group_that_labels_children_stays_only_with_a_reason(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    an_activity("my-week")
    officer = signed_in("officer")
    officer.open("/work/asking/my-week/groups/new")
    page = officer.press("Make the group", status=400, name="Hard to reach boys", kind="class")
    assert "may label a child" in page.words
    officer.press("Make the group", kept_because=WHY)
    assert reasons("words kept") == [WHY]


def test_an_answer_that_labels_children_stays_only_with_a_reason(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    a_theme("Buses stop too early", heard=True)
    officer = signed_in("officer")
    officer.open("/work/answers/buses-stop-too-early")
    day = storage.today() + timedelta(days=30)
    typed = {"state": "doing", "words": "We talk to disengaged children.", "owner_role": "Head", "organisation": "County", "due_on": str(day)}
    page = officer.press("Save the draft", status=400, **typed)
    assert "may label a child" in page.words
    officer.press("Save the draft", kept_because=WHY)
    assert reasons("words kept") == [WHY]


def test_nothing_that_labels_a_child_was_kept_without_its_reason(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    """Every form whose words we keep about children refuses each word of the list without a reason."""
    from voice.answering.forms import AnswerForm, SettleForm
    from voice.inviting.forms import GroupForm
    from voice.reading.export_forms import AskForm
    from voice.understanding.forms import AlikeForm, OwnerForm, SentenceForm, ThemeForm

    with app.test_request_context():
        for kind in (AnswerForm, SettleForm, GroupForm, AskForm, AlikeForm, OwnerForm):
            assert kind.looked_at
            for name in kind.looked_at:
                for word in rather():
                    form = kind(formdata=None, data={name: f"A {word} one"}, meta={"csrf": False})
                    form.validate()
                    assert any("may label a child" in str(error) for error in form[name].errors), (kind, name, word)
                    assert form.asks_why
        for kind in (SentenceForm, ThemeForm):
            form = kind(formdata=None, data={"you_said": "naughty"}, meta={"csrf": False})
            form.validate()
            assert "may label a child" in str(form.you_said.errors)


def test_every_tag_has_an_owner_and_a_day_and_is_asked_about_after_a_year(
    app: Flask, signed_in: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_plan()
    officer = signed_in("officer")
    page = officer.open("/work/tags")
    assert "Nobody has looked at it since" not in page.words
    first: uuid.UUID = labels.labels()[0].priority_id
    labels.look_at(first, "Head of transport", the("officer"))
    storage.commit()
    assert labels.labels()[0].owner == "Head of transport"
    later = storage.today() + timedelta(days=366)
    monkeypatch.setattr("voice.understanding.labels.today", lambda: later)
    assert labels.how_many_overdue() == len(labels.labels())
    page = officer.open("/work/themes")
    assert "were not looked at for a year" in page.words
    labels.look_at(first, "Head of transport", the("officer"))
    storage.commit()
    assert not labels.labels()[0].is_overdue
    assert [each.what for each in audit.about("priority", first)] == ["tag looked at", "tag looked at"]


def test_an_officer_says_who_owns_a_tag(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    a_plan()
    officer = signed_in("officer")
    officer.open("/work/tags")
    officer.press("Its words are still right", owner="Head of transport")
    assert "Head of transport" in {each.owner for each in labels.labels()}
    page = officer.press("Its words are still right", status=400, owner=" ")
    assert "Name the role that owns it." in page.words


def test_a_year_is_a_year() -> None:
    assert not is_overdue(storage.today() - timedelta(days=365), storage.today())
    assert is_overdue(storage.today() - timedelta(days=366), storage.today())


def reasons(what: str) -> list[str | None]:
    storage.session().expire_all()
    return [row.why for row in storage.session().scalars(select(AuditRow).where(AuditRow.what == what))]
