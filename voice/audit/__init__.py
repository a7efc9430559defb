"""Who did what, when and why. Ids only: no row ever holds a child's words. Rows are added, never changed."""

from voice.audit.actions import prune, read_raw, record, seal
from voice.audit.queries import about, broken_seal, due_for_pruning, pruned

__all__ = ["about", "broken_seal", "due_for_pruning", "prune", "pruned", "read_raw", "record", "seal"]
