"""Publishing an instrument, opening an activity."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from voice import audit
from voice.asking.frames import checked_hosts
from voice.asking.models import Activity, InstrumentVersion
from voice.asking.terms import answered_by
from voice.config import settings
from voice.storage import session


def publish_instrument(name: str, document: Mapping[str, Any]) -> uuid.UUID:
    """Freeze an instrument's checked document as a version. The same document again is the same version."""
    digest = hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    known = session().scalar(select(InstrumentVersion.id).where(InstrumentVersion.name == name, InstrumentVersion.digest == digest))
    if known:
        return known
    newest = session().scalar(select(func.max(InstrumentVersion.number)).where(InstrumentVersion.name == name)) or 0
    version = InstrumentVersion(name=name, number=newest + 1, digest=digest, document=dict(document))
    session().add(version)
    session().flush()
    return version.id


def open_activity(
    slug: str,
    *,
    kind: str,
    title: str,
    plan_id: uuid.UUID,
    instrument_version_id: uuid.UUID,
    opens_on: date,
    closes_on: date | None,
    reply_by: date,
    decision_maker: str,
    repeats: str | None = None,
    embed_hosts: Sequence[str] = (),
    dpia: str | None = None,
) -> uuid.UUID:
    """Make a piece of listening. Who must hear it and by when it is answered are said before anyone is asked. A day of answering that is
    later than anyone should wait (`VOICE_FIRST_ANSWER_DAYS` after closing) is brought forward to that.

    `repeats`: "termly" asks the same questions again each term (see `terms`). `embed_hosts`: sites that may show a feedback box in a
    page of theirs. `dpia`: the reference of the impact assessment that covers it; nobody can write before there is one.

    Raises:
        ValueError: one of `embed_hosts` is no host, or the activity is no feedback box.
    """
    row = Activity(
        slug=slug,
        kind=kind,
        title=title,
        plan_id=plan_id,
        instrument_version_id=instrument_version_id,
        opens_on=opens_on,
        closes_on=closes_on,
        reply_by=answered_by(closes_on, reply_by, settings().first_answer_days),
        decision_maker=decision_maker,
        series=slug if repeats else None,
        repeats=repeats,
        embed_hosts=checked_hosts(kind, embed_hosts),
        dpia=dpia,
    )
    session().add(row)
    session().flush()
    return row.id


def name_dpia(activity_id: uuid.UUID, reference: str, by: uuid.UUID) -> None:
    """Say which impact assessment covers it."""
    session().get_one(Activity, activity_id).dpia = reference
    session().flush()
    audit.record(by, "DPIA named", "activity", activity_id, reference)


def close_on(activity_id: uuid.UUID, closes_on: date | None, by: uuid.UUID) -> None:
    """Say anew until which day it can be answered; None leaves it open. Where it closes sooner it is answered sooner: never later than young
    people were told."""
    row = session().get_one(Activity, activity_id)
    row.closes_on, row.reply_by = closes_on, answered_by(closes_on, row.reply_by, settings().first_answer_days)
    session().flush()
    audit.record(by, "closing day changed", "activity", activity_id)
