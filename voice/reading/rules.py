"""Redaction: words taken out, and what is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

GAP = "[…]"
SHORT = 4  # letters
REASONS = ("names_someone", "could_be_known", "unkind_to_someone", "not_about_this", "someone_at_risk", "not_readable")

# The lanes in which what was said waits, as the triggers of migration 0009 give them. “Held” is the safeguarding lead's; what is set aside is
# judged together; what was read, and not withheld, waits to be sorted.
HELD, FIRST, REST, ASIDE, TO_SORT = range(5)
UNREAD = (FIRST, REST, ASIDE)  # and not held


def mark_out(words: str, parts: Iterable[str]) -> str:
    """The words with each of these parts taken out; short ones only where they stand alone, so that “Al” leaves “always” be.
    Doing it twice changes nothing more, and nothing is ever added but the gap mark."""
    for part in sorted({part.strip() for part in parts if part.strip()}, key=len, reverse=True):
        if part != GAP:
            alone = rf"(?<!\w){re.escape(part)}(?!\w)" if len(part) < SHORT else re.escape(part)
            words = re.sub(alone, GAP, words, flags=re.IGNORECASE)
    return re.sub(r"(?:\[…\]\s*){2,}", GAP + " ", words).strip()


def says_nothing(words: str) -> bool:
    """Whether nothing is left to read once the gaps are passed over."""
    return not any(letter.isalnum() for letter in words.replace(GAP, ""))


# Set aside ------------------------------------------------------------------------------------------------------------------------------

MANY_ALIKE = 20  # much alike, within DAYS_TOGETHER, by ways that anyone can use: then a person judges
MANY_ON_A_BUSY_DAY = 8
DAYS_TOGETHER = 3
BUSY = 50  # answers by one way in a day; fewer are never a burst
BUSIER = 5  # times the usual day
# Ways that nothing proves: what says it came by them may come from anyone, any number of times. “hand_over” is among them: that an adult handed
# the phone round is what the page says of itself, and any browser can say it. What needs a slip of one’s own, or a member who is signed in, is not;
# nor is a code for all of a group, which `inviting.groups_with_one_code` adds by its group.
OPEN_WAYS = ("web", "qr", "api", "feedback_box", "hand_over")


def usual(before: Sequence[int]) -> int:
    """How many came on the middle one of these days, days without any left in."""
    return sorted(before)[len(before) // 2] if before else 0


def is_a_burst(came: int, before: Sequence[int]) -> bool:
    """Whether far more came in a day than on the days before it (counts of each). The hour is not kept, so a day is the shortest time we know."""
    return came >= BUSY and came >= BUSIER * usual(before)


def are_too_many(alike: int, *, busy_day: bool) -> bool:
    """Whether this many that are much alike, of DAYS_TOGETHER, are set aside for a person to judge."""
    return alike >= (MANY_ON_A_BUSY_DAY if busy_day else MANY_ALIKE)
