"""The kernel's own lists as files: accounts, posts, units, days, the change log and the look ledger."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.timezone import localtime
from django_filters.filterset import filterset_factory
from wagtail.admin.filters import WagtailFilterSet

from office import audit
from office.audit_forms import ChangeFilter, LedgerFilter, LookFilter
from office.clock import today
from office.exporting.lists import ExportList, Listing, counted, in_bites
from office.hearing import heard
from office.keyset import Search
from office.models import CalendarDay, Change, Look, Post, Unit, User
from office.posts import post_for
from office.registries import exports
from office.sheets.official import Column, Head
from office.sheets.reading import Value

_BITE = 500  # entries of a log read at a time
Row = Sequence[Value | None]


def head(title: str, user: Any, verb: str, conditions: str) -> Head:
    """The head of an office's own list: filled in by the unit of the post that gives the right."""
    post = post_for(user, verb)
    unit = str(post.unit) if post else ""
    return Head(title=title, unit=unit, by=user.name, on=today(), conditions=conditions)


# Settings: small tables with the filters of Wagtail's list pages


@dataclass(frozen=True)
class Settings:
    """A settings list as its page shows it: the same filters, the same words, the same order."""

    label: str
    rows: Callable[[], QuerySet]
    verb: str
    columns: Sequence[Column]
    cells: Callable[[Any], Row]
    filters: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def open(self, user: Any, query: QueryDict, clear: bool) -> Listing:
        rows, said = self.rows(), []
        if self.filters:
            shape = filterset_factory(rows.model, filterset=WagtailFilterSet, fields=self.filters)
            chosen = shape(data=query, queryset=rows)
            if not chosen.is_valid():
                raise ValidationError("筛选条件不对。请回到名单，重新筛选后再导出。")
            rows, said = chosen.qs, _in_words(chosen.form)
        if text := query.get("q", "").strip()[:60]:
            rows, said = heard(rows, self.words, text), [*said, f"查找：{text}"]
        conditions = "　".join(said)

        def cells() -> Iterator[Row]:
            return map(self.cells, in_bites(rows))

        return Listing(
            head=head(self.label, user, self.verb, conditions),
            columns=self.columns,
            rows=cells,
            conditions=conditions,
            at_most=lambda most: counted(rows, most),
        )


def _in_words(form: Any) -> list[str]:
    """The filters that are set, as a person reads them."""
    said = []
    for name, value in form.cleaned_data.items():
        if value not in (None, ""):
            options = {str(key): text for key, text in getattr(form.fields[name], "choices", ())}
            yes_or_no = {"True": "是", "False": "否"}
            words = options.get(str(value)) or yes_or_no.get(str(value), str(value))
            said.append(f"{form.fields[name].label}：{words}")
    return said


_SINCE, _UNTIL = Column("since", "自", 12, "day"), Column("until", "至", 12, "day")

SETTINGS = {
    "users": Settings(
        label="账号",
        rows=lambda: User.objects.order_by("username"),
        verb="office.view_user",
        columns=[
            Column("name", "姓名", 14),
            Column("username", "登录名", 16),
            Column("phone", "电话", 16),
            Column("active", "启用", 8),
            Column("login", "最近登录", 18, "moment"),
        ],
        cells=lambda one: (
            one.name, one.username, one.phone, "是" if one.is_active else "否", one.last_login,
        ),
        filters=("is_active",),
        words=("name", "username"),
    ),
    "posts": Settings(
        label="岗位",
        rows=lambda: Post.objects.select_related("user", "unit").order_by("unit__path", "pk"),
        verb="office.view_post",
        columns=[
            Column("name", "姓名", 14),
            Column("username", "登录名", 16),
            Column("unit", "单位", 24),
            Column("role", "角色", 18),
            Column("title", "职务", 18),
            _SINCE,
            _UNTIL,
        ],
        cells=lambda one: (
            one.user.name, one.user.username, one.unit.name, one.get_role_display(), one.title,
            one.valid_from, one.valid_to,
        ),
        filters=("role",),
        words=("user__name", "user__username", "unit__name", "title"),
    ),
    "units": Settings(
        label="单位",
        rows=lambda: Unit.objects.order_by("path"),
        verb="office.view_unit",
        columns=[
            Column("name", "名称", 36),
            Column("kind", "类别", 12),
            Column("phone", "电话", 16),
            _SINCE,
            _UNTIL,
        ],
        cells=lambda one: (
            "　" * (one.depth - 1) + one.name, one.get_kind_display(), one.phone,
            one.valid_from, one.valid_to,
        ),
        filters=("kind",),
        words=("name",),
    ),
    "days": Settings(
        label="节假日",
        rows=lambda: CalendarDay.objects.order_by("day"),
        verb="office.view_calendarday",
        columns=[
            Column("day", "日期", 12, "day"),
            Column("working", "上班", 8),
            Column("name", "名称", 24),
        ],
        cells=lambda one: (one.day, "是" if one.working else "否", one.name),
        filters=("working",),
        words=("name",),
    ),
}  # fmt: skip


# Logs: cut by id, never counted as a whole


def _log(
    title: str,
    verb: str,
    filters: LedgerFilter,
    search: Callable[..., Search],
    columns: Sequence[Column],
    cells: Callable[[list[int], Any], Iterator[Row]],
) -> Callable[[Any], Listing]:
    """The listing of a log with its page's filters."""

    def opened(user: Any) -> Listing:
        asked = filters.asked()
        if filters.errors:
            raise ValidationError("筛选条件不对。请回到名单，改正后再导出。")
        found = search(**asked)
        conditions = "　".join(f"{label}：{text}" for _, label, text in filters.active())

        def rows() -> Iterator[Row]:
            before = None
            while ids := found.ids(_BITE, before=before):
                yield from cells(ids, user)
                before = ids[-1]

        return Listing(
            head=head(title, user, verb, conditions),
            columns=columns,
            rows=rows,
            conditions=conditions,
            at_most=lambda most: len(found.ids(most)),
        )

    return opened


CHANGE_COLUMNS = [
    Column("at", "时间", 20, "moment"),
    Column("who", "操作人", 12),
    Column("post", "岗位", 24),
    Column("kind", "记录种类", 14),
    Column("label", "记录", 20),
    Column("action", "动作", 8),
    Column("field", "字段", 16),
    Column("old", "原值", 30, wrap=True),
    Column("new", "新值", 30, wrap=True),
    Column("reason", "原因", 30, wrap=True),
]
LOOK_COLUMNS = [
    Column("at", "时间", 20, "moment"),
    Column("person", "查看人", 12),
    Column("post", "岗位", 24),
    Column("kind", "记录种类", 14),
    Column("label", "记录", 20),
    Column("what", "查看内容", 40, wrap=True),
    Column("purpose", "查看目的", 40, wrap=True),
    Column("address", "来源地址", 16),
]


def _changes(ids: list[int], reader: Any) -> Iterator[Row]:
    """One row a changed field: what a reader of the page sees unfolded."""
    for row in audit.rows_of(ids, reader):
        about = (localtime(row.at), row.who, row.post, row.kind, row.label, row.action)
        if not row.fields:
            yield (*about, "", "", "", row.reason)
        for field in row.fields:
            yield (*about, field.label, field.old, field.new, row.reason)


def _looks(ids: list[int], reader: Any) -> Iterator[Row]:
    rows = Look.objects.filter(pk__in=ids).select_related("person", "post__unit", "post__user")
    for look in rows.order_by("-pk"):
        kind = audit.kind_label(look.kind)
        about = (localtime(look.at), str(look.person), str(look.post or ""), kind, look.label)
        yield (*about, look.what, look.purpose, look.address or "")


def open_changes(user: Any, query: QueryDict, clear: bool) -> Listing:
    filters, verb = ChangeFilter(query), "office.view_change"
    return _log("变更审计", verb, filters, audit.search, CHANGE_COLUMNS, _changes)(user)


def open_looks(user: Any, query: QueryDict, clear: bool) -> Listing:
    filters, verb = LookFilter(query), "office.view_look"
    search = partial(audit.search_looks, reader=user)
    return _log("查看记录", verb, filters, search, LOOK_COLUMNS, _looks)(user)


def register() -> None:
    """Fill the registry; called once, when the kernel's app is ready."""
    pages = {
        "users": ("wagtailusers_users:index", User),
        "posts": ("wagtailsnippets_office_post:list", Post),
        "units": ("wagtailsnippets_office_unit:list", Unit),
        "days": ("wagtailsnippets_office_calendarday:list", CalendarDay),
    }
    for key, one in SETTINGS.items():
        page, model = pages[key]
        exports[key] = ExportList(
            key=key, label=one.label, model=model, may=one.verb, open=one.open, page=page,
            personal=key in ("users", "posts"),
        )  # fmt: skip
    exports["changes"] = ExportList(
        key="changes", label="变更审计", model=Change, may="office.view_change",
        open=open_changes, page="office_audit",
    )  # fmt: skip
    exports["looks"] = ExportList(
        key="looks", label="查看记录", model=Look, may="office.view_look", open=open_looks,
        page="office_looks",
    )  # fmt: skip
