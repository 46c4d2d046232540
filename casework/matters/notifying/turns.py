"""After a move: whoever has to move next is told, and the resident of what concerns them."""

from datetime import date
from typing import Any

from casework.matters.coming import Facts, movers, next_step
from casework.matters.models import Matter, Move, Petitioner
from casework.matters.notifying.hands import KIND, able, in_charge, out_of, tell
from casework.matters.notifying.kinds import ACCEPTED, ANSWERED, TURN
from casework.matters.profiles import limits_of
from casework.matters.states import AT_WORK, State
from casework.matters.table import BY_NAME, LABELS
from office.clock import today
from office.limits import limit
from office.models import Notice
from office.outbox.kinds import DAY
from office.outbox.posting import Happening, Resident, key_of, post
from office.outbox.ways import mobile_of

PETITIONER = "matters.petitioner"
_HANDS_ON = {"officer", "lead_unit"}
#: the limits an acceptance tells; an earlier day that another office set is no promise to a resident
_PROMISED = ("handle", "fast", "duty", "suggestion")
#: moves of which a resident is told → by which notice
_OF_CONCERN = {"accept": ACCEPTED, "sign": ANSWERED, "sign_paper": ANSWERED}


def tell_move(matter: Matter, row: Move, by: Any) -> None:
    """Tell who moves next, unless it is the one who has just moved; and the resident."""
    if matter.sealed:
        return
    if row.name in _OF_CONCERN:
        _resident(matter, row)
    if not matter.is_open or (row.source == row.target and not _handed_on(row)):
        return
    step = next_step(Facts.of(matter), limits_of(matter.profile))
    if step is None or not step.ours:
        return
    out = out_of(matter)
    people = able(movers(step, matter, even_away=True), out) or in_charge(matter, out)
    if by is None or by.pk not in {one.pk for one in people}:
        facts = {"刚才": LABELS[row.name], "状态": matter.get_state_display()}
        tell(TURN, row.pk, matter, people, facts, by=by)


def _handed_on(row: Move) -> bool:
    """Whether the move gives the matter into other hands although its state stays."""
    return bool(_HANDS_ON & {*BY_NAME[row.name].needs})


def _resident(matter: Matter, row: Move) -> None:
    """A text message to the main petitioner, unless they said how they want to be reached.

    Not where the setting says no, none without a mobile number, and none of a promise whose day has
    gone. Once a move: an opinion that was taken back and signed anew is news.
    """
    if not limit("resident_messages"):
        return
    main = matter.petitioners.order_by("-main", "pk").first()
    if main is None:
        return
    main.matter = matter  # the key is at hand already
    if main.unlocked("contact_note") or not mobile_of(main.unlocked("phone")):
        return
    kind, facts = _OF_CONCERN[row.name], {"编号": matter.number}
    if kind is ACCEPTED:
        last = _promised(matter)
        if last is None or last < today():
            return
        facts["最后一天"] = last
    receiver = [Resident(PETITIONER, main.pk)]
    post(Happening(kind.key, str(row.pk), receiver, facts, (KIND, matter.pk)))


def _promised(matter: Matter) -> date | None:
    """The last day of what an acceptance promises; None where it promises none."""
    clock = matter.clocks.filter(kind__in=_PROMISED).order_by("-pk").first()
    return clock.due_on if clock else None


def phone_of(pk: int, notice: Notice) -> str | None:
    """The phone number of a petitioner, asked when a message goes out (`registries.phones`).

    None when they are not to be told of this now: what was posted may have waited a night.
    """
    rows = Petitioner.objects.filter(matter__sealed=False, matter__destroyed_at=None)
    row = rows.select_related("matter__data_key").filter(pk=pk).first()
    if row is None or not limit("resident_messages") or not _stands(notice, row.matter):
        return None
    return None if row.unlocked("contact_note") else row.unlocked("phone")


def _stands(notice: Notice, matter: Matter) -> bool:
    """Whether what a message says of a matter is still so, and still of use."""
    names = [name for name, kind in _OF_CONCERN.items() if kind.key == notice.kind]
    moves = matter.moves.filter(name__in=names).order_by("-pk").values_list("pk", flat=True)
    if notice.key != key_of(notice.kind, str(moves.first())):
        return False
    if notice.kind == ANSWERED.key:
        return matter.state == State.SIGNED
    last = _promised(matter)
    promise = last is not None and last >= today() and DAY.told(last)
    return matter.state in AT_WORK and promise == notice.facts["最后一天"]
