"""Someone may be at risk: screened with every submission, before the safeguarding lead at once, never lost, never shown to the child.

The screen sorts; it is never a gate. A person reads everything.
"""

from voice.safeguarding.about import submissions_about
from voice.safeguarding.actions import (
    Looked,
    alert_later,
    begin_practice,
    close,
    contact_asked,
    hand_back,
    keep_what_worried,
    look_at,
    open_concern,
    pass_drill,
    raise_concern,
    raise_worry,
    screen_submission,
    to_stubs,
)
from voice.safeguarding.alerting import alert_leads, send_digest
from voice.safeguarding.opening import (
    PHONE_GOES_ON,
    WALK_GOES_ON,
    may_write,
    ready_now,
    record_training,
    say_hours,
    takes_what_was_begun,
    watch,
)
from voice.safeguarding.queries import Concern, Times, concern, concerns, held, held_submissions, leads_ready, read_first_views, times, waiting
from voice.safeguarding.rota import duty, hours
from voice.safeguarding.rota_actions import add_turns, set_contact
from voice.safeguarding.screen import version as screen_version
from voice.safeguarding.standing import Standing, standing
from voice.safeguarding.watching import stopped, unsent_since
from voice.safeguarding.words import PARTS as WATCHED

__all__ = [
    "PHONE_GOES_ON",
    "WALK_GOES_ON",
    "WATCHED",
    "Concern",
    "Looked",
    "Standing",
    "Times",
    "add_turns",
    "alert_later",
    "alert_leads",
    "begin_practice",
    "close",
    "concern",
    "concerns",
    "contact_asked",
    "duty",
    "hand_back",
    "held",
    "held_submissions",
    "hours",
    "keep_what_worried",
    "leads_ready",
    "look_at",
    "may_write",
    "open_concern",
    "pass_drill",
    "raise_concern",
    "raise_worry",
    "read_first_views",
    "ready_now",
    "record_training",
    "say_hours",
    "screen_submission",
    "screen_version",
    "send_digest",
    "set_contact",
    "standing",
    "stopped",
    "submissions_about",
    "takes_what_was_begun",
    "times",
    "to_stubs",
    "unsent_since",
    "waiting",
    "watch",
]
