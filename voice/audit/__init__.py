"""Who did what, when and why. Ids only: no row ever holds a child's words. Rows are added, never changed."""

from voice.audit.actions import read_raw, record, seal
from voice.audit.queries import Chain, Line, about, acts, broken_seal, chain, last_of, lines, per_day

__all__ = ["Chain", "Line", "about", "acts", "broken_seal", "chain", "last_of", "lines", "per_day", "read_raw", "record", "seal"]
