"""What drafting, reviewing, signing and serving an opinion brings about (art. 31–34)."""

from datetime import date
from typing import Any

from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.models import Matter, Opinion
from casework.matters.recording import as_of
from office.history import because

_VERB = "matters.answer_matter"


def _answer(matter: Matter, by: Any, on: date, data: Data) -> str:
    opinion = Opinion(matter=matter, outcome=data["outcome"], answered_on=on, author=by)
    opinion.put("body", data["body"])
    with because("答复", **as_of(by, _VERB)):
        opinion.save()
    matter.answered_on = on
    return opinion.get_outcome_display()


EFFECTS: dict[str, Effect] = {"answer": _answer}
AFTER: dict[str, After] = {}
TURNS: dict[str, Turn] = {}
GATES: dict[str, Gate] = {}
