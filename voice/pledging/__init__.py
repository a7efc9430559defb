"""Small things young people say they will do: made without a name, shown on a wall once a person has read them.

The wall gets its words and pictures, and how many were kept, from later rooms (`ShownWords`, `ShownPictures`, `KeptInWords`); until one provides
words it stays empty. Who decides about pictures says so to a parent’s page too (`LetThrough`).
"""

from voice.pledging.actions import PICTURE, Shot, Showing, make_pledge, mark_kept, take_picture_back
from voice.pledging.grown_ups import LetThrough, provide_let_through, words_beside
from voice.pledging.models import KINDS, WITH_PICTURE
from voice.pledging.standing import PledgeStanding, standing
from voice.pledging.wall_queries import (
    KeptInWords,
    ShownPictures,
    ShownWords,
    WallPage,
    WallPicture,
    WallPledge,
    may_show_picture,
    on_the_wall,
    pictured,
    provide_kept,
    provide_pictures,
    provide_words,
    wall,
)

__all__ = [
    "KINDS",
    "PICTURE",
    "WITH_PICTURE",
    "KeptInWords",
    "LetThrough",
    "PledgeStanding",
    "Shot",
    "Showing",
    "ShownPictures",
    "ShownWords",
    "WallPage",
    "WallPicture",
    "WallPledge",
    "make_pledge",
    "mark_kept",
    "may_show_picture",
    "on_the_wall",
    "pictured",
    "provide_kept",
    "provide_let_through",
    "provide_pictures",
    "provide_words",
    "standing",
    "take_picture_back",
    "wall",
    "words_beside",
]
