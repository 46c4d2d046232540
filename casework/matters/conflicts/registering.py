"""What the counter says at once: which unit each claim is about, and who is named."""

from collections.abc import Iterable
from typing import Any

from casework.matters.conflicts.units import note_concern
from casework.matters.models import ConcernedUnit, Conflict, Matter
from casework.matters.recusals import recuse
from office.models import Unit, User

_REASON = "登记时信访人反映，见诉求"


def note_about(matter: Matter, unit: Unit | None, *, by: Any) -> None:
    """Note the unit that a matter just registered is about, if any."""
    if unit is not None:
        source = ConcernedUnit.Source.PETITIONER
        note_concern(matter, unit, source=source, reason=_REASON, by=by)


def note_named(matters: Iterable[Matter], named: User | None, *, by: Any) -> None:
    """Keep whoever is named in an arrival out of all its matters, from the first moment."""
    first = next(iter(matters), None)
    if named is not None and first is not None:
        recuse(first, named, kind=Conflict.Kind.NAMED, reason=_REASON, by=by)
