"""Who did what, when and why. Ids only: no row ever holds a child's words. Rows are added, never changed."""

from voice.audit.actions import read_raw, record, seal
from voice.audit.queries import about, broken_seal

__all__ = ["about", "broken_seal", "read_raw", "record", "seal"]
