"""The posts a person holds on a day, their own and those they deputise for, and what follows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from office.clock import today
from office.models import Deputy, Post, Unit, User
from office.roles import BY_KEY, Reach, combination_refused, group_name


def posts_of(user: Any, on: date | None = None) -> list[Post]:
    """Posts in force, own ones first. Read once a request: kept on the user object for the day."""
    day = on or today()
    kept = getattr(user, "_posts_on", None)
    if kept and kept[0] == day:
        return kept[1]
    deputised = Q(deputies__user=user, deputies__valid_from__lte=day, deputies__valid_to__gte=day)
    rows = Post.objects.on(day).filter(Q(user=user) | deputised).select_related("unit").distinct()
    found = sorted(rows, key=lambda post: (post.user_id != user.pk, post.pk))
    forget_posts(user)
    user._posts_on = (day, found)
    return found


def forget_posts(user: Any) -> None:
    """Drop what `posts_of` and Django remembered of this object's rights."""
    for name in ("_posts_on", "_perm_cache", "_group_perm_cache", "_user_perm_cache", "_unit_ids"):
        if hasattr(user, name):  # also through the lazy object a request holds
            delattr(user, name)


def has_reach(user: Any, reach: Reach) -> bool:
    return any(BY_KEY[post.role].reach == reach for post in posts_of(user))


def unit_ids(user: Any, reach: Reach) -> list[int]:
    """Ids of the units of the posts with this reach, and of all units below them."""
    paths = {p.unit.path for p in posts_of(user) if BY_KEY[p.role].reach == reach}
    if not paths:
        return []
    held = getattr(user, "_unit_ids", None)
    if held is None:
        held = user._unit_ids = {}
    if reach not in held:
        wanted = Q()
        for path in paths:
            wanted |= Q(path__startswith=path)
        held[reach] = list(Unit.objects.filter(wanted).order_by().values_list("pk", flat=True))
    return held[reach]


def post_for(user: Any, verb: str) -> Post | None:
    """The post in which the person exercises a verb: their own before one deputised for."""
    return next((post for post in posts_of(user) if verb in BY_KEY[post.role].verbs), None)


def sync_groups(user: User, on: date) -> None:
    """Make the person's groups those of the posts held on `on`; pages and collections need them."""
    wanted = {group_name(post.role) for post in posts_of(user, on)}
    user.groups.set(Group.objects.filter(name__in=wanted))
    user.groups_on = on
    user.save(update_fields=["groups_on"])


def appoint(user: User, unit: Unit, role: str, *, since: date, title: str = "") -> Post:
    """Give a post. Raises ValidationError for roles one person may not hold together (practice §2)."""
    post = Post(user=user, unit=unit, role=role, title=title, valid_from=since)
    check_combination(post)
    post.save()
    renew(user)
    return post


def check_combination(post: Post) -> None:
    """Raise ValidationError when posts or deputyships of the same days forbid this one."""
    held = roles_between(post.user, post.valid_from, post.valid_to, leave_out=post)
    if refused := combination_refused(held | {post.role}):
        raise ValidationError({"role": refused})


def roles_between(user: User, start: date, end: date | None, leave_out: Any = None) -> set[str]:
    """Roles a person holds at some time between two days, deputised ones included."""
    posts, deputies = Post.objects.filter(user=user), Deputy.objects.filter(user=user)
    if isinstance(leave_out, Post):
        posts = posts.exclude(pk=leave_out.pk)
    elif isinstance(leave_out, Deputy):
        deputies = deputies.exclude(pk=leave_out.pk)
    held = _overlapping(posts, start, end).values_list("role", flat=True)
    acted = _overlapping(deputies, start, end).values_list("post__role", flat=True)
    return {*held, *acted}


def _overlapping(rows: QuerySet, start: date, end: date | None) -> QuerySet:
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=start))
    return rows.filter(valid_from__lte=end) if end else rows


def renew(user: User) -> None:
    """Bring the person's groups in line at once, after a post or a deputy was changed."""
    forget_posts(user)
    sync_groups(user, today())


def holders(role: str, on: date) -> Iterable[User]:
    """Active people who hold a role on a day, deputies not counted."""
    return User.objects.filter(
        is_active=True, posts__in=Post.objects.on(on).filter(role=role)
    ).distinct()
