"""What the demo shows of sealed letters: custodians named, one handed over, one on a list, one opened."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.matters.intake import Arrival, Person, register
from casework.matters.models import DisciplineBody
from casework.matters.sealed.envelope import Envelope
from casework.matters.sealed.handing import Chosen, make_list, sign, waiting
from casework.matters.sealed.keeping import name_custodian
from casework.matters.states import Klass
from office import clock
from office.history import acting

_BODIES = (("云湖街道纪检监察工委", "street"), ("云湖区纪委监委", "district"))
_TOLD = "来电人说：望塘村修路时，村里有人把石料款记了两遍，收条在他手上。他愿意把收条交给纪委，不愿意说自己是谁。"


def begin(people: Mapping[str, Any], today: date, moment: Any) -> None:
    """Before the other matters: two custodians, two bodies, a letter handed over ten days ago.

    moment: (day, hour) → the moment at which something of the story happens.
    """
    with acting(None, "装入演示接收机关"):
        for name, level in _BODIES:
            DisciplineBody(name=name, level=level).save()
    with clock.at(moment(today - timedelta(days=30), 9)), acting(people["leader"]):
        for username in ("custodian", "custodian2"):
            name_custodian(people[username], by=people["leader"], reason="指定两人共同保管密件")
    day = today - timedelta(days=12)
    with clock.at(moment(day, 10)), acting(people["registrar"]):
        register(_letter(day, about_leader=True), by=people["registrar"])
    keeper = people["custodian"]
    body = DisciplineBody.objects.get(level="district")
    with clock.at(moment(day + timedelta(days=1), 9)), acting(keeper):
        made = make_list(body, [Chosen(row, "envelope", 1) for row in waiting(keeper)], by=keeper)
    with clock.at(moment(day + timedelta(days=2), 15)), acting(keeper):
        scan = SimpleUploadedFile("签收单.txt", "（演示材料）签收单扫描件".encode())
        sign(made, by=keeper, on=clock.today(), receiver="区纪委监委收发员", upload=scan)


def end(people: Mapping[str, Any], today: date, moment: Any) -> None:
    """After them: a call with content, and the oldest letter on a list that waits for its signature."""
    with clock.at(moment(today - timedelta(days=1), 16)), acting(people["registrar"]):
        arrival = Arrival(
            channel="phone",
            received_on=today - timedelta(days=1),
            klass=Klass.REPORT,
            claims=[("", _TOLD)],
            people=[Person(kind="anonymous")],
            place="望塘村",
            envelope=Envelope(carrier="call", opened=True),
        )
        register(arrival, by=people["registrar"])
    keeper = people["custodian2"]
    with clock.at(moment(today, 8)), acting(keeper):
        first = waiting(keeper).first()
        if first is not None:
            body = DisciplineBody.objects.get(level="street")
            make_list(body, [Chosen(first, "envelope", 1)], by=keeper)


def _letter(day: date, *, about_leader: bool) -> Arrival:
    envelope = Envelope(about_leader=about_leader)
    return Arrival(channel="letter", received_on=day, klass=Klass.REPORT, envelope=envelope)
