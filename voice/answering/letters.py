"""Letters to those who answer. They hold a link and no word of a child: what young people said is read behind the door."""

from __future__ import annotations

import logging
import uuid
from typing import Final

from voice import identity, post
from voice.config import settings

log = logging.getLogger(__name__)
YOURS: Final = """Hello {name},

young people in {place} said something, and it is yours to answer.
Open this page and sign in; the form to answer with is there:

  {link}

You can say it is done, being done, will be done, or cannot be done and why.
The youth board reads your answer before everyone does.
"""


def yours_to_answer(member_id: uuid.UUID | None, slug: str) -> bool:
    """Tell someone that a theme is theirs to answer, after the commit. Returns whether the letter went, or there was none to send."""
    owner = identity.person(member_id) if member_id else None
    if owner is None:
        return True
    body = YOURS.format(name=owner.name, place=settings().place, link=f"{settings().public_url}/work/answers/{slug}")
    try:
        post.send(owner.email, "Something young people said is yours to answer", body)
    except post.NotSent as failure:
        log.warning("A letter to someone who answers could not be sent: %s", failure)
        return False
    return True
