"""The parts of migration 0007, one a room."""
