"""What tests of this room do at the counter: let people come in, fill in forms, send them."""

import uuid
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.matters.approvals import ask, decide, not_yet, why_not_decide
from casework.matters.attaching import attach
from casework.matters.intake import Arrival, Person, register
from casework.matters.legal import review
from casework.matters.models import Category, Matter
from casework.matters.moving import move
from casework.matters.outcomes.parts import Said, say
from office.clock import today
from office.history import acting
from office.models import User

LIST = "wagtailsnippets_matters_matter:list"


def arrive(by: Any, **more: Any) -> Any:
    """Register an arrival of three days ago; returns (item, matters)."""
    facts = {
        "channel": "visit",
        "received_on": today() - timedelta(days=3),
        "claims": [("民宿保洁员四个月加班费未付", "七月到十月的加班费一直没有发。")],
        "people": [Person(name="韦小梅", phone="19900001234", address="望塘村3组12号")],
        "late_reason": "村里转来时已经晚了",
    }
    with acting(by):
        return register(Arrival(**{**facts, **more}), by=by)


def accepted(matter: Any, by: Any, **data: Any) -> Any:
    with acting(by):
        return move(matter, "accept", by=by, data={"klass": "C", "path": "C6"} | data)


#: a path that leads to another body, as an office head writes it down
ARBITRATION = {
    "path": "C2",
    "body": "区劳动人事争议仲裁委员会",
    "limit_text": "知道权利被侵害之日起一年（《劳动争议调解仲裁法》第二十七条）",
    "aid": "区法律援助中心 12348",
}


def routed(matter: Any, by: Any, second: Any, **data: Any) -> Any:
    """Led to another path: asked for by the office head, decided by a second person."""
    with acting(by):
        request = ask(
            matter, "route", by=by, reason="拖欠工资，依法先仲裁", data=ARBITRATION | data
        )
    return agreed(request, second)


def agreed(request: Any, by: Any, note: str = "") -> Any:
    """A request agreed to, after the legal reviewer of the cast where a profile asks for that."""
    reviewer = User.objects.get(username="reviewer")
    if why_not_decide(by, request):  # the decision is itself the legal review
        by = reviewer
    if not_yet(request):
        with acting(reviewer):
            review(request, by=reviewer, agrees=True, note="依据充分")
    with acting(by):
        return decide(request, by=by, approve=True, note=note)


def assigned(matter: Any, by: Any, unit: Any, officer: Any = None, note: str = "") -> Any:
    data = {"lead_unit": unit, "officer": officer, "note": note}
    with acting(by):
        return move(matter, "assign", by=by, data=data)


OPINION = {
    "outcome": "support", "claim": "要求补发加班费。", "facts": "经查考勤表，加班属实。",
    "basis": "《劳动法》第四十四条。", "all_answered": True, "performed": True,
}  # fmt: skip


def a_category() -> Category:
    """A subject for the matters of the tests: an opinion needs one."""
    found = Category.objects.filter(code="GZ01").first()
    if found is None:
        with acting(None, "分类"):
            found = Category(code="GZ01", name="劳动报酬")
            found.save()
    return found


def signed(matter: Any, by: Any, body: str = "加班费已补发。", **change: Any) -> Any:
    """Heard and drafted by `by`, reviewed by the office head, signed by the leader."""
    with acting(by):
        if matter.category_id is None:
            matter = Matter.objects.get(pk=matter.pk)
            matter.category = a_category()
            matter.save()
        if not matter.hearings.filter(round=matter.round).exists():
            move(matter, "hear", by=by, data={"way": "phone", "note": "他说一直没有发。"})
        move(matter, "draft", by=by, data=OPINION | {"body": body} | change)
    for name, who in (("review", "officehead"), ("sign", "leader")):
        person = User.objects.get(username=who)
        with acting(person):
            matter = move(matter, name, by=person)
    return matter


def answered(matter: Any, by: Any, body: str = "加班费已补发。", **change: Any) -> Any:
    """The whole way of an opinion, from the hearing to its service by `by`."""
    return in_hand(signed(matter, by, body, **change), by)


def in_hand(matter: Any, by: Any) -> Any:
    """The answer that waits is handed over by `by`."""
    with acting(by):
        proof = SimpleUploadedFile("送达回证.txt", "签收".encode())
        data = {"way": "person", "place": "信访办", "proof": attach(matter, proof, by=by)}
        return move(matter, "serve", by=by, data=data)


def all_said(matter: Any, by: Any) -> None:
    """三到位一处理, as closing asks for it: explained, with a file that proves it."""
    with acting(by):
        proof = attach(matter, SimpleUploadedFile("谈话记录.txt", "讲清了".encode()), by=by)
        parts = [
            Said(part, part == "explained", "讲清了政策和途径", [proof])
            if part == "explained"
            else Said(part, False)
            for part in ("solved", "explained", "helped", "lawful")
        ]
        say(matter, parts, by=by)


def sent(**fields: Any) -> dict[str, Any]:
    """Fields of a form with a token of its own, as a browser sends them."""
    return {"form_token": str(uuid.uuid4()), **fields}


def record(matter: Any) -> str:
    return reverse("wagtailsnippets_matters_matter:inspect", args=[matter.pk])


def act(matter: Any, name: str) -> str:
    return reverse("matters:do", args=[matter.pk, name])


def text(response: Any) -> str:
    """The page's HTML."""
    return response.content.decode()


def state(matter: Any) -> str:
    """The state the matter is in by now."""
    return Matter.objects.get(pk=matter.pk).state
