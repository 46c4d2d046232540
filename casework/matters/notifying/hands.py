"""Who has a matter in hand, for notices: the officer, else the heads of its unit, else the office."""

from collections.abc import Iterable, Mapping
from typing import Any

from casework.matters.conflicts.standing import recused
from casework.matters.models import Matter
from office.clock import today
from office.models import Unit
from office.outbox.kinds import NoticeKind
from office.outbox.posting import Happening, post
from office.separation import holding

KIND = "matters.matter"
_HEADS, _OFFICE, _KEEPS = (
    "matters.assign_officer",
    "matters.accept_matter",
    "matters.hand_over_sealed",
)


def heads_of(unit: Unit | None) -> list[Any]:
    """The heads of a unit or of those above it, today; [] without a unit."""
    return holding(_HEADS, today(), unit) if unit else []


def office_heads() -> list[Any]:
    return holding(_OFFICE, today())


def custodians() -> list[Any]:
    return holding(_KEEPS, today())


def in_charge(matter: Matter) -> list[Any]:
    """Officer, else the heads of the lead unit, else the heads of the office."""
    if matter.officer is not None:
        return [matter.officer]
    return heads_of(matter.lead_unit) or office_heads()


def tell(
    kind: NoticeKind,
    key: Any,
    matter: Matter,
    people: Iterable[Any],
    facts: Mapping[str, Any],
    *,
    by: Any = None,
) -> None:
    """Put one notice about a matter into the outbox, inside the transaction of what happened.

    by: who did it, and need not be told; those who stay out of the matter are not told either, and
    of a sealed one nobody is.
    """
    if matter.sealed:
        return
    out = {row["user"] for row in recused(matter, today())} | ({by.pk} if by else set())
    wanted = [one for one in people if one.pk not in out]
    if wanted:
        said = {"编号": matter.number, **facts}
        post(Happening(kind.key, str(key), wanted, said, record=(KIND, matter.pk)))
