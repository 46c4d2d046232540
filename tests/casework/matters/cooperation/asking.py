"""What tests of this subject do: ask for help, send the forms of its pages."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from casework.matters.cooperation import support
from casework.matters.models import Matter
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import sent

WHAT = "请提供望塘村民宿的消防检查记录"


def url(name: str, *keys: Any) -> str:
    return reverse(f"matters:{name}", args=[getattr(key, "pk", key) for key in keys])


def post(client: Any, name: str, *keys: Any, **fields: Any) -> Any:
    return client.post(url(name, *keys), sent(**fields))


def helped(matter: Any, unit: Any, by: Any, days: int = 5, what: str = WHAT, **more: Any) -> Any:
    """A support task asked of a unit."""
    with acting(by):
        return support.ask(
            matter, unit, what=what, due_on=today() + timedelta(days=days), by=by, **more
        )


def fresh(row: Any) -> Any:
    """The row as it stands now."""
    return type(row).objects.get(pk=row.pk)


def names(matter: Any) -> list[str]:
    """What happened to the matter, by the names of its moves."""
    return list(matter.moves.order_by("pk").values_list("name", flat=True))


def sees(user: Any, matter: Any) -> bool:
    return Matter.objects.visible_to(user).filter(pk=matter.pk).exists()
