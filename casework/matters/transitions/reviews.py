"""复查 and 复核: the street records them, supplies the file and obeys the outcome (art. 35–36)."""

from casework.matters.lifecycle import Rule

RULES: list[Rule] = []
