"""What the board proposes, in every state, for the table of who may do what."""

from __future__ import annotations

import uuid

from tests.making import a_theme, the
from voice import storage
from voice.reviewing import proposals

NOT_THERE = str(uuid.UUID(int=7))


def of_proposals() -> dict[str, dict[str, str]]:
    """`proposal`: waiting, not taken up, and none."""
    theme_id, member = a_theme("Buses stop too early for the board.", heard=True), the("board_member")
    marks = [each.mark for each in proposals.marked_cards(theme_id, member)]
    waiting, settled = (str(proposals.propose(theme_id, words, marks, member)) for words in ("Buses cost too much.", "Buses are cold."))
    proposals.decline(uuid.UUID(settled), "The cards say times.", the("officer"))
    storage.commit()
    return {"waiting": {"proposal_id": waiting}, "settled": {"proposal_id": settled}, "unknown": {"proposal_id": NOT_THERE}}
