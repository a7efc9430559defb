"""Long trials of the real thing, for `make soak`: each module prints its counts and ends with 1 where a bar was not met."""
