"""From registration to acceptance, and the ways out before it (art. 22–24, 31)."""

from casework.matters.lifecycle import Rule
from casework.matters.states import State

RULES = [
    Rule(
        "accept", "受理", (State.REGISTERED,), State.ACCEPTED, "matters.accept_matter",
        needs=("klass",), takes=("path", "category", "note"), starts=("by_class",),
        ends=("notice", "objection", "routing"), article="《信访工作条例》第二十三条",
        done="已受理",
    ),
]  # fmt: skip
