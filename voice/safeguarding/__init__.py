"""Concerns: what may mean that a person is at risk is put before a named person."""
