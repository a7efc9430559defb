"""Words at rest: kept in one transaction, given back by receipt, taken back for good."""

from voice.keeping.actions import AlreadyTakenBack, DifferentWords, Facts, Issued, Kept, erase, is_known, issue, keep
from voice.keeping.erasers import Erasers, erasers_of
from voice.keeping.queries import Coded, RawView, Sent, coded, find, raw_views, senders, sent, views_of
from voice.keeping.receipts import picture

__all__ = [
    "AlreadyTakenBack",
    "Coded",
    "DifferentWords",
    "Erasers",
    "Facts",
    "Issued",
    "Kept",
    "RawView",
    "Sent",
    "coded",
    "erase",
    "erasers_of",
    "find",
    "is_known",
    "issue",
    "keep",
    "picture",
    "raw_views",
    "senders",
    "sent",
    "views_of",
]
