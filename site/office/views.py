"""The kernel's own pages: change audit, look ledger, health, and a form kept over a login."""

import uuid
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, QueryDict
from django.views.generic import TemplateView
from django_tables2 import RequestConfig, Table
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from office import audit, handbook, keyset
from office.audit_forms import ChangeFilter, LedgerFilter, LookFilter
from office.clock import now
from office.forms import kept_fields, owner_mark
from office.health import lines
from office.looks import Way, log_look
from office.models import FormToken, KeptForm, Look
from office.posts import posts_of
from office.tables import ChangeTable, LookTable

_GUARD = {"form_owner", "form_token"}


class DeskPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of ours inside Wagtail's frame."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class DeskView(PermissionRequiredMixin, DeskPage):
    """A page for those who hold `permission_required`; the others get Wagtail's refusal."""

    raise_exception = True


class LedgerView(DeskView):
    """A log with filters above it, paged by id."""

    template_name = "office/ledger.html"
    filter_class: type[LedgerFilter]
    export_key = ""  # of the list in `registries.exports`
    empty_all = empty_filtered = ""

    def table(self, ids: list[int]) -> Table:
        """The table of the rows with these ids, newest first."""
        raise TypeError("a ledger has a table")

    def search(self, asked: dict[str, Any]) -> keyset.Search:
        raise TypeError("a ledger has a search")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filters = kwargs.pop("filters", None) or self.filter_class(query)
        asked = filters.asked()
        page = keyset.Page([], older=False, newer=False)
        if not filters.errors:
            page = keyset.page(self.search(asked), query)
        table = self.table(page.ids)
        RequestConfig(self.request, paginate=False).configure(table)
        return super().get_context_data(
            filters=filters,
            active=[(label, text, _without(query, name)) for name, label, text in filters.active()],
            table=table,
            is_empty=not page.ids,
            export_key=self.export_key,
            empty=self.empty_filtered if asked or filters.errors else self.empty_all,
            newest=_without(query, "before", "after"),
            newer=page.after and _with(query, after=page.after),
            older=page.before and _with(query, before=page.before),
            **kwargs,
        )


def _without(query: QueryDict, *names: str) -> str:
    """The query string without some names, always without the place in the list."""
    kept = query.copy()
    for name in (*names, "before", "after"):
        kept.pop(name, None)
    return "?" + kept.urlencode()


def _with(query: QueryDict, **place: str) -> str:
    kept = query.copy()
    for name in ("before", "after"):
        kept.pop(name, None)
    for name, value in place.items():
        kept[name] = value
    return "?" + kept.urlencode()


class AuditView(LedgerView):
    """变更审计: who changed what, when and why, over all rooms."""

    permission_required = "office.view_change"
    page_title = "变更审计"
    header_icon = "history"
    filter_class = ChangeFilter
    export_key = "changes"
    empty_all = "还没有任何变更。登记、修改任何记录以后，会在这里逐条列出。"
    empty_filtered = "没有符合条件的变更。编号要写完整；也可以去掉一个条件再看。"

    def search(self, asked: dict[str, Any]) -> keyset.Search:
        return audit.search(**asked)

    def table(self, ids: list[int]) -> Table:
        return ChangeTable(audit.rows_of(ids, self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = "每次登记和修改各占一行，从新到旧。个人信息只显示遮盖后的样子；密件的变更不在此列。"
        return super().get_context_data(intro=intro, **kwargs)


class LookLedgerView(LedgerView):
    """查看记录: who opened personal data, an attachment or an export, and why."""

    permission_required = "office.view_look"
    page_title = "查看记录"
    header_icon = "view"
    filter_class = LookFilter
    export_key = "looks"
    empty_all = "还没有人打开过个人信息、材料或导出过名单。"
    empty_filtered = "没有符合条件的查看记录。编号要写完整；也可以去掉一个条件再看。"

    def search(self, asked: dict[str, Any]) -> keyset.Search:
        return audit.search_looks(**asked, reader=self.request.user)

    def table(self, ids: list[int]) -> Table:
        rows = Look.objects.filter(pk__in=ids).select_related("person", "post__unit")
        return LookTable(rows.order_by("-pk"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = "谁在什么时候、为了什么打开了哪条记录的个人信息或材料，从新到旧。"
        return super().get_context_data(intro=intro, **kwargs)


class HealthView(DeskView):
    """运行状况: the same lines as `manage.py health`."""

    permission_required = "office.view_health"
    template_name = "office/health.html"
    page_title = "运行状况"
    header_icon = "info-circle"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lines=lines(now()), at=now(), **kwargs)


class HelpView(DeskPage):
    """帮助: the handbook, opened at the page of one's own post; `?page=` names another one."""

    template_name = "office/help.html"
    page_title = "帮助"
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = handbook.chapter_for(posts_of(self.request.user))
        chapters = handbook.chapters()
        shown = chapters.get(self.request.GET.get("page", own))
        if shown is None:
            raise Http404
        return super().get_context_data(
            chapter=shown, chapters=chapters.values(), own=own, general=handbook.GENERAL, **kwargs
        )


class KeptFormView(DeskPage):
    """A form sent after the session had ended, to be sent again by its person and nobody else."""

    template_name = "office/kept_form.html"
    page_title = "登录超时前提交的表单"
    header_icon = "form"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = KeptForm.objects.filter(pk=kwargs["ref"], owner=self.request.user).first()
        if kept is None:
            raise Http404
        self._look(kept)
        fields = kept_fields(kept)
        guard = {"form_owner": owner_mark(self.request.user)}
        return super().get_context_data(
            kept=kept,
            done=self._done(dict(fields).get("form_token", "")),
            filled=sum(bool(value) and name not in _GUARD for name, value in fields),
            fields=[(name, guard.get(name, value)) for name, value in fields],
            **kwargs,
        )

    def _look(self, kept: KeptForm) -> None:
        """What was typed before may be anybody's data: even its own person opens it by a look."""
        user, purpose = self.request.user, "接着提交登录超时前填写的表单"
        post = next(iter(posts_of(user)), None)
        log_look(user, kept, "填写的内容", purpose=purpose, post=post, way=Way(typed=False))

    def _done(self, token: str) -> FormToken | None:
        """The result of the form when it has been carried out since."""
        try:
            return FormToken.objects.filter(pk=uuid.UUID(token), user=self.request.user).first()
        except ValueError:
            return None
