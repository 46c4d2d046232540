"""The looks behind letters: nothing of a letter is made, shown or printed before one is written."""

from typing import Any

from casework.matters.letters.signing import SERVE
from casework.matters.models import Letter, Matter
from casework.matters.opening import PEOPLE, TEXTS, file_label, open_for, open_until
from office.clock import now
from office.looks import Act


def open_record(user: Any, matter: Matter, purpose: str, act: str = Act.OPEN) -> None:
    """Look at who came and at what was said, for the letter that is made of it."""
    held = open_until(user, matter, now())
    for what in (PEOPLE, TEXTS):
        if what not in held:
            open_for(user, matter, what, purpose, verb=SERVE, act=act, typed=False)


def open_letter(user: Any, letter: Letter, purpose: str, act: str = Act.PRINT) -> None:
    """Look at the file of a frozen letter, else at the record the draft is made of."""
    if letter.file is None:
        open_record(user, letter.matter, purpose, act)
        return
    label = file_label(letter.file)
    if label not in open_until(user, letter.matter, now()):
        open_for(user, letter.matter, label, purpose, verb=SERVE, act=act, typed=False)
