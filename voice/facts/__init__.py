"""The facts an impact assessment needs, from the running system: dated, hashed, signed (docs/facts.md)."""

from voice.facts.gathering import gather
from voice.facts.holes import Missing, missing
from voice.facts.signing import NotSigned, Signed, check, sign

__all__ = ["Missing", "NotSigned", "Signed", "check", "gather", "missing", "sign"]
