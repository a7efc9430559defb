"""Someone may be at risk: screened with every submission, before the safeguarding lead at once, never lost, never shown to the child.

The screen sorts; it is never a gate. A person reads everything.
"""

from voice.safeguarding.actions import (
    alert_later,
    alert_leads,
    close,
    contact_asked,
    hand_back,
    keep_what_worried,
    open_concern,
    pass_drill,
    raise_concern,
    screen_submission,
    send_digest,
)
from voice.safeguarding.opening import PHONE_GOES_ON, WALK_GOES_ON, may_write, record_training, say_hours, takes_what_was_begun, watch
from voice.safeguarding.queries import Concern, concern, concerns, held_submissions, leads_ready, read_first_views, waiting

__all__ = [
    "PHONE_GOES_ON",
    "WALK_GOES_ON",
    "Concern",
    "alert_later",
    "alert_leads",
    "close",
    "concern",
    "concerns",
    "contact_asked",
    "hand_back",
    "held_submissions",
    "keep_what_worried",
    "leads_ready",
    "may_write",
    "open_concern",
    "pass_drill",
    "raise_concern",
    "read_first_views",
    "record_training",
    "say_hours",
    "screen_submission",
    "send_digest",
    "takes_what_was_begun",
    "waiting",
    "watch",
]
