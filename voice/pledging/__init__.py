"""Small things young people say they will do: made without a name, shown on a wall once a person has read them.

The wall gets its words from a later room (`ShownWords`); until one provides them it stays empty.
"""

from voice.pledging.actions import make_pledge
from voice.pledging.queries import ShownWords, WallPage, WallPledge, provide_words, wall

__all__ = ["ShownWords", "WallPage", "WallPledge", "make_pledge", "provide_words", "wall"]
