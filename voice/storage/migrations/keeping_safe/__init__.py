"""The parts of migration 0004, one for each room whose tables it touches. Frozen with it."""
