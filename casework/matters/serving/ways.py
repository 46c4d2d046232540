"""What a service must show, whichever paper it is of: which way asks for what (practice §2, §5).

The move that serves an answer and the act that serves any other letter ask the same questions here and
write the same row.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from casework.matters.models import Document, Matter, Opinion, Service
from casework.matters.recording import as_of
from casework.matters.sealed.keys import key_for
from office.clock import now, today
from office.history import because
from office.separation import Act, Part, refused

Data = Mapping[str, Any]
VERB = "matters.serve_opinion"
WAY = Service.Way
#: ways of which nobody can say later where it was, unless it is written down
_PLACED = {
    WAY.PERSON: "写明在哪里送到的，例如：信访人家中。",
    WAY.LEFT: "写明留在哪里，例如：信访人家门口。",
    WAY.NOTICE: "写明公告张贴在哪里，例如：街道办公告栏。",
}


def unproved(matter: Matter, data: Data, *, by: Any, on: date, tried: bool) -> dict[str, str]:
    """Why a paper does not count as served: field → sentence; {} when it does.

    data: `way` and what else the move `serve` takes; by: who serves; tried: another way failed before.
    """
    if wrong := _wrong_way(matter, data, on):
        return wrong
    way = data["way"]
    if way == WAY.ELECTRONIC:
        return _electronic(data)
    if _missing(data, "place") and way in _PLACED:
        return {"place": _PLACED[way]}
    if data.get("proof") is None:
        return {"proof": "请上传送达凭据：送达回证、邮寄回执或现场照片。没有凭据，等于没有送达。"}
    if way == WAY.LEFT:
        return _witnessed(data, by)
    if way == WAY.NOTICE:
        return _by_notice(data, tried)
    return {}


def untold(matter: Matter, data: Data, *, on: date) -> dict[str, str]:
    """What a try in vain lacks: field → sentence. Nobody tries by a public notice."""
    if wrong := _wrong_way(matter, data, on):
        return wrong
    if data["way"] == WAY.NOTICE:
        return {"way": "公告张贴出去就是送达，请用“送达”登记。"}
    if _missing(data, "place") and data["way"] in _PLACED:
        return {"place": "写明去了哪里，例如：信访人家中。"}
    if _missing(data, "note"):
        return {"note": "请写明为什么没有送到。"}
    return {}


def _missing(data: Data, name: str) -> bool:
    return not str(data.get(name) or "").strip()


def _wrong_way(matter: Matter, data: Data, on: date) -> dict[str, str]:
    if data.get("way") not in WAY.values:
        return {"way": "没有这种送达方式，请重新选择。"}
    time = data.get("time")
    if time is not None and on == today() and time > timezone.localtime(now()).time():
        return {"time": "送达的时刻不能晚于现在。"}
    for name in ("proof", "consent"):
        file = data.get(name)
        if file is not None and (file.matter_id != matter.pk or file.withdrawn):
            return {name: "请上传这件事项自己的凭据。"}
    return {}


def _electronic(data: Data) -> dict[str, str]:
    if data.get("consent") is None:
        return {"consent": "电子送达须有信访人签字的同意书，请上传；没有的，改用别的方式送达。"}
    if not data.get("received"):
        return {"received": "本人确认“已收到”才算送达；没有打开、没有回复的，不算。"}
    return {}


def _witnessed(data: Data, by: Any) -> dict[str, str]:
    other, named = data.get("witness_user"), str(data.get("witness") or "").strip()
    if other is None and not named:
        return {"witness": "留置送达要有见证人：写明见证人，或选一位同事。"}
    if other is not None and (why := refused(Act.WITNESS, other, {Part.SERVER: (by.pk,)})):
        return {"witness_user": why}
    if other is None and named == by.name:
        return {"witness": refused(Act.WITNESS, by, {Part.SERVER: (by.pk,)})}
    return {}


def _by_notice(data: Data, tried: bool) -> dict[str, str]:
    if not tried:
        return {"way": "公告送达前，先用别的方式送过、记下“未送达”。"}
    if not data.get("no_name"):
        return {"no_name": "公告不得出现信访人的姓名，请核对后勾选。"}
    return {}


def write(
    matter: Matter, by: Any, on: date, data: Data, *,
    document: Document | None, opinion: Opinion | None = None, failed: bool = False,
) -> Service:  # fmt: skip
    """Record a service, or a try in vain, of a paper; in the caller's transaction, once it was asked
    for (`unproved`, `untold`)."""
    row = Service(
        pk=key_for(matter.sealed), matter=matter, round=matter.round, opinion=opinion,
        document=document, way=data["way"], on=on, time=data.get("time"), at=now(), server=by,
        witness_user=data.get("witness_user"), consent=data.get("consent"),
        proof=data.get("proof"), received=bool(data.get("received")), failed=failed,
    )  # fmt: skip
    for name in ("place", "note", "witness"):
        row.put(name, str(data.get(name) or "").strip())
    with because("送达", **as_of(by, VERB)):
        row.save()
    return row
