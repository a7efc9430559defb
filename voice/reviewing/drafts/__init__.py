"""A draft plan or strategy before the board: read part by part, weighed in private, answered by whoever wrote it."""
