"""How the screen reads: spelling, then concepts, then who did what to whom. Plain Python over the data files beside it."""
