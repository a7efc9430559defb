"""`voice doctor`: looks at a live installation and says of each thing how it stands and what to do (docs/running.md). It changes nothing."""

from voice.doctoring.examining import CHECKS, examine
from voice.doctoring.findings import Finding, worst

__all__ = ["CHECKS", "Finding", "examine", "worst"]
