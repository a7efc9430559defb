"""“There is news”: a letter that says only that, to whoever asked for it; kept apart from what they said."""

from voice.notifying.receipts import provide_shown

__all__ = ["provide_shown"]
