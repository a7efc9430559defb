"""The letter to whoever wrote a draft: a link, and no word of the board."""

from __future__ import annotations

import logging
import uuid
from typing import Final

from voice import identity, post
from voice.config import settings

log = logging.getLogger(__name__)
READ_IT: Final = """Hello {name},

the youth board in {place} has read a draft of yours, part by part.
Open this page and sign in; what the board says is there, and so is the form to answer with:

  {link}

For each part you say how you changed it, or why you did not. The board sees both side by side.
"""


def to_the_owner(owner_id: uuid.UUID | None, draft_id: uuid.UUID) -> bool:
    """Tell the owner that the board has spoken. Returns whether the letter went, or there was none to send."""
    owner = identity.person(owner_id) if owner_id else None
    if owner is None:
        return True
    body = READ_IT.format(name=owner.name, place=settings().place, link=f"{settings().desk_url}/work/drafts/{draft_id}")
    try:
        post.send(owner.email, "The youth board has read your draft", body)
    except post.NotSent as failure:
        log.warning("A letter to the owner of a draft could not be sent: %s", failure)
        return False
    return True
