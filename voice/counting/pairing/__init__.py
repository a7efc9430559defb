"""Before and after: which two answers are one person’s, and how far those who answered both times came. Rules are plain Python."""
