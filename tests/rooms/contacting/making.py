"""Someone who asks for more than to be heard, and the pages their words go by."""

from __future__ import annotations

import uuid

from tests.reading import Page, Visitor
from tests.rooms.listening.making import to_check
from voice import contacting, listening, storage
from voice.asking import Answer
from voice.contacting import Contact, Wish

NUMBER = "07700 900123"
CONTACT = Contact(name="Sam", how="phone", where=NUMBER, when="After school, not when he is home", never_home=True)


def sent(door: str = "contact", *, words: str = "The bus is late.", slug: str = "way", key: str = "") -> uuid.UUID:
    """One sender’s words in an activity that is open, with the door they took; committed."""
    found = listening.asked(slug)
    assert found
    wish = Wish(door, CONTACT if door == "contact" else None)
    kept = listening.take_in(listening.made_ready(found, {"change": Answer(words=words)}, language="en", wish=wish), key or str(uuid.uuid4()))
    storage.commit()
    return kept.submission_id


def to_contact(visitor: Visitor, words: str = "The bus is late.") -> Page:
    """From the start to the page that asks how to reach them."""
    to_check(visitor, change=words)
    return visitor.press("Send it", door="contact")


def contact_of(submission_id: uuid.UUID, by: uuid.UUID) -> Contact | None:
    return contacting.open_contact(submission_id, by)
