"""Work on an accepted matter: who leads it, and who hands it back (art. 31)."""

from casework.matters.lifecycle import Rule
from casework.matters.states import State

_A, _H = State.ACCEPTED, State.HANDLING

RULES = [
    Rule(
        "assign", "交办", (_A,), _H, "matters.assign_matter",
        needs=("lead_unit",), takes=("officer", "note"), done="已交办",
    ),
    Rule(
        "name_officer", "指定承办人", (_H,), _H, "matters.assign_officer",
        needs=("officer",), takes=("note",), done="已指定承办人",
    ),
    Rule(
        "reassign", "改交", (_H,), _H, "matters.assign_matter",
        needs=("lead_unit", "note"), takes=("officer",), done="已改交", seldom=True,
    ),
    Rule(
        "return", "退回", (_H,), _A, "matters.return_matter",
        needs=("note",), done="已退回信访办",
    ),
]  # fmt: skip
