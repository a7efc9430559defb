"""Three doors for a child: just tell us; a reply behind the receipt words; please contact me, safely.

Which door was taken shows on no page that comes after. How someone may be reached lies sealed, for safeguarding leads alone, and is wiped
30 days after the last contact. A reply is one way, and made of approved words only.
"""

from voice.contacting.actions import ask, note_try, open_contact, reply, wipe_due
from voice.contacting.approved import Reply, replies, reply_of_code
from voice.contacting.queries import Standing, Tried, Unanswered, replies_to, standing, tries, unanswered
from voice.contacting.rules import DOORS, JUST_TELL, WAYS, Contact, Unfit, Wish, read_wish
from voice.contacting.sealing import Unreadable

__all__ = [
    "DOORS",
    "JUST_TELL",
    "WAYS",
    "Contact",
    "Reply",
    "Standing",
    "Tried",
    "Unanswered",
    "Unfit",
    "Unreadable",
    "Wish",
    "ask",
    "note_try",
    "open_contact",
    "read_wish",
    "replies",
    "replies_to",
    "reply",
    "reply_of_code",
    "standing",
    "tries",
    "unanswered",
    "wipe_due",
]
