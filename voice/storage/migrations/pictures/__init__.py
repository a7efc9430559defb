"""The parts of migration 0005, one a room."""
