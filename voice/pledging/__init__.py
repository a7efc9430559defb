"""Small things young people say they will do: made without a name, shown on a wall once a person has read them.

The wall gets its words and pictures, and how many were kept, from later rooms (`ShownWords`, `ShownPictures`, `KeptInWords`); until one provides
words it stays empty.
"""

from voice.pledging.actions import make_pledge
from voice.pledging.wall_queries import (
    KeptInWords,
    ShownPictures,
    ShownWords,
    WallPage,
    WallPicture,
    WallPledge,
    may_show_picture,
    on_the_wall,
    provide_kept,
    provide_pictures,
    provide_words,
    wall,
)

__all__ = [
    "KeptInWords",
    "ShownPictures",
    "ShownWords",
    "WallPage",
    "WallPicture",
    "WallPledge",
    "make_pledge",
    "may_show_picture",
    "on_the_wall",
    "provide_kept",
    "provide_pictures",
    "provide_words",
    "wall",
]
