"""Matters that came to an end, made the way staff bring them there."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from casework.matters.attaching import attach, attach_proof
from casework.matters.models import FourPart, Matter, MatterFile, PaperSignature, Resolution, Talk
from casework.matters.moving import carry_out, locked, move
from casework.matters.outcomes import paper, parts, settling, talking
from casework.matters.outcomes.parts import Said
from casework.matters.outcomes.talking import Told
from casework.matters.states import Ending, State
from casework.matters.table import BY_NAME
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import accepted, arrive, assigned

WORDS = {
    "solved": "四个月加班费已补发。",
    "explained": "",
    "helped": "",
    "lawful": "",
}


def scan(matter: Matter, by: Any, name: str = "收条.txt", text: str = "已收到补发。") -> MatterFile:
    """A file of the matter, whatever state it is in."""
    with acting(by):
        return attach_proof(matter, SimpleUploadedFile(name, text.encode()), by=by)


def filed(matter: Matter, by: Any, name: str = "说明.txt") -> MatterFile:
    with acting(by):
        return attach(matter, SimpleUploadedFile(name, b"2026"), by=by)


def four(matter: Matter, by: Any, *files: MatterFile) -> Matter:
    """The four parts of a claim that was met, proved by these files."""
    said = [Said(part, bool(words), words, files if words else ()) for part, words in WORDS.items()]
    with acting(by):
        return parts.say(matter, said, by=by)


def handled(cast: Any, street: Any, **more: Any) -> Matter:
    """A matter the officer of the social section handles."""
    matter = arrive(cast.registrar, **more)[1][0]
    accepted(matter, cast.officehead)
    return assigned(matter, cast.officehead, street.social, cast.officer)


def closed(cast: Any, street: Any, days: int = 0, ending: str = Ending.OPINION) -> Matter:
    """A matter of the petition procedure that was closed some days ago.

    Written as the move does it (clocks, calls, term), without the weeks until the window is over.
    """
    matter = handled(cast, street, received_on=today() - timedelta(days=days + 3))
    return end(matter, cast.officehead, days, ending)


def end(matter: Matter, by: Any, days: int = 0, ending: str = Ending.OPINION) -> Matter:
    """Bring a matter to its end through the one function that carries moves out."""
    on = today() - timedelta(days=days)
    with transaction.atomic(), acting(by):
        found = locked(matter, by)
        found.ending = ending
        return carry_out(found, BY_NAME["close"], by=by, on=on, data={})


def archived(cast: Any, street: Any, **pages: int) -> Matter:
    """A closed matter in the archive. Data and person of the move `archive`."""
    matter = closed(cast, street)
    with acting(cast.officehead):
        return move(matter, "archive", by=cast.officehead, data={"box": "三号柜", "pages": pages})


def resolved(matter: Matter, by: Any) -> Resolution:
    proof = scan(matter, by)
    with acting(by):
        return settling.resolve(
            matter, by=by, on=today(), how="met", evidence=proof, words="双方都满意。"
        )


def talked(matter: Matter, by: Any, *cited: str) -> Talk:
    told = Told(today(), "office", "讲了加班费怎么算。", "帮他算了一遍。", "还想问公积金。")
    with acting(by):
        return talking.note_talk(matter, told, by=by, cited=cited)


def signed(
    matter: Matter, cast: Any, what: str = "extend", by: Any = None, **more: Any
) -> PaperSignature:
    """The leader signed on paper today; the registrar entered it."""
    by = by or cast.registrar
    found = scan(matter, by, "呈批单.txt", "同意。")
    with acting(by):
        return paper.enter(matter, what, cast.leader, today(), found, by, **more)


def forms_of_parts(files: list[int], **more: str) -> dict[str, Any]:
    """What a browser sends for the four parts: the first applies, the others do not."""
    sent = {f"{part}-applies": "no" for part in FourPart.Part.values}
    return sent | {
        "solved-applies": "yes", "solved-words": "四个月加班费已补发。", "solved-files": files,
    } | more  # fmt: skip


#: for the test of all pairs of states: how a matter comes to be archived
MAKERS = {State.ARCHIVED: archived}
#: what the move needs, and who makes it (a name of the cast)
DATA = {"archive": {}}
WHO = {"archive": "officehead"}
