"""After a move: whoever has to move next is told, and the resident of what concerns them."""

from typing import Any

from casework.matters.coming import Facts, movers, next_step
from casework.matters.models import Matter, Move, Petitioner
from casework.matters.notifying.hands import KIND, in_charge, tell
from casework.matters.notifying.kinds import ACCEPTED, ANSWERED, TURN
from casework.matters.profiles import limits_of
from casework.matters.table import BY_NAME, LABELS
from office.limits import limit
from office.outbox.posting import Happening, Resident, post
from office.outbox.ways import mobile_of

PETITIONER = "matters.petitioner"
_HANDS_ON = {"officer", "lead_unit"}
#: the limits an acceptance tells; an earlier day that another office set is no promise to a resident
_PROMISED = ("handle", "fast", "duty", "suggestion")


def tell_move(matter: Matter, row: Move, by: Any) -> None:
    """Tell who moves next, unless it is the one who has just moved; and the resident."""
    if matter.sealed:
        return
    if row.name == "accept":
        _resident(matter, ACCEPTED)
    elif row.name == "sign":
        _resident(matter, ANSWERED)
    if not matter.is_open or (row.source == row.target and not _handed_on(row)):
        return
    step = next_step(Facts.of(matter), limits_of(matter.profile))
    if step is None or not step.ours:
        return
    people = movers(step, matter) or in_charge(matter)
    if by is None or by.pk not in {one.pk for one in people}:
        facts = {"刚才": LABELS[row.name], "状态": matter.get_state_display()}
        tell(TURN, row.pk, matter, people, facts, by=by)


def _handed_on(row: Move) -> bool:
    """Whether the move gives the matter into other hands although its state stays."""
    return bool(_HANDS_ON & {*BY_NAME[row.name].needs})


def _resident(matter: Matter, kind: Any) -> None:
    """A text message to the main petitioner, unless they said how they want to be reached.

    Not where the setting says no, and none without a mobile number.
    """
    if not limit("resident_messages"):
        return
    main = matter.petitioners.order_by("-main", "pk").first()
    if main is None:
        return
    main.matter = matter  # the key is at hand already
    if main.unlocked("contact_note") or not mobile_of(main.unlocked("phone")):
        return
    facts = {"编号": matter.number}
    if kind is ACCEPTED:
        clock = matter.clocks.filter(kind__in=_PROMISED).order_by("-pk").first()
        if clock is None:
            return
        facts["最后一天"] = clock.due_on
    receiver = [Resident(PETITIONER, main.pk)]
    post(Happening(kind.key, f"{matter.pk}:{matter.round}", receiver, facts, (KIND, matter.pk)))


def phone_of(pk: int) -> str:
    """The phone number of a petitioner, asked when a message goes out (`registries.phones`)."""
    rows = Petitioner.objects.filter(matter__sealed=False, matter__destroyed_at=None)
    row = rows.select_related("matter__data_key").filter(pk=pk).first()
    return row.unlocked("phone") if row else ""
