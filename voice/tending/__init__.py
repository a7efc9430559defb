"""What whoever runs the machine can measure from outside: how requests end, how old what waits is, and whether everything runs (docs/running.md).

It counts no children: what a child sets in motion is told in tens, and what waits by its age alone (docs/decisions/0025-what-is-measured.md).
"""

from voice.tending.counts import Counts, begin_anew
from voice.tending.gauges import Gauge, gauges

__all__ = ["Counts", "Gauge", "begin_anew", "gauges"]
