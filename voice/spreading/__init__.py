"""What carries public pages further: feed, share cards, sitemap, posters."""
