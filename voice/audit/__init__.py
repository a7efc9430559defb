"""Who did what, when and why. Ids only: no row ever holds a child's words. Rows are added, never changed."""

from voice.audit.actions import prune, read_raw, record, seal
from voice.audit.counting_acts import acts_since, last_sealed
from voice.audit.queries import about, broken_seal, due_for_pruning, pruned

__all__ = ["about", "acts_since", "broken_seal", "due_for_pruning", "last_sealed", "prune", "pruned", "read_raw", "record", "seal"]
