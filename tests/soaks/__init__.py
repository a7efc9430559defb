"""What is tried under load and under blows, as people start it: one module each, `python -m tests.soaks.NAME`."""
