"""Who did what, when and why. Ids only: no row ever holds a child's words. Rows are added, never changed."""

from voice.audit.actions import read_raw, record, seal
from voice.audit.queries import about, broken_seal, last_of

__all__ = ["about", "broken_seal", "last_of", "read_raw", "record", "seal"]
