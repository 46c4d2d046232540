"""Sealed matters of every kind, who may see them, and by what an answer would give one away."""

import re
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.matters.approvals import ask
from casework.matters.attaching import attach
from casework.matters.intake import Arrival, Person, register
from casework.matters.models import Item, Matter, Recusal
from casework.matters.moving import move
from casework.matters.opening import BOTH, open_for
from casework.matters.profiles import make_national_profile
from casework.matters.sealed.bodies import make_bodies
from casework.matters.sealed.envelope import Envelope
from casework.matters.sealed.handing import Chosen, make_list, sign
from office import search
from office.clock import today
from office.history import acting
from tests.doors.together import together

KEEPERS = {"custodian", "custodian2"}
#: sealed matter → who sees it; everybody else of the cast must not
SEES = {
    "unopened": {"registrar", *KEEPERS},
    "opened": {"registrar", *KEEPERS},
    "later": KEEPERS,
    "handed over": KEEPERS,
    "stepped back": {"registrar", "custodian"},
}
#: what was said in two of them, in words that stand nowhere else
SAID = {
    "opened": ("琉璃厂旧账", "鎏金账册三本", "阚泽渊", "19900008765", "鹭鸶桥堍"),
    "later": ("沧浪亭后巷", "榫卯图样七张", "蔺照临", "19900008766", "鸬鹚湾头"),
}
#: what colleagues wrote of it before it was sealed
WRITTEN = {"later": ("核对过门牌", "有人要动手", "路口聚集")}


def _arrive(cast: SimpleNamespace, name: str, klass: str = "", **more: Any) -> Matter:
    title, claim, who, phone, place = SAID.get(name, ("", "", "", "", ""))
    known = name in SAID
    arrival = Arrival(
        channel="visit",
        received_on=today(),
        klass=klass,
        claims=[(title, claim)] if known else (),
        people=[Person(name=who, phone=phone, address="青檀社区")] if known else (),
        place=place,
        **more,
    )
    with acting(cast.registrar):
        return register(arrival, by=cast.registrar)[1][0]


def sealed_later(cast: SimpleNamespace, street: SimpleNamespace) -> Matter:
    """Handled, looked at, with a file and a request that waits; then it turns out to be a report."""
    matter = _arrive(cast, "later", source="12345", source_number="GD-90417")
    with acting(cast.registrar):
        upload = SimpleUploadedFile("图样.txt", SAID["later"][1].encode())
        attach(matter, upload, by=cast.registrar)
        ask(matter, "void", by=cast.registrar, reason="重复登记")
    with acting(cast.officehead):
        move(matter, "accept", by=cast.officehead, data={"klass": "C", "path": "C6"})
        data = {"lead_unit": street.social, "officer": cast.officer}
        matter = move(matter, "assign", by=cast.officehead, data=data)
        together(cast, matter, street.housing)
        for what in BOTH:
            open_for(cast.officehead, matter, what, "督办前了解进展")
    search.index_changes()
    with acting(cast.officer):
        ask(matter, "seal", by=cast.officer, reason="图样背面写着收钱的人")
    return Matter.objects.get(pk=matter.pk)


def handed_over(cast: SimpleNamespace) -> Matter:
    """Unopened, on a list that came back signed."""
    matter = _arrive(cast, "handed over", "B")
    body = next(iter(make_bodies()))
    with acting(cast.custodian):
        chosen = [Chosen(matter, "envelope", 1)]
        listed = make_list(body, chosen, by=cast.custodian)
        scan = SimpleUploadedFile("签收.txt", "已签收".encode())
        sign(listed, by=cast.custodian, on=today(), receiver="纪小检", upload=scan)
    return Matter.objects.get(pk=matter.pk)


def make_world(cast: SimpleNamespace, street: SimpleNamespace) -> dict[str, Matter]:
    """One sealed matter of each kind, beside an ordinary one."""
    make_national_profile()
    register_ordinary(cast)
    world = {
        "unopened": _arrive(cast, "unopened", "B"),
        "opened": _arrive(cast, "opened", "B", envelope=Envelope(opened=True)),
        "later": sealed_later(cast, street),
        "handed over": handed_over(cast),
        "stepped back": _arrive(cast, "stepped back", "B"),
    }
    with acting(None, "回避"):
        Recusal(matter=world["stepped back"], user=cast.custodian2, since=today()).save()
    search.index_changes()
    return world


def register_ordinary(cast: SimpleNamespace) -> Matter:
    arrival = Arrival(
        channel="visit", received_on=today(), claims=[("围墙占道", "院墙修到了路上。")],
        people=[Person(name="柏舟", phone="19900004321", address="青檀社区")],
    )  # fmt: skip
    with acting(cast.registrar):
        return register(arrival, by=cast.registrar)[1][0]


def marks(name: str, matter: Matter) -> list[str]:
    """What stands in no answer to somebody who may not see this matter."""
    found = [matter.number, *SAID.get(name, ()), *WRITTEN.get(name, ())]
    items = Item.objects.filter(links__matter=matter, sealed=True)
    found += items.values_list("number", flat=True)
    if matter.pk < 0:
        return [*found, str(matter.pk)]
    return [*found, f"inspect/{matter.pk}/", f"history/{matter.pk}/", f"/matters/{matter.pk}/"]


def absent_like(pk: int) -> int:
    """A key that no matter has, as long as this one: addresses stay as long as they are."""
    taken = set(Matter.objects.values_list("pk", flat=True))
    digits = len(str(abs(pk)))
    sign = -1 if pk < 0 else 1
    return next(
        sign * n for n in range(10**digits - 1, 10 ** (digits - 1), -1) if sign * n not in taken
    )


_TOKENS = (
    (r'(csrfmiddlewaretoken|form_token|form_owner)"? value="[^"]*"', ""),
    (r'(csrfToken|CSRF_TOKEN)"?\s*:\s*"[^"]*"', ""),
    (r"csrf(Token)?&quot;:\s?&quot;[^&]*&quot;", ""),
    (r'(id|for|aria-\w+)="[^"]*[0-9a-f]{8}-[0-9a-f-]{27}[^"]*"', ""),
)
_OF_THE_MOMENT = {"Date", "Expires", "Last-Modified", "Set-Cookie"}


def answer(response: Any, *keys: tuple[str, str]) -> tuple[int, dict[str, str], str]:
    """Status, headers and body without what differs from request to request.

    keys: (what stands in this answer because it was asked for, what to put in its place).
    """
    body = (
        b"".join(response.streaming_content) if response.streaming else response.content
    ).decode(errors="replace")
    for pattern, empty in _TOKENS:
        body = re.sub(pattern, empty, body)
    headers = {k: v for k, v in response.headers.items() if k not in _OF_THE_MOMENT}
    for what, instead in keys:
        body = body.replace(what, instead)
        headers = {k: v.replace(what, instead) for k, v in headers.items()}
    cookies = sorted(set(response.cookies) - {"sessionid", "csrftoken"})  # prolonged now and then
    return response.status_code, headers | {"cookies": ",".join(cookies)}, body
