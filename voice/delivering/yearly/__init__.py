"""The annual review of a plan: composed once, then frozen."""
