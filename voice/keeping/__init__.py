"""Words at rest: kept in one transaction, given back by receipt, taken back for good."""

from voice.keeping.actions import AlreadyTakenBack, DifferentWords, Facts, Issued, Kept, erase, is_known, issue, keep
from voice.keeping.erasers import Erasers, erasers_of
from voice.keeping.queries import Coded, RawView, Sent, coded, coded_of, find, raw_views, senders, sent, views_of
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
    "coded_of",
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
