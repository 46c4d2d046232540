"""Matters of the entry side in every state, each brought there through the real doors.

`STATES` makes a matter of a state; `GOOD` says for every row of `transitions.entry` who makes (or asks
for) the move and with which data, and from which maker of `STATES` it starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.matters.approvals import ask
from casework.matters.attaching import attach
from casework.matters.models import Matter, MatterFile
from casework.matters.moving import move
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import ARBITRATION, accepted, agreed, arrive, routed
from tests.casework.matters.opinions import making as opinions

Cast = SimpleNamespace


def fresh(cast: Cast, **arrival: Any) -> Matter:
    return arrive(cast.registrar, **arrival)[1][0]


def sent_to_us(cast: Cast) -> Matter:
    """A matter that the district forwarded."""
    return fresh(cast, channel="forwarded", source="区信访局", source_number="区信转〔2026〕88号")


def paper(matter: Matter, by: Any, name: str = "扫描件.txt") -> MatterFile:
    """A scan in the file of the matter."""
    with acting(by):
        return attach(matter, SimpleUploadedFile(name, "盖章的文书".encode()), by=by, proof=True)


def moved(matter: Matter, name: str, by: Any, **data: Any) -> Matter:
    with acting(by):
        return move(matter, name, by=by, data=data)


def fast(cast: Cast, **arrival: Any) -> Matter:
    """Accepted, to be handled the simple way."""
    data = {"fast": True, "fits": FITS}
    return accepted(fresh(cast, **arrival), cast.officehead, **data)


FITS = ["clear", "not_assigned", "supportable", "no_path", "one_bearer", "small"]


def led(cast: Cast, **data: Any) -> Matter:
    """Led to arbitration, followed."""
    return routed(fresh(cast), cast.officehead, cast.reviewer, **data)


def below(cast: Cast, street: SimpleNamespace) -> Matter:
    """Assigned to a village, which is to report."""
    return moved(fresh(cast), "assign_out", cast.officehead, unit=street.village)


def objected(cast: Cast) -> Matter:
    return moved(
        sent_to_us(cast), "object", cast.officehead, note="属于区属企业", body="区国资监管部门"
    )


def decided(matter: Matter, act: str, cast: Cast, second: Any, **data: Any) -> Matter:
    """What the office head asked for and a second person approved."""
    with acting(cast.officehead):
        request = ask(matter, act, by=cast.officehead, reason="理由在此", data=data)
    with acting(second):
        return agreed(request, second)


@dataclass(frozen=True)
class Good:
    """Who makes a move (asks for it, where two are needed), with which data, on which matter."""

    who: str
    start: Callable[[Cast, SimpleNamespace], Matter]
    data: Callable[[Cast, SimpleNamespace, Matter], dict[str, Any]]
    second: str = ""


def _fresh(cast: Cast, street: SimpleNamespace) -> Matter:
    return fresh(cast)


def _led(cast: Cast, street: SimpleNamespace) -> Matter:
    return led(cast)


def _with_paper(**more: Any) -> Callable[[Cast, SimpleNamespace, Matter], dict[str, Any]]:
    return lambda cast, street, matter: {**more, "paper": paper(matter, cast.officehead)}


def _data(**given: Any) -> Callable[[Cast, SimpleNamespace, Matter], dict[str, Any]]:
    return lambda cast, street, matter: given


#: state → a matter in it, of the entry side
STATES: dict[str, Callable[[Cast, SimpleNamespace], Matter]] = {
    "registered": _fresh,
    "objected": lambda cast, street: objected(cast),
    "accepted": lambda cast, street: accepted(fresh(cast), cast.officehead),
    "routed": _led,
    "assigned_out": below,
    "closed": lambda cast, street: moved(fresh(cast), "tell", cast.officehead, body="区住建局"),
}


def ended_in_three(cast: Cast, street: SimpleNamespace) -> Matter:
    """A matter that went to its final review and was upheld there."""
    matter = opinions.final_review(cast, street)
    return opinions.act(matter, "final_upheld", cast.registrar, **opinions.decision(cast, matter))


def _barring(cast: Cast, street: SimpleNamespace, matter: Matter) -> dict[str, Any]:
    return {
        "earlier": ended_in_three(cast, street).number,
        "comparison": "加班费一项：复核意见书第二段已认定。",
        "paper": paper(matter, cast.officehead, "复核意见书.txt"),
    }


GOOD: dict[str, Good] = {
    "bar": Good("officehead", _fresh, _barring, "leader"),
    "accept": Good("officehead", _fresh, _data(klass="C", path="C6")),
    "on_spot": Good(
        "officehead", _fresh,
        _with_paper(klass="C", path="C6", summary="已当场补办老年卡。", confirmed="paper"),
    ),
    "route": Good("officehead", _fresh, _data(**ARBITRATION), "reviewer"),
    "refuse": Good("officehead", _fresh, _data(remedy="可向区信访局反映。"), "leader"),
    "tell": Good("officehead", _fresh, _data(body="区住建局", note="带上购房合同")),
    "forward": Good("officehead", _fresh, _data(to_name="区人社局")),
    "assign_out": Good("officehead", _fresh, lambda cast, street, matter: {"unit": street.village}),
    "report_in": Good("officehead", below, _with_paper(summary="路灯已修好，已告诉本人。")),
    "send_back": Good(
        "officehead", below,
        lambda cast, street, matter: {
            "note": "没有告诉本人", "again": True, "due_on": today() + timedelta(days=5),
        },
    ),
    "object": Good(
        "officehead", lambda cast, street: sent_to_us(cast),
        _data(note="属于区属企业", body="区国资监管部门"),
    ),
    "objection_upheld": Good(
        "officehead", lambda cast, street: objected(cast), _with_paper(note="以后由区里答复")
    ),
    "objection_refused": Good(
        "officehead", lambda cast, street: objected(cast), _data(note="区里说属地办理")
    ),
    "unclear": Good(
        "officehead", lambda cast, street: fresh(cast, people=[]),
        _data(unclear="both", note="信封没有落款，邻居都不认识"),
    ),
    "leave_fast": Good("officehead", lambda cast, street: fast(cast), _data(note="比想的复杂")),
    "reroute": Good(
        "officehead", lambda cast, street: accepted(fresh(cast), cast.officehead),
        _data(**ARBITRATION), "leader",
    ),
    "track": Good("officehead", _led, _data(note="仲裁委已立案，下月开庭")),
    "path_outcome": Good(
        "officehead", _led, _with_paper(result="decided", result_note="裁决支付两万元")
    ),
    "take_back": Good("officehead", _led, _data(note="仲裁委书面不受理：不是劳动关系")),
}  # fmt: skip


def made(name: str, cast: Cast, street: SimpleNamespace) -> Matter:
    """The matter after a good move of this name."""
    good = GOOD[name]
    matter = good.start(cast, street)
    data = good.data(cast, street, matter)
    if good.second:
        return decided(matter, name, cast, getattr(cast, good.second), **data)
    return moved(matter, name, getattr(cast, good.who), **data)
