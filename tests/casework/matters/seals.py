"""What tests about the seal do: ask, decide, and see who sees what."""

from typing import Any

from casework.matters.approvals import ask, decide
from casework.matters.models import Approval, Matter
from office.history import acting
from office.models import User

FACTS = (
    "number", "title", "klass", "path", "state", "complete", "lead_unit_id", "officer_id", "due_on",
    "due_kind", "accepted_on", "answered_on", "closed_on", "received_on", "source_key", "category_id",
)  # fmt: skip


def seal(matter: Any, by: Any, reason: str = "来信第二页反映村干部收钱办事") -> Approval:
    """The matter is to be sealed; returns the request that waits for a custodian."""
    with acting(by):
        return ask(matter, "seal", by=by, reason=reason)


def unseal(matter: Any, by: Any, reason: str = "反映的是补偿标准") -> Approval:
    with acting(by):
        return ask(matter, "unseal", by=by, reason=reason)


def decided(approval: Approval, by: Any, approve: bool, note: str = "经核实") -> Matter:
    with acting(by):
        return decide(Approval.objects.get(pk=approval.pk), by=by, approve=approve, note=note)


def seen(user: Any, matter: Any) -> bool:
    """Whether this person may see it, asked as by a new request."""
    person = User.objects.get(pk=user.pk)
    return Matter.objects.visible_to(person).filter(pk=matter.pk).exists()


def seers(cast: Any, matter: Any) -> set[str]:
    return {name for name, person in vars(cast).items() if seen(person, matter)}


def fresh_row(matter: Any) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def facts(matter: Any) -> dict[str, Any]:
    """What a matter is, to be compared with what it was."""
    return {name: getattr(fresh_row(matter), name) for name in FACTS}
