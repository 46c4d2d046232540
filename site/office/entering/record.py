"""登录记录 for the audit administrator, and 解除锁定 for the security administrator."""

from collections.abc import Mapping
from typing import Any

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.ui.components import Component

from office.audit_forms import LedgerFilter
from office.clock import now
from office.entering.attempts import locked_accounts, locked_until, unlock
from office.entering.forms import UnlockForm
from office.forms import once
from office.keyset import Branch, Search
from office.models import SignIn, User
from office.tables import LedgerTable, moment
from office.views import DeskView, LedgerView

KEEPS = "office.change_user"
_WENT_WRONG = {"wrong", "locked", "closed", "bad_code"}


class SignInFilter(LedgerFilter):
    """Whose account, when, what happened."""

    record: Any = None  # type: ignore[assignment]
    what = forms.ChoiceField(
        label="事项", required=False, choices=[("", "全部事项"), *SignIn.What.choices]
    )
    field_order = ("person", "since", "until", "what")

    def asked(self) -> dict[str, Any]:
        given = super().asked()
        if "person" in given:
            given["person"] = int(given["person"])
        return given


class SignInTable(LedgerTable):
    """登录记录."""

    class Meta(LedgerTable.Meta):
        pass

    at = tables.Column(verbose_name="时间", attrs={"td": {"class": "is-fixed"}})
    account = tables.Column(
        verbose_name="账号", attrs={"td": {"class": "is-name"}}, empty_values=()
    )
    what = tables.Column(verbose_name="事项")
    address = tables.Column(
        verbose_name="来源地址", default="—", attrs={"td": {"class": "is-fixed"}}
    )
    device = tables.Column(verbose_name="设备", default="—")
    note = tables.Column(verbose_name="说明", empty_values=())

    def render_at(self, value: Any) -> str:
        return moment(value)

    def render_account(self, record: SignIn) -> SafeString | str:
        if record.account is None:
            return "没有这个账号"
        return format_html("{} <small>{}</small>", record.account, record.account.username)

    def render_what(self, record: SignIn) -> SafeString:
        wrong = "desk-badge--amber" if record.what in _WENT_WRONG else ""
        return format_html(
            '<span class="desk-badge {}">{}</span>', wrong, record.get_what_display()
        )

    def render_note(self, record: SignIn) -> str:
        return "：".join(part for part in (str(record.by or ""), record.note) if part)


class SignInsView(LedgerView):
    """登录记录: who came in, who tried, from where."""

    permission_required = "office.view_security"
    page_title = "登录记录"
    header_icon = "key"
    filter_class = SignInFilter
    empty_all = "还没有人登录过。"
    empty_filtered = "没有符合条件的登录记录。去掉一个条件再看。"

    def search(self, asked: dict[str, Any]) -> Search:
        found = Search(SignIn)
        ways = [
            [Branch((column,), (asked[name],))]
            for name, column in (("person", "account_id"), ("what", "what"))
            if name in asked
        ]
        found.narrowest(*ways)
        if len(ways) > 1:
            found.require("account_id = %s AND what = %s", asked["person"], asked["what"])
        found.between(asked.get("since"), asked.get("until"))
        return found

    def table(self, ids: list[int]) -> Any:
        rows = SignIn.objects.filter(pk__in=ids).select_related("account", "by")
        return SignInTable(rows.order_by("-pk"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = "每次登录、输错、退出、设密码各占一行，只增不改，至少保留六个月。不记输入的内容。"
        return super().get_context_data(intro=intro, **kwargs)


class UnlockPage(DeskView):
    """解除锁定: before its time, with a reason, by somebody else than its person."""

    permission_required = KEEPS
    template_name = "office/entering/unlock.html"
    header_icon = "lock-open"
    page_title = "解除锁定"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = User.objects.filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.account: User = found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", UnlockForm())
        return super().get_context_data(
            account=self.account, until=locked_until(self.account.pk, now()), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = UnlockForm(request.POST)
        if form.is_valid():
            try:
                return once(request, lambda: self._unlocked(form.cleaned_data["reason"]))
            except ValidationError as error:
                form.add_error(None, error)
        return self.render_to_response(self.get_context_data(form=form))

    def _unlocked(self, reason: str) -> str:
        if self.account.pk == self.request.user.pk:
            raise ValidationError("不能给自己解除锁定，请由另一名管理员办理。")
        if locked_until(self.account.pk, now()) is None:
            raise ValidationError("这个账号没有锁定，不用解除。")
        unlock(self.account, by=self.request.user, reason=reason, request=self.request)
        messages.success(self.request, f"{self.account} 的账号已解除锁定。")
        return reverse("wagtailusers_users:edit", args=[self.account.pk])


class LockedPanel(Component):
    """Accounts that are locked now; not there while there is none."""

    name = "locked"
    order = 40
    template_name = "office/entering/locked_panel.html"

    def __init__(self, rows: list[tuple[User, Any]]) -> None:
        self.rows = rows

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"rows": self.rows}


def panels_for(request: HttpRequest) -> list[Component]:
    if not request.user.has_perm(KEEPS):
        return []
    rows = locked_accounts(now())
    return [LockedPanel(rows)] if rows else []
