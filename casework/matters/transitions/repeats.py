"""A repeat joins the matter it repeats, and leaves it again (practice §1, domain §2.7)."""

from casework.matters.lifecycle import Rule

RULES: list[Rule] = []
