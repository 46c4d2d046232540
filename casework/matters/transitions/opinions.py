"""From the draft of an opinion to its service (art. 31–34)."""

from casework.matters.lifecycle import Rule
from casework.matters.states import State

RULES = [
    Rule(
        "answer", "答复", (State.HANDLING,), State.ANSWERED, "matters.answer_matter",
        needs=("outcome", "body"), starts=("review_ask",), ends=("*",), done="已答复",
    ),
]  # fmt: skip
