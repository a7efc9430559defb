"""Answers as they were before an answer had a history, and back: with what is public in them, on both databases."""

from __future__ import annotations

import uuid

from flask import Flask
from sqlalchemy import text

from tests.making import a_theme, an_answer, the
from voice import answering, storage
from voice.extensions import db
from voice.storage import migrate


def _rows(sql: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return sorted(tuple(row) for row in connection.execute(text(sql)))  # type: ignore[type-var]


def test_what_is_public_comes_through_both_ways(app: Flask) -> None:
    plain, renewed, other = a_theme(heard=True), a_theme("The park is dark.", heard=True), a_theme("Clubs cost a lot.", heard=True)
    an_answer(plain, words="One answer.", verdict="fair")
    answer_id = an_answer(renewed, words="What everyone reads.", verdict="not_yet")
    an_answer(renewed, words="What nobody has read yet.", published=False)
    answering.add_theme(answer_id, other, the("officer"))
    answering.send_to_board(answer_id, the("officer"))
    answering.judge(answer_id, the("board_member"), "fair")
    storage.commit()
    db.session.remove()
    migrate.downgrade("0007")
    kept = _rows("SELECT words, published_on IS NOT NULL FROM answer")
    assert [(words, bool(out)) for words, out in kept] == [("One answer.", True), ("What everyone reads.", True)]
    assert [verdict for (verdict,) in _rows("SELECT verdict FROM verdict")] == ["fair", "not_yet"]
    migrate.upgrade()
    db.session.remove()
    assert _theme_ids() == {plain, renewed}
    found = answering.public_answers([plain, renewed, other])
    assert {each.words: (each.verdict, each.number, each.history) for each in found.values()} == {
        "One answer.": ("fair", 1, ()),
        "What everyone reads.": ("not_yet", 1, ()),
    }


def _theme_ids() -> set[uuid.UUID]:
    return {each.theme_id for each in answering.published()}
