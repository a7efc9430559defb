"""What the desk's tests need: a plan, an activity, and views that wait to be read."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from voice import asking, keeping, plans, safeguarding, storage
from voice.plans.library import LIBRARY

PLAN = "herefordshire-2011"


def an_activity() -> uuid.UUID:
    """An activity of the plan that is served, committed."""
    plans.import_plan(plans.read_plan(LIBRARY / f"{PLAN}.yaml"))
    plans.make_current(PLAN)
    plan = plans.current_plan()
    assert plan
    instrument = asking.load_instrument(next(file for file in asking.shipped_instruments() if file.stem == "one-thing-i-would-change"))
    made = asking.open_activity(
        "one-thing",
        kind=instrument.kind,
        title="One thing I would change",
        plan_id=plan.id,
        instrument_version_id=asking.publish_instrument(instrument.name, asking.as_data(instrument)),
        opens_on=storage.today() - timedelta(days=30),
        closes_on=None,
        reply_by=storage.today() + timedelta(days=30),
        decision_maker="Head of transport",
        dpia="DPIA 7",
    )
    storage.commit()
    return made


def a_view(activity_id: uuid.UUID, words: str, *, received_on: date | None = None, language: str = "en", question: str = "change") -> uuid.UUID:
    """One view that waits to be read, kept and screened as a real one is; committed."""
    facts = keeping.Facts(age_band="11_13", language=language, received_on=received_on or storage.today())
    kept = keeping.keep(str(uuid.uuid4()), activity_id=activity_id, answers={}, words=[(question, words)], facts=facts)
    safeguarding.screen_submission(kept.submission_id, [words], language=language, quiet=True)
    storage.commit()
    return kept.view_ids[0]


def submission_of(view_id: uuid.UUID) -> uuid.UUID:
    return keeping.raw_views([view_id])[0].submission_id
