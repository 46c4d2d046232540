"""What effects, gates and turns of the table of moves look like.

An effect writes what a move brings about before the state changes and returns the words of the Move
row; an after-effect runs once that row exists; a turn chooses among the targets of a rule; a gate
says why the move is not possible, "" when it is.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from casework.matters.lifecycle import Rule
from casework.matters.models import Matter, Move
from casework.matters.states import State

Data = Mapping[str, Any]
Effect = Callable[[Matter, Any, date, Data], str]
After = Callable[[Matter, Move, Any, date, Data], None]
Turn = Callable[[Matter, date, Data], State]
Gate = Callable[[Matter, Rule, date, Data, Any], str | dict[str, str]]
