"""The parts of migration 0006, one a room."""
