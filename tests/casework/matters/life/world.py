"""Every state, every move, and what each needs: the makers of all parts put together.

`STATES[state](cast, street)` brings a matter there through the real doors. `go(name, …)` makes a move
as an office would: one person, or one who asks and another who decides.
"""

from collections.abc import Callable
from typing import Any

from casework.matters.approvals import ask
from casework.matters.models import Approval, Matter
from casework.matters.moving import move
from casework.matters.table import BY_NAME
from office.history import acting
from tests.casework.matters.counter import agreed, arrive
from tests.casework.matters.entering import making as entering
from tests.casework.matters.handing import handed_over, listed
from tests.casework.matters.opinions import making as opinions
from tests.casework.matters.repeats import making as repeats

Maker = Callable[[Any, Any], Matter]


def sealed(cast: Any, street: Any) -> Matter:
    return arrive(cast.registrar, klass="B", channel="letter", claims=[], people=[])[1][0]


def gone(cast: Any, street: Any) -> Matter:
    return handed_over(sealed(cast, street), cast.custodian)


def void(cast: Any, street: Any) -> Matter:
    return opinions.two("void", cast, street, entering.fresh(cast))


STATES: dict[str, Maker] = {
    **{state: entering.STATES[state] for state in ("registered", "objected", "accepted")},
    **{state: entering.STATES[state] for state in ("routed", "assigned_out")},
    "merged": lambda cast, street: repeats.stages(cast)["merged"],
    **opinions.AT,
    "void": void,
    "sealed": sealed,
    "handed_over": gone,
}

#: move → who makes it, or who asks for it
WHO = {
    **{name: good.who for name, good in entering.GOOD.items()},
    **opinions.WHO,
    **{name: asks for name, (asks, _) in opinions.TWO.items() if name in BY_NAME},
    **dict.fromkeys(repeats.THEIRS, "officehead"),
    "archive": "officehead",
    "bar": "officehead",
    "hand_over": "custodian",
    "seal": "officehead",
    "unseal": "custodian",
}
#: act of two → who decides
SECOND = {
    **{name: good.second for name, good in entering.GOOD.items() if good.second},
    **{name: decides for name, (_, decides) in opinions.TWO.items() if name in BY_NAME},
    "bar": "leader",
    "unseal": "custodian2",
}


def data_of(name: str, cast: Any, street: Any, matter: Matter) -> dict[str, Any]:
    """Good data for a move on this matter; files that it takes are stored with the matter."""
    if name in entering.GOOD:
        return entering.GOOD[name].data(cast, street, matter)
    if name in repeats.THEIRS:
        return repeats.data(cast, entering.fresh(cast) if name == "merge" else matter)[name]
    if name == "bar":
        return barring(cast, street, matter)
    if name == "hand_over":
        return {"hand_over": listed(matter, by=cast.custodian)}
    if name in opinions.WHO or name in opinions.TWO:
        return opinions.data_for(name, cast, street, matter)
    return {}


def barring(cast: Any, street: Any, matter: Matter) -> dict[str, Any]:
    """What 不再受理 rests on: the same thing went through all three levels."""
    earlier = opinions.final_review(cast, street)
    go("final_upheld", cast, earlier, opinions.decision(cast, earlier))
    paper = entering.paper(matter, cast.officehead, "复核意见书.txt")
    told = "诉求、事实和理由与已复核的那一件逐项相同。"
    return {"note": told, "comparison": told, "earlier": earlier.number, "paper": paper}


def go(name: str, cast: Any, matter: Matter, data: dict[str, Any]) -> Matter:
    """Make the move; of an act of two, ask for it and have it approved by the second person."""
    by = getattr(cast, WHO[name])
    if name == "extend" and matter.state == "accepted":  # no officer has it yet
        by = cast.officehead
    if not BY_NAME[name].second:
        with acting(by):
            return move(matter, name, by=by, data=data)
    with acting(by):
        request = ask(matter, name, by=by, reason="理由写在这里", data=data)
    if name == "seal":  # hidden at once; a custodian confirms it later
        return Matter.objects.get(pk=matter.pk)
    decider = getattr(cast, SECOND[name])
    with acting(decider):
        agreed(Approval.objects.get(pk=request.pk), decider)
    return Matter.objects.get(pk=matter.pk)
