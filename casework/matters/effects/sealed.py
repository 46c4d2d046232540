"""What sealing, handing over and unsealing bring about (art. 30)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localtime

from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.models import Custody, Matter
from casework.matters.recording import as_of
from casework.matters.sealed.holding import keepers
from casework.matters.states import Klass
from office.clock import now
from office.history import because
from office.numbers import draw

TITLE = "密件（登记后转为密件）"
SERIES = "MJ"
_VERB = "matters.hand_over_sealed"


def _hide(matter: Matter, by: Any, on: date, data: Data) -> str:
    year = localtime(now()).year
    matter.sealed, matter.klass, matter.complete = True, Klass.REPORT, True
    matter.title, matter.source_key = TITLE, ""
    matter.lead_unit, matter.officer = None, None
    matter.number = f"{SERIES}{year}-{draw(SERIES, year):06d}"
    with because("转为密件", **as_of(by, "matters.ask_seal")):
        matter.save()  # now: what follows (clocks that end and begin) is logged as under seal
    return ""


def _end(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.closed_on = on
    return f"另行登记为 {data['found'].number}"


def _hand_over(matter: Matter, by: Any, on: date, data: Data) -> str:
    """The signed list it stands on takes it away; whoever entered it sees it no longer."""
    hand_over = data["hand_over"]
    if hand_over.voided_at or not hand_over.lines.filter(matter=matter).exists():
        raise ValidationError(f"{matter.number} 不在清单 {hand_over} 上，不能凭它转交。")
    kept = {user.pk for user in keepers(on)}
    with because("密件已转交", **as_of(by, _VERB)):
        for custody in Custody.objects.filter(matter=matter, until=None):
            if custody.user_id == matter.registered_by_id and custody.user_id not in kept:
                custody.until = on
                custody.save()
    matter.closed_on = on
    return f"交{hand_over.body}，清单 {hand_over}"


EFFECTS: dict[str, Effect] = {"seal": _hide, "unseal": _end, "hand_over": _hand_over}
AFTER: dict[str, After] = {}
TURNS: dict[str, Turn] = {}
GATES: dict[str, Gate] = {}
