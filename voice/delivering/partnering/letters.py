"""Letters to whoever pledged. They hold a link and no word of anybody: what there is to read or do stands behind it."""

from __future__ import annotations

import uuid
from typing import Final

from voice import post
from voice.config import settings
from voice.delivering.partnering.links import own_address

_END: Final = """
Whoever has this link can look after the pledge. Pass it on only to those who answer for it.
"""
LETTERS: Final = {
    "confirm": (
        "Is this pledge yours?",
        """Hello,

somebody pledged something for young people in {place} and gave this address.
Was it you? Then open this page and say yes. An officer reads it next:

  {link}

Was it not you? Then do nothing. It goes in 14 days.
""",
    ),
    "public": (
        "Everyone can read it now",
        """Hello,

what you wrote has been read, and everyone can see it:

  {public}

This is your own page. Come back to it to say how it goes:

  {link}
"""
        + _END,
    ),
    "back": (
        "Something to put right in your pledge",
        """Hello,

an officer has read what you wrote and asks you to change something.
What, and why, stands here:

  {link}
"""
        + _END,
    ),
    "remind": (
        "How does your pledge go?",
        """Hello,

it is time to say how it goes with what you pledged to young people in {place}.
It takes two taps. Say it here, also when it was not kept, and why:

  {link}

Young people and everyone else can read what you say.
"""
        + _END,
    ),
}


def write(kind: str, to: str, pledge_id: uuid.UUID, state: str) -> None:
    """Send one of `LETTERS`; another one only where it is another `state` of the pledge that it is about.

    Raises:
        NotSent: from `post`; try again later.
    """
    subject, words = LETTERS[kind]
    post.send(
        to,
        subject,
        words.format(place=settings().place, link=own_address(pledge_id), public=f"{settings().public_url}/what-will-you-do"),
        once=f"{kind} {pledge_id} {state}",
    )
