"""Reports on somebody's conduct, and what turns out to be one (art. 30)."""

from casework.matters.lifecycle import Rule
from casework.matters.states import UNDER_SEAL, State

_BEFORE = tuple(state for state in State if state not in UNDER_SEAL)

RULES = [
    Rule(
        "hand_over", "转交纪检监察机关", (State.SEALED,), State.HANDED_OVER,
        "matters.hand_over_sealed", needs=("hand_over",), ends=("hand_over",), done="已转交",
    ),
    Rule(
        "seal", "转为密件", _BEFORE, State.SEALED, "matters.ask_seal", needs=("note",),
        starts=("hand_over",), drops=("*",), second=True, done="已转为密件",
    ),
    Rule(
        "unseal", "解除密件", UNDER_SEAL, State.VOID, "matters.unseal", needs=("note",),
        second=True, done="已解除密件",
    ),
]  # fmt: skip
