"""The looks behind letters: nothing of a letter is made, shown or printed before one is written.

A letter follows from an act, so its purpose is that act; whether it follows from anything of the
person's own is for the ledger's rules to see. What leaves as a file is a look of its own each time.
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError

from casework.matters.letters.signing import HEAD, SERVE, SIGN
from casework.matters.models import Letter, Matter
from casework.matters.opening import (
    BOTH,
    READ,
    file_label,
    is_outside,
    open_for,
    open_until,
    right_post,
    task_of,
)
from office.clock import now
from office.looks import Act

#: said to whoever wants a form of a matter that is nobody's task of theirs, before they say what for
OPEN_FIRST = "这件不是您正在承办的：请先在事项页写明目的，打开{whats}，再打印表单。"


def open_record(user: Any, matter: Matter, purpose: str, act: str = Act.OPEN) -> None:
    """Look at who came and at what was said, for the letter that is made of it."""
    for what in BOTH:
        _open(user, matter, what, purpose, act)


def open_letter(user: Any, letter: Letter, purpose: str, act: str = Act.PRINT) -> None:
    """Look at the file of a frozen letter, else at the record the draft is made of."""
    if letter.file is None:
        open_record(user, letter.matter, purpose, act)
    else:
        _open(user, letter.matter, file_label(letter.file), purpose, act)


def open_form(
    user: Any, matter: Matter, whats: Collection[str], purpose: str, act: str = Act.PRINT
) -> None:
    """Look at what a paper form prints, `whats` of `BOTH`: for one's own task, else for the purpose for
    which it was opened just now. Raises ValidationError where it was not.
    """
    missing = [what for what in whats if what not in open_until(user, matter, now())]
    if missing and not task_of(user, matter):
        raise ValidationError(OPEN_FIRST.format(whats="、".join(missing)))
    for what in whats:
        _open(user, matter, what, purpose, act)


def _open(user: Any, matter: Matter, what: str, purpose: str, act: str) -> None:
    if act != Act.DOWNLOAD and what in open_until(user, matter, now()):
        return
    verbs = (verb for verb in (SERVE, SIGN, HEAD) if right_post(user, matter, verb))
    open_for(
        user, matter, what, purpose, verb=next(verbs, READ), act=act, typed=False,
        outside=is_outside(user, matter),
    )  # fmt: skip
