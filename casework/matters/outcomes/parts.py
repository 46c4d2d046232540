"""三到位一处理: what was done for each of the four parts, with files that prove it (art. 27)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.models import FourPart, FourPartFile, Matter, MatterFile
from casework.matters.moving import taken_up
from casework.matters.permissions import may
from casework.matters.recording import as_of, log_move
from casework.matters.sealed.keys import key_for
from casework.matters.states import UNDER_SEAL, State
from office.clock import today
from office.history import because

Part = FourPart.Part
#: whoever answers the matter or closes it says what was done
VERBS = ("matters.answer_matter", "matters.close_matter")
_NOT_YET = (State.REGISTERED, State.OBJECTED, State.MERGED, State.ASSIGNED_OUT, *UNDER_SEAL)
_NO_MORE = (State.ARCHIVED, State.WITHDRAWN, State.VOID)


@dataclass(frozen=True)
class Said:
    """What somebody says of one part. body, document: who dealt with an unlawful act, by which paper."""

    part: str
    applies: bool
    words: str = ""
    files: Sequence[MatterFile] = field(default_factory=list)
    body: str = ""
    document: str = ""


def verb_of(user: Any, matter: Matter) -> str:
    """By which right this person says what became of the matter; "" when by none."""
    if matter.sealed:
        return ""
    return next((verb for verb in VERBS if may(user, matter, verb)), "")


def may_say(user: Any, matter: Matter) -> bool:
    """From acceptance until the archive: by the lead unit or the office head."""
    if matter.state in (*_NOT_YET, *_NO_MORE) or matter.accepted_on is None:
        return False
    return bool(verb_of(user, matter))


def say(matter: Matter, said: Sequence[Said], *, by: Any) -> Matter:
    """Write down all four parts of the present round at once, replacing what was said before.

    Raises ValidationError ("<part>-words" and the like → sentence), PermissionDenied and
    Matter.DoesNotExist as `moving.move` does.
    """
    with transaction.atomic():
        matter = taken_up(matter, by)
        if not may_say(by, matter):
            raise PermissionDenied
        if wrong := _wrong(matter, said):
            raise ValidationError(wrong)
        verb = verb_of(by, matter)
        with because("三到位一处理", **as_of(by, verb)):
            for one in said:
                _write(matter, one, by)
        told = "、".join(Part(one.part).label for one in said if one.applies)
        log_move(
            matter, "four_parts", by=by, on=today(), source=matter.state, verb=verb,
            summary=f"适用：{told}",
        )  # fmt: skip
    return matter


def _wrong(matter: Matter, said: Sequence[Said]) -> dict[str, str]:
    if sorted(one.part for one in said) != sorted(Part.values):
        raise ValidationError("四个方面都要选“适用”或“不适用”。")
    own = {row.pk for row in matter.files.filter(withdrawn=False)}
    found = {}
    for one in said:
        if not one.applies:
            continue
        if not one.words.strip():
            found[f"{one.part}-words"] = "适用的方面要写明是怎样落实的。"
        if not one.files:
            found[f"{one.part}-files"] = "适用的方面至少要有一份佐证材料；没有的，请先上传到本件。"
        elif any(file.pk not in own for file in one.files):
            found[f"{one.part}-files"] = "请选本件里没有撤下的材料。"
        if one.part == Part.LAWFUL and not one.body.strip():
            found[f"{one.part}-body"] = "请写依法处理的机关，例如：云湖派出所。只写机关，不列人名。"
        if one.part == Part.LAWFUL and not one.document.strip():
            found[f"{one.part}-document"] = "请写处理文书的编号，没有文书的不算依法处理。"
    if not found and not any(one.applies for one in said):
        raise ValidationError("四个方面至少有一个适用：诉求合理的解决，无理的讲清道理。")
    return found


def _write(matter: Matter, one: Said, by: Any) -> None:
    row = matter.four_parts.filter(part=one.part, round=matter.round).first()
    if row is None:
        row = FourPart(
            pk=key_for(matter.sealed), matter=matter, part=one.part, round=matter.round
        )  # fmt: skip
    else:
        row.matter = matter
    told = row.part == Part.LAWFUL and one.applies
    row.applies = one.applies
    row.body, row.document = (one.body.strip(), one.document.strip()) if told else ("", "")
    row.put("words", one.words.strip())
    if row.changed_fields():
        row.by, row.on = by, today()
        row.save()
    _rest_on(row, one.files if one.applies else ())


def _rest_on(row: FourPart, files: Sequence[MatterFile]) -> None:
    wanted = {file.pk: file for file in files}
    for held in row.evidence.all():
        held.dropped = held.file_id not in wanted
        held.save()
        wanted.pop(held.file_id, None)
    for file in wanted.values():
        FourPartFile(
            pk=key_for(row.matter.sealed), matter=row.matter, part=row, file=file
        ).save()  # fmt: skip
