"""Letters to owners. They hold a link and no word of anybody: what is due stands behind the door."""

from __future__ import annotations

import uuid
from typing import Final

from voice import identity, post
from voice.config import settings

ASKED: Final = """Hello {name},

it is time to say how things go with what is yours in the plan for children and young people in {place}.
All of it is on one page. Most of it takes two taps each:

  {link}

Young people and everyone else can read what you say.
"""
REMINDED: Final = """Hello {name},

two weeks ago we asked how things go with what is yours in the plan for children and young people in {place}.
Some of it still waits for your word, and the public page says now that it is late:

  {link}

If it is no longer yours, tell whoever runs Voice here.
"""


def word_is_due(member_id: uuid.UUID, *, is_reminder: bool, round_id: uuid.UUID) -> None:
    """Ask an owner for word in this round, or whoever stands in for them today.

    Raises:
        NotSent: from `post`.
    """
    for to in _readers(member_id):
        words = (REMINDED if is_reminder else ASKED).format(name=to.name, place=settings().place, link=f"{settings().desk_url}/work/mine")
        subject = "Still to say: how your part of the plan goes" if is_reminder else "How does your part of the plan go?"
        post.send(to.email, subject, words, once=f"round {round_id} {is_reminder}")


def _readers(member_id: uuid.UUID) -> list[identity.Person]:
    """The owner; while they are away, whoever stands in for them."""
    deputies = [each.deputy for each in identity.stands_in_now(member_id)]
    owner = identity.person(member_id)
    found = deputies or ([owner] if owner else [])
    return [each for each in found if "@" in each.email]
