"""Listening: a person answers an activity, on a cheap phone, with or without JavaScript; and words collected elsewhere are brought in."""

from voice.listening.actions import NothingSaid, made_ready, take_in
from voice.listening.queries import Asked, OpenActivity, asked, open_now

__all__ = ["Asked", "NothingSaid", "OpenActivity", "asked", "made_ready", "open_now", "take_in"]
