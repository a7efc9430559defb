"""The last day of what rooms around the words hold: how to reach someone, stubs of concerns, invitations, tries to sign in."""

from __future__ import annotations

import uuid
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from tests.making import a_submission, the
from voice import contacting, keeping, reading, safeguarding, storage
from voice.contacting.models import ContactRequest
from voice.identity.models import Invitation, Try
from voice.keeping.models import Submission
from voice.keeping.workers import carry_out
from voice.safeguarding import actions
from voice.safeguarding.models import Alert, ConcernAct, Screening
from voice.storage import Model

DAY = timedelta(days=1)


def how_many(model: type[Model]) -> int:
    return storage.session().scalar(select(func.count()).select_from(model)) or 0


def handed_over() -> uuid.UUID:
    """A concern that was handed over today, and whose submission was taken back."""
    kept = a_submission("my dad hits me every night and i am scared")
    concern, lead = safeguarding.concerns()[0], the("safeguarding_lead")
    safeguarding.open_concern(concern.id, lead)
    actions.act(concern.id, lead, "handed_over", reference="CMS 4711", on_day=storage.today())
    safeguarding.close(concern.id, lead, "handed_over", "It is with them.")
    keeping.erase(kept.submission_id)
    storage.commit()
    return concern.id


def test_a_concern_handed_over_becomes_a_stub_and_then_goes_with_what_hangs_on_it(app: Flask) -> None:
    concern_id, today = handed_over(), storage.today()
    storage.session().add(Alert(about=str(concern_id), concern_id=concern_id, since=storage.now(), step="first", channel="letter", recipient="x"))
    storage.commit()
    carry_out(today + 31 * DAY)
    row = storage.session().get_one(Screening, concern_id)
    assert (row.kept, row.because, row.kinds, row.outcome_reason, row.outcome) == (None, [], [], "", "handed_over")
    assert keeping.overdue(today + 31 * DAY)["words that worried us"] == 0
    assert how_many(ConcernAct) == 1
    carry_out(today + 2200 * DAY)
    assert (how_many(Screening), how_many(ConcernAct), how_many(Alert)) == (0, 0, 0)


def test_while_we_know_how_to_reach_someone_nothing_goes_and_then_it_does(app: Flask) -> None:
    kept, today, lead = a_submission("Please ring.", facts=keeping.Facts(received_on=storage.today() - 1200 * DAY)), storage.today(), the("officer")
    reading.clear(kept.view_ids, lead)
    storage.session().add(ContactRequest(submission_id=kept.submission_id, sealed=b"sealed"))
    for concern in safeguarding.concerns():
        safeguarding.open_concern(concern.id, lead)
        safeguarding.close(concern.id, lead, "advice_left", "They were rung.")
    storage.commit()
    carry_out(today)
    assert keeping.find(kept.words)
    assert keeping.locked(today)["somebody to reach"] == 1
    contacting.note_try(kept.submission_id, "reached", lead)
    storage.commit()
    carry_out(today + 29 * DAY)
    assert keeping.find(kept.words)
    carry_out(today + 30 * DAY)
    carry_out(today + 30 * DAY)
    assert how_many(Submission) == 0


def test_what_the_door_remembers_goes(app: Flask) -> None:
    now = storage.now()
    storage.session().add_all([Try(mark="a", at=now - DAY - timedelta(minutes=1)), Try(mark="b", at=now - timedelta(hours=23))])
    for mark, ago in (("c", 31), ("d", 29)):
        storage.session().add(Invitation(code_mark=mark * 64, name="Ann", roles="officer", expires_at=now - ago * DAY))
    storage.commit()
    due = keeping.overdue()
    assert (due["limits"], due["invitations"]) == (1, 1)
    carry_out()
    assert list(storage.session().scalars(select(Try.mark))) == ["b"]
    assert list(storage.session().scalars(select(Invitation.code_mark))) == ["d" * 64]
    assert set(keeping.overdue().values()) == {0}
