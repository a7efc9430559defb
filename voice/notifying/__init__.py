"""“There is news”: a letter that says only that, to whoever asked for it; kept apart from what they said."""
