"""What tests of this room do at the counter: let people come in, fill in forms, send them."""

import uuid
from datetime import timedelta
from typing import Any

from django.urls import reverse

from casework.matters.intake import Arrival, Person, register
from casework.matters.models import Matter
from casework.matters.moving import move
from office.clock import today
from office.history import acting

LIST = "wagtailsnippets_matters_matter:list"


def arrive(by: Any, **more: Any) -> Any:
    """Register an arrival of three days ago; returns (item, matters)."""
    facts = {
        "channel": "visit",
        "received_on": today() - timedelta(days=3),
        "claims": [("民宿保洁员四个月加班费未付", "七月到十月的加班费一直没有发。")],
        "people": [Person(name="韦小梅", phone="19900001234", address="望塘村3组12号")],
    }
    with acting(by):
        return register(Arrival(**{**facts, **more}), by=by)


def accepted(matter: Any, by: Any, **data: Any) -> Any:
    with acting(by):
        return move(matter, "accept", by=by, data={"klass": "C", "path": "C6"} | data)


def assigned(matter: Any, by: Any, unit: Any, officer: Any = None, note: str = "") -> Any:
    data = {"lead_unit": unit, "officer": officer, "note": note}
    with acting(by):
        return move(matter, "assign", by=by, data=data)


def answered(matter: Any, by: Any, body: str = "加班费已补发。") -> Any:
    with acting(by):
        return move(matter, "answer", by=by, data={"outcome": "support", "body": body})


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
