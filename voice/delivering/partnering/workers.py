"""Letters that wait, and asking for word when it is due. A server that is away costs nobody their letter: it waits in its row."""

from __future__ import annotations

import time
import uuid

from sqlalchemy import select

from voice import identity, post
from voice.delivering.partnering.letters import write
from voice.delivering.partnering.models import PartnerPledge
from voice.delivering.partnering.queries import to_ask
from voice.storage import commit, session, today

LONGEST_ROUND = 25.0  # seconds
IN_VAIN_AT_MOST = 3  # one after the other: then the server is away


def ask_for_word() -> int:
    """Put a letter in the row of each pledge whose partner owes word. Returns how many."""
    due = to_ask()
    for row in session().scalars(select(PartnerPledge).where(PartnerPledge.id.in_(due))):
        row.letter, row.reminded_on = row.letter or "remind", today()
    return len(due)


def write_letters() -> int:
    """Send what waits. No transaction is open while the post server is spoken to. Returns how many went."""
    found = session().scalars(select(PartnerPledge.id).where(PartnerPledge.letter.is_not(None), PartnerPledge.sealed.is_not(None))).all()
    commit()
    until, went, in_vain = time.monotonic() + LONGEST_ROUND, 0, 0
    for pledge_id in found:
        if in_vain == IN_VAIN_AT_MOST or time.monotonic() > until:
            break
        try:
            went += _write(pledge_id)
            in_vain = 0
        except post.NotSent:
            in_vain += 1
    return went


def _write(pledge_id: uuid.UUID) -> bool:
    """Send the letter of this pledge, as it waits now: whoever ran before, longer than they may, has perhaps sent it."""
    row = session().get(PartnerPledge, pledge_id, populate_existing=True)
    if row is None or not row.letter or not row.sealed:
        return False
    kind, address = row.letter, identity.unseal(row.sealed, pledge_id)
    state = f"{today()} {row.words} {row.due_on} {row.sent_back_why}"
    commit()
    write(kind, address, pledge_id, state)
    row = session().get(PartnerPledge, pledge_id, populate_existing=True)
    if row and row.letter == kind:
        row.letter = None
    commit()
    return True
