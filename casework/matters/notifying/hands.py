"""Who has a matter in hand, for notices: the officer, else the heads of its unit, else the office."""

from collections.abc import Callable, Collection, Iterable, Mapping
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
    """The heads of a unit or of those above it, today; [] without a unit.

    Whoever is on leave is told as ever (decision 0030); so are those who stand in.
    """
    return holding(_HEADS, today(), unit, even_away=True) if unit else []


def office_heads() -> list[Any]:
    return holding(_OFFICE, today(), even_away=True)


def custodians() -> list[Any]:
    return holding(_KEEPS, today(), even_away=True)


def out_of(matter: Matter) -> set[int]:
    """Keys of those who stay out of a matter today."""
    return {row["user"] for row in recused(matter, today())}


def able(people: Iterable[Any], out: Collection[int]) -> list[Any]:
    """Those who can do something: their account is open and they do not stay out."""
    return [one for one in people if one.is_active and one.pk not in out]


def in_charge(
    matter: Matter,
    out: Collection[int],
    heads: Callable[[Unit | None], list[Any]] = heads_of,
    office: Callable[[], list[Any]] = office_heads,
) -> list[Any]:
    """Officer, else the heads of the lead unit, else the heads of the office: the first who are able.

    heads, office: where these are known already.
    """
    officer = [matter.officer] if matter.officer else []
    return able(officer, out) or able(heads(matter.lead_unit), out) or able(office(), out)


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
    wanted = able(people, out_of(matter) | ({by.pk} if by else set()))
    if wanted:
        said = {"编号": matter.number, **facts}
        post(Happening(kind.key, str(key), wanted, said, record=(KIND, matter.pk)))
