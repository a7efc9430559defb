"""Letters that wait, and asking for word when it is due. A server that is away costs nobody their letter: it waits in its row."""

from __future__ import annotations

from sqlalchemy import select

from voice import identity, post
from voice.delivering.partnering.letters import write
from voice.delivering.partnering.models import PartnerPledge
from voice.delivering.partnering.queries import to_ask
from voice.storage import commit, session, today

IN_VAIN_AT_MOST = 3  # one after the other: then the server is away


def ask_for_word() -> int:
    """Put a letter in the row of each pledge whose partner owes word. Returns how many."""
    due = to_ask()
    for row in session().scalars(select(PartnerPledge).where(PartnerPledge.id.in_(due))):
        row.letter, row.reminded_on = row.letter or "remind", today()
    return len(due)


def write_letters() -> int:
    """Send what waits. No transaction is open while the post server is spoken to. Returns how many went."""
    waiting = select(PartnerPledge.id, PartnerPledge.letter, PartnerPledge.sealed).where(PartnerPledge.letter.is_not(None))
    found = [(pledge_id, kind, identity.unseal(sealed, pledge_id)) for pledge_id, kind, sealed in session().execute(waiting) if sealed and kind]
    commit()
    went = in_vain = 0
    for pledge_id, kind, address in found:
        if in_vain == IN_VAIN_AT_MOST:
            break
        try:
            write(kind, address, pledge_id)
        except post.NotSent:
            in_vain += 1
            continue
        row = session().get(PartnerPledge, pledge_id)
        if row and row.letter == kind:
            row.letter = None
        commit()
        went, in_vain = went + 1, 0
    return went
