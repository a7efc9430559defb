"""Letters to those who answer. They hold a link and no word of a child: what young people said is read behind the door."""

from __future__ import annotations

import logging
import uuid
from datetime import date
from typing import Final

from voice import identity, post
from voice.config import settings
from voice.web.locale import day, speaking

log = logging.getLogger(__name__)
YOURS: Final = """Hello {name},

young people in {place} said something, and it is yours to answer by {by}.
Open this page and sign in; the form to answer with is there:

  {link}

You can say it is done, being done, will be done, or cannot be done and why.
The youth board reads your answer before everyone does.
"""
NEW: Final = """Hello {name},

young people in {place} said something, and we ask you to answer it by {by}.

You have no account yet. Another letter has your invitation: take it up first.
Then open this page and sign in; the form to answer with is there:

  {link}

You can say it is done, being done, will be done, or cannot be done and why.
The youth board reads your answer before everyone does.
"""
LATE: Final = """Hello {name},

young people in {place} said something, and it is yours to answer.
We asked for an answer by {by}. The youth board does not have it yet.

  {link}

If it takes longer, say so there: what is being done, and by when.
We write once a week until the board has your answer.
"""
NOBODY: Final = """Hello {name},

you asked for an answer by {by}. {who}
Ask again, or ask somebody else, on this page:

  {link}
"""


def yours_to_answer(member_id: uuid.UUID | None, slug: str, answer_by: date) -> bool:
    """Tell someone that a theme is theirs to answer, after the commit. Returns whether the letter went, or there was none to send."""
    owner = identity.person(member_id) if member_id else None
    return owner is None or _send(owner.email, "Something young people said is yours to answer", YOURS, owner.name, slug, answer_by)


def asked_before_joining(invited: identity.Invited | None, name: str, email: str, slug: str, answer_by: date) -> bool:
    """Tell somebody who is invited what they are asked for; a new invitation goes first. Returns whether both letters went."""
    try:
        if invited:
            identity.write_to(invited)
    except post.NotSent as failure:
        log.warning("An invitation to answer could not be sent: %s", failure)
        return False
    return _send(email, "Something young people said is yours to answer", NEW, name, slug, answer_by)


def late(owner: identity.Person, slug: str, answer_by: date) -> bool:
    """Remind somebody. Returns whether the letter went."""
    return _send(owner.email, "Young people still wait for your answer", LATE, owner.name, slug, answer_by)


def nobody_answers(asker: identity.Person, slug: str, answer_by: date, invited: str | None) -> bool:
    """Tell whoever asked that nobody is there to answer. Returns whether the letter went."""
    who = f"{invited} has not joined yet." if invited else "Whoever you asked has not joined, or has left."
    return _send(asker.email, "Nobody answers yet what young people said", NOBODY, asker.name, slug, answer_by, who=who)


def _send(address: str, subject: str, words: str, name: str, slug: str, answer_by: date, **more: str) -> bool:
    with speaking("en"):
        by = day(answer_by)
    body = words.format(name=name, place=settings().place, link=f"{settings().desk_url}/work/answers/{slug}", by=by, **more)
    try:
        post.send(address, subject, body)
    except post.NotSent as failure:
        log.warning("A letter to someone who answers could not be sent: %s", failure)
        return False
    return True
