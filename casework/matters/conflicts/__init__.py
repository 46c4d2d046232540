"""Conflicts of interest: who stays out of a matter, and which units it is about (art. 28)."""
