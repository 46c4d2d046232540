"""What a grant would change, in words: before, after, and what the person could then do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils.timezone import localtime

from office.appointing.asking import Kind, Wish, why_not_grant
from office.clock import today
from office.models import Deputy, GrantRequest, Post, User
from office.roles import BY_KEY, Reach

SEES = {
    Reach.NONE: "看不到任何信访事项",
    Reach.ENTRIES: "看自己登记的和待登记的事项",
    Reach.UNIT: "看本单位及下级单位办理的事项",
    Reach.ALL: "看全部未加密的事项",
    Reach.SEALED: "看自己保管的密件",
    Reach.REVIEW: "看送来审核的事项",
    Reach.AREA: "看本片区分派来的事项",
}
_PAGES = {"add": "写网页", "change": "改网页", "publish": "发布网页"}
_ACTIONS = {"view": "查看", "add": "新增", "change": "修改"}


@dataclass(frozen=True)
class Effect:
    """Lines for the page of a request. refused: why it cannot be given as things stand."""

    before: list[str]
    after: list[str]
    sees: str = ""
    gains: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: str = ""


def effect(wish: Wish) -> Effect:
    """What would be different if this were confirmed today."""
    held = holdings(wish.user, today())
    before = [said for said, _ in held] or ["没有岗位"]
    if wish.kind == Kind.PASSWORD:
        return _password(wish, before)
    said, role = _said(wish), BY_KEY[wish.of_role]
    if wish.kind == Kind.EXTEND and wish.post is not None:
        after = [said if pk == wish.post.pk else line for line, pk in held]
    else:
        after = [*(line for line in before if held), said]
    have = {verb for key in _roles(wish.user) for verb in BY_KEY[key].verbs}
    pages = [text for name, text in _PAGES.items() if name in role.pages]
    return Effect(
        before,
        after,
        sees=SEES[role.reach],
        gains=pages + verb_words([verb for verb in role.verbs if verb not in have]),
        notes=_notes(wish),
        refused=why_not_grant(wish),
    )


def _password(wish: Wish, before: list[str]) -> Effect:
    notes = ["岗位和权限不变。密码由本人用两半激活码自己设置，别人都不知道。"]
    if wish.user.has_usable_password():
        notes.append(
            "设好新密码后，原来的密码作废，这个账号的登录全部退出，本人下次登录会看到提示。"
        )
    if not wish.user.is_active:
        notes.append("这个账号现在停用，确认后重新启用。")
    return Effect(before, before, notes=notes, refused=why_not_grant(wish))


def _notes(wish: Wish) -> list[str]:
    held = _roles(wish.user) - {wish.of_role}
    if not held:
        return []
    labels = "、".join(sorted(BY_KEY[key].label for key in held))
    return [f"兼任：已有角色 {labels}。可以兼任，但同一件事上申请和审批、拟稿和签发仍须两人。"]


def _said(wish: Wish) -> str:
    if wish.kind == Kind.POST:
        start = max(wish.valid_from or today(), today())
        title = f"（{wish.title}）" if wish.title else ""
        return f"{wish.unit} {BY_KEY[wish.role].label}{title}，{span(start, wish.valid_to)}"
    post = wish.post
    assert post is not None
    if wish.kind == Kind.EXTEND:
        return f"{_of(post)}，{span(post.valid_from, wish.valid_to)}"
    start = max(wish.valid_from or today(), today())
    return f"代行 {post.user} 的岗位：{_of(post)}，{span(start, wish.valid_to)}"


def _of(post: Post) -> str:
    title = f"（{post.title}）" if post.title else ""
    return f"{post.unit} {post.get_role_display()}{title}"


def span(start: date, end: date | None) -> str:
    return f"{start} 至 {end}" if end else f"{start} 起"


def holdings(user: User, on: date) -> list[tuple[str, int | None]]:
    """Posts and deputyships in force or to come, in words; the key of a post, None of a deputyship."""
    going_on = Q(valid_to=None) | Q(valid_to__gte=on)
    posts = Post.objects.filter(going_on, user=user).select_related("unit").order_by("pk")
    acting = Deputy.objects.filter(user=user, valid_to__gte=on)
    found: list[tuple[str, int | None]] = [
        (f"{_of(post)}，{span(post.valid_from, post.valid_to)}", post.pk) for post in posts
    ]
    for one in acting.select_related("post__unit", "post__user").order_by("pk"):
        said = f"代行 {one.post.user} 的岗位：{_of(one.post)}"
        found.append((f"{said}，{span(one.valid_from, one.valid_to)}", None))
    return found


@dataclass(frozen=True)
class Holding:
    """A post or deputyship in words, and who asked for and confirmed it; "" where no record is."""

    said: str
    confirmed: str
    post: int | None = None
    deputy: int | None = None


def confirmed_holdings(user: User, on: date) -> list[Holding]:
    """What a person holds from `on`, since when, confirmed by whom."""
    going_on = Q(valid_to=None) | Q(valid_to__gte=on)
    posts = Post.objects.filter(going_on, user=user).select_related("unit").order_by("pk")
    found = [
        Holding(
            f"{_of(post)}，{span(post.valid_from, post.valid_to)}",
            confirmation(post.granted.all()),
            post=post.pk,
        )
        for post in posts.prefetch_related("granted__asked_by", "granted__decided_by")
    ]
    acting = Deputy.objects.filter(user=user, valid_to__gte=on).order_by("pk")
    for one in acting.select_related("post__unit", "post__user").prefetch_related(
        "granted__asked_by", "granted__decided_by"
    ):
        said = f"代行 {one.post.user} 的岗位：{_of(one.post)}，{span(one.valid_from, one.valid_to)}"
        found.append(Holding(said, confirmation(one.granted.all()), deputy=one.pk))
    return found


def confirmation(requests: Iterable[GrantRequest]) -> str:
    """By whom the newest of these requests was asked for and confirmed, and when."""
    made = max(requests, key=lambda request: request.pk, default=None)
    if made is None or made.decided_at is None:
        return ""
    day = f"{localtime(made.decided_at):%Y-%m-%d}"
    return f"{made.asked_by} 提出，{made.decided_by} 确认，{day}"


def _roles(user: User) -> set[str]:
    day = today()
    going_on = Q(valid_to=None) | Q(valid_to__gte=day)
    own = Post.objects.filter(going_on, user=user).values_list("role", flat=True)
    acted = Deputy.objects.filter(user=user, valid_to__gte=day).values_list("post__role", flat=True)
    return {*own, *acted}


def verb_words(verbs: Iterable[str]) -> list[str]:
    """What people call these rights, in the order given, each once."""
    wanted = list(verbs)
    rows = Permission.objects.filter(
        content_type__app_label__in={verb.split(".")[0] for verb in wanted},
        codename__in={verb.split(".")[1] for verb in wanted},
    ).select_related("content_type")
    words = {f"{row.content_type.app_label}.{row.codename}": _word(row) for row in rows}
    return list(dict.fromkeys(words[verb] for verb in wanted if verb in words))


def _word(permission: Permission) -> str:
    action, _, _ = permission.codename.partition("_")
    model = permission.content_type.model_class()
    if permission.name.isascii() or permission.name.startswith("Can "):
        thing = str(model._meta.verbose_name) if model else permission.codename
        return f"{_ACTIONS.get(action, action)}{thing}"
    return permission.name
