"""The board’s meetings: a day, a pack, rounds of private votes, notes, decisions, and asks to leaders."""
