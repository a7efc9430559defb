"""How far chance alone may carry a share. Plain Python.

Wilson’s score interval: E. B. Wilson, “Probable inference, the law of succession, and statistical inference”, Journal of the American Statistical
Association 22 (1927), 209-212.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

Z: Final = 1.959963984540054
"""The normal distribution’s two-sided 5 % point: 95 of 100 such intervals hold what would come of asking without end."""


class Interval(NamedTuple):
    low: float
    high: float


def wilson(people: int, of: int) -> Interval:
    """Where the true share may be, at 95 %, as parts of one. Raises ZeroDivisionError where there is nobody."""
    middle = people + Z * Z / 2
    half = Z * math.sqrt(people * (of - people) / of + Z * Z / 4)
    return Interval(max(0.0, (middle - half) / (of + Z * Z)), min(1.0, (middle + half) / (of + Z * Z)))
