"""Who did what, when and why. Ids only: no row ever holds a child's words. Rows are added, never changed."""

from voice.audit.actions import prune, read_raw, record, seal
from voice.audit.counting_acts import acts_since
from voice.audit.queries import Chain, Line, about, acts, broken_seal, chain, due_for_pruning, in_the_long_record, last_of, lines, per_day, pruned

__all__ = [
    "Chain",
    "Line",
    "about",
    "acts",
    "acts_since",
    "broken_seal",
    "chain",
    "due_for_pruning",
    "in_the_long_record",
    "last_of",
    "lines",
    "per_day",
    "prune",
    "pruned",
    "read_raw",
    "record",
    "seal",
]
