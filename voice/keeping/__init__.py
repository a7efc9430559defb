"""Words and pictures at rest: kept in one transaction, given back by receipt, taken back for good."""

from voice.keeping.actions import AlreadyTakenBack, DifferentWords, Facts, Issued, Kept, erase, is_known, issue, keep, take_back_again
from voice.keeping.arriving import KEPT as MARKS_KEPT
from voice.keeping.arriving import mark_of
from voice.keeping.boxes import Unread, meant_words, typed_words, word_boxes, words_or_why
from voice.keeping.ending import goes_whole, locked
from voice.keeping.erasers import Erasers, erasers_of
from voice.keeping.lifetimes import Lifetimes, lifetimes_of
from voice.keeping.pacing import Slowed, judge_rushes_by, note_arrival, wait_your_turn
from voice.keeping.periods import Period, periods
from voice.keeping.picture_models import KINDS as PICTURE_KINDS
from voice.keeping.picture_pages import picture_reply
from voice.keeping.pictures import (
    KeptPicture,
    describe_picture,
    keep_picture,
    picture_bytes,
    picture_named,
    pictures,
    pictures_of,
    provide_gate,
    remove_picture,
    replace_picture,
    shown_to_all,
)
from voice.keeping.pictures import is_open as picture_is_open
from voice.keeping.queries import (
    Backup,
    Coded,
    RawView,
    Run,
    Sent,
    coded,
    coded_of,
    find,
    last_backups,
    last_runs,
    overdue,
    raw_views,
    risen,
    senders,
    sent,
    views_of,
)
from voice.keeping.receipts import grown_up_hash, picture
from voice.keeping.scanning import has_failed as scanner_has_failed
from voice.keeping.taken_back import taken_back_by_month
from voice.keeping.upkeep import tidy_own_disk
from voice.retention import Rule, retention_of, rows_past

__all__ = [
    "MARKS_KEPT",
    "PICTURE_KINDS",
    "AlreadyTakenBack",
    "Backup",
    "Coded",
    "DifferentWords",
    "Erasers",
    "Facts",
    "Issued",
    "Kept",
    "KeptPicture",
    "Lifetimes",
    "Period",
    "RawView",
    "Rule",
    "Run",
    "Sent",
    "Slowed",
    "Unread",
    "coded",
    "coded_of",
    "describe_picture",
    "erase",
    "erasers_of",
    "find",
    "goes_whole",
    "grown_up_hash",
    "is_known",
    "issue",
    "judge_rushes_by",
    "keep",
    "keep_picture",
    "last_backups",
    "last_runs",
    "lifetimes_of",
    "locked",
    "mark_of",
    "meant_words",
    "note_arrival",
    "overdue",
    "periods",
    "picture",
    "picture_bytes",
    "picture_is_open",
    "picture_named",
    "picture_reply",
    "pictures",
    "pictures_of",
    "provide_gate",
    "raw_views",
    "remove_picture",
    "replace_picture",
    "retention_of",
    "risen",
    "rows_past",
    "scanner_has_failed",
    "senders",
    "sent",
    "shown_to_all",
    "take_back_again",
    "taken_back_by_month",
    "tidy_own_disk",
    "typed_words",
    "views_of",
    "wait_your_turn",
    "word_boxes",
    "words_or_why",
]
