"""The whole table of moves: every row there is (domain §3, practice §1)."""

from casework.matters.lifecycle import BEGINNINGS, Rule
from casework.matters.transitions import (
    archiving,
    endings,
    entry,
    handling,
    opinions,
    repeats,
    reviews,
    sealed,
)

RULES: list[Rule] = [
    rule
    for part in (entry, handling, opinions, reviews, endings, archiving, repeats, sealed)
    for rule in part.RULES
]
BY_NAME = {rule.name: rule for rule in RULES}
#: what `Move` rows are called
LABELS = {rule.name: rule.label for rule in RULES} | BEGINNINGS
