"""School councils and the youth council: they ask their own, decide, and send up what they decided."""
