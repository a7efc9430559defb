"""The demo: an invented county that has listened for two years. Loaded on an empty data folder; a production folder never holds it."""

from voice.demonstrating.loading import load_if_empty, sign_in_lines

__all__ = ["load_if_empty", "sign_in_lines"]
