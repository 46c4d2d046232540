"""How a matter ends, and how it comes back."""

from casework.matters.lifecycle import Rule
from casework.matters.states import State

RULES = [
    Rule(
        "close", "办结", (State.ANSWERED,), State.CLOSED, "matters.close_matter",
        takes=("note",), gates=("window_is_over",), done="已办结",
    ),
    Rule(
        "void", "作废", (State.REGISTERED, State.ACCEPTED, State.HANDLING), State.VOID,
        "matters.decide_void", needs=("note",), second=True, asks="matters.ask_void", done="已作废，编号保留",
    ),
]  # fmt: skip
