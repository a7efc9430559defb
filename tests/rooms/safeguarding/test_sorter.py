"""The screen is a sorter and not a gate: whatever becomes of it, a person reads everything before anyone else sees it."""

from __future__ import annotations

from typing import NoReturn

import pytest
from flask import Flask

from tests.making import a_submission, the
from voice import reading, safeguarding
from voice.safeguarding import actions
from voice.safeguarding.screen import NOT_UNDERSTOOD, Verdict

SAID = ("more buses please", "my dad hits me", "救救我", "🗿", "x" * 30_000, "lubię basen")
NOTHING = Verdict(concern=False, read_first=False, kinds=(), because=(), immediate=False)


def broken(*_given: object, **_named: object) -> NoReturn:
    raise RuntimeError("the screen is off")


@pytest.mark.parametrize("what", [broken, lambda *_: NOT_UNDERSTOOD, lambda *_: NOTHING], ids=["off", "not understood", "silent"])
def test_without_the_screen_everything_is_still_read_by_a_person_before_anyone_else(
    app: Flask, monkeypatch: pytest.MonkeyPatch, what: object
) -> None:
    monkeypatch.setattr(actions, "screen_all", what)
    kept = [a_submission(words) for words in SAID]
    views = [view for each in kept for view in each.view_ids]
    assert len(views) == len(SAID)
    assert {each.id for each in reading.queue(100)} == set(views)
    assert reading.shown(views) == {}
    if what is broken:
        assert safeguarding.read_first_views([each.submission_id for each in kept]) == {each.submission_id for each in kept}
    reading.clear([views[0]], the("officer"))
    assert set(reading.shown(views)) == {views[0]}
    assert {each.id for each in reading.queue(100)} == set(views[1:])


def test_what_worried_nobody_else_may_see_and_the_rest_waits_to_be_read(app: Flask) -> None:
    kept = [a_submission(words) for words in SAID]
    views = [view for each in kept for view in each.view_ids]
    held = {kept[SAID.index("my dad hits me")].view_ids[0]}
    assert {each.id for each in reading.queue(100)} == set(views) - held
    assert reading.shown(views) == {}
    first = safeguarding.read_first_views([each.submission_id for each in kept])
    assert first == {each.submission_id for words, each in zip(SAID, kept, strict=True) if words in ("救救我", "🗿", "x" * 30_000)}
