"""Before and after: keyed marks of a code that people make for themselves, so that two answers of one person can stand side by side.

The code is never kept, and no mark of one questionnaire is like a mark of another. Whoever reads the marks (`counting`) learns which two
answers belong together, and nothing else.
"""

from voice.pairing.actions import join, keep_marks, let_go
from voice.pairing.queries import Marked, marked, series_of
from voice.pairing.rules import Marks, key_from, marks_of

__all__ = ["Marked", "Marks", "join", "keep_marks", "key_from", "let_go", "marked", "marks_of", "series_of"]
