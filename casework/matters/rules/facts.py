"""Which facts of a registration a matter has; a text is never opened to find out."""

from collections.abc import Callable

from casework.matters.models import Matter, Petitioner
from casework.matters.states import PersonKind

Has = Callable[[Matter, int], bool]


def _people(matter: Matter) -> list[Petitioner]:
    return list(matter.petitioners.all())


def _named(matter: Matter, group: int) -> bool:
    """Somebody is named; whoever wants to stay unknown has no name to give."""
    people = _people(matter)
    return any(bytes(one.name or b"") or one.kind == PersonKind.ANONYMOUS for one in people)


def _reachable(matter: Matter, group: int) -> bool:
    people = _people(matter)
    ways = ("phone", "address", "contact_note")
    return any(
        one.kind == PersonKind.ANONYMOUS or any(bytes(getattr(one, way) or b"") for way in ways)
        for one in people
    )


def _spoken_for(matter: Matter, group: int) -> bool:
    return matter.people_count < group or matter.representatives > 0


#: field → does the matter have it? The second argument: from how many people on it is a group.
HAS: dict[str, Has] = {
    "claim": lambda matter, group: bool(bytes(matter.claim or b"")),
    "category": lambda matter, group: matter.category_id is not None,
    "community": lambda matter, group: matter.community_id is not None,
    "name": _named,
    "contact": _reachable,
    "representatives": _spoken_for,
}
