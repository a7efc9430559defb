"""What organisations pledge for a priority, how they say they keep it, and what the board says."""
