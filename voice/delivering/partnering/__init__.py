"""What organisations pledge for a priority, how they say they keep it, and what the board says."""

from voice.delivering.partnering.queries import PartnerPledgeFacts, partner_pledges

__all__ = ["PartnerPledgeFacts", "partner_pledges"]
