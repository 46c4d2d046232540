"""Who keeps what is sealed: read from posts, a leader's naming and the rows of custody."""

from datetime import date
from typing import Any

from django.db.models import Q

from casework.matters.models import Custodian, Custody, Matter
from casework.matters.queries import running
from office.models import User
from office.posts import holders, posts_of

ROLE = "custodian"


def leads(user: Any) -> bool:
    """Is this person a leader of the street today?"""
    return any(post.role == "leader" for post in posts_of(user))


def keepers(on: date) -> list[User]:
    """Who keeps what comes in on a day: named by a leader and holding the post."""
    held = {user.pk: user for user in holders(ROLE, on)}
    named = Custodian.objects.filter(since__lte=on)
    if not named.exists():
        return [held[pk] for pk in sorted(held)]
    running_on = named.filter(Q(until=None) | Q(until__gt=on)).order_by("pk")
    return [held[pk] for pk in running_on.values_list("user_id", flat=True) if pk in held]


def in_keeping(matter: Matter, on: date) -> list[User]:
    """Custodians in whose hands a matter is: by row and by post, none who stepped back."""
    rows = Custody.objects.filter(matter=matter, until=None)
    out = matter.recusals.filter(running(on)).values("user")
    found = holders(ROLE, on).filter(pk__in=rows.values("user")).exclude(pk__in=out)
    return list(found.order_by("pk"))
