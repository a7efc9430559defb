"""Measures: baseline, target, readings, and the story behind the figure."""
