"""The parts of migration 0009, one file a room."""
