"""Links in letters: to say yes with, to stop with, and none of ours."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from tests.making import a_submission
from voice import storage
from voice.notifying import actions, sealing
from voice.notifying.models import NewsWish


def of_letters() -> dict[str, Mapping[str, str]]:
    actions.ask(a_submission("A letter, please.").submission_id, "sam@matrix.example", "en")
    row = storage.session().scalars(select(NewsWish)).one()
    row.first_letter_on = storage.today()
    storage.commit()
    return {
        "to say yes": {"text": sealing.link(sealing.YES, row.id)},
        "to stop": {"text": sealing.link(sealing.STOP, row.id)},
        "not ours": {"text": "nothing-of-ours"},
    }
