"""The receipt page: told back, “not good enough”, take it back. Nothing may import this room."""
