"""Inviting: the ways in. Groups and their codes, slips with a receipt on them, posters, pages for officers who ask."""
