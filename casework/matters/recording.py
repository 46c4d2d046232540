"""What was done is written down: who, in which post, when, from where."""

from datetime import date
from typing import Any

from casework.matters.models import Matter, Move
from office.clock import now
from office.history import current
from office.posts import post_for, posts_of

_HIGHER = ("office_head", "leader")


def as_of(by: Any, verb: str) -> dict[str, Any]:
    """The person and the post behind a write, for `because`; the system when `by` is None.

    Whoever stands in for people who stay out of a matter, or enters what the district decided, has
    no post with the verb: then it is the higher one of their posts.
    """
    return {"user": by, "post": (post_for(by, verb) or _other_post(by)) if by else None}


def _other_post(by: Any) -> Any:
    posts = posts_of(by)
    return next((post for post in posts if post.role in _HIGHER), posts[0] if posts else None)


def log_move(
    matter: Matter,
    name: str,
    *,
    by: Any,
    on: date,
    source: str = "",
    summary: str = "",
    note: str = "",
    verb: str = "",
) -> Move:
    """Append a Move row: what happened to the matter, by whom, in which post."""
    row = Move(
        matter=matter,
        name=name,
        source=source,
        target=matter.state,
        actor=by,
        post=as_of(by, verb)["post"],
        at=now(),
        on=on,
        summary=summary,
        address=current().address or None,
    )
    row.put("note", note)
    row.save()
    return row
