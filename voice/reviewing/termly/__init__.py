"""The board’s account of a term: composed from what it did, put into its own words, frozen and shown to everyone."""
