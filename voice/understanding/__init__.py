"""What young people say: tags that people confirm, suggestions kept apart from them, tone as a guess, and themes."""

from voice.understanding.actions import EmptyTheme, confirm, gather, make_theme, reword, set_tone, take_out, unsort
from voice.understanding.opinions import guess_tone, method, suggestions_for
from voice.understanding.queries import (
    Quote,
    ThemeFacts,
    how_many_unsorted,
    in_a_theme,
    public_quotes,
    tagged_views,
    tags_of,
    theme,
    theme_by_slug,
    theme_views,
    themes,
    themes_of_views,
    tone_of,
    unsorted_views,
)

__all__ = [
    "EmptyTheme",
    "Quote",
    "ThemeFacts",
    "confirm",
    "gather",
    "guess_tone",
    "how_many_unsorted",
    "in_a_theme",
    "make_theme",
    "method",
    "public_quotes",
    "reword",
    "set_tone",
    "suggestions_for",
    "tagged_views",
    "tags_of",
    "take_out",
    "theme",
    "theme_by_slug",
    "theme_views",
    "themes",
    "themes_of_views",
    "tone_of",
    "unsort",
    "unsorted_views",
]
