"""查看审计: the look ledger read by rule, by person and by record, and what came of a finding.

Rows stand in the order of time alone: nobody is scored, nobody is put before another (domain §7).
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django_tables2 import Table

from office import audit
from office.forms import first_result, once
from office.keyset import Search
from office.look_forms import FindingFilter, NoteForm, PersonFilter, RecordFilter
from office.look_reading import (
    VERB,
    looks_behind,
    note,
    rule_label,
    search_findings,
    why_not_note,
)
from office.look_rules import BY_KEY, RULES, Measures
from office.looks import look_while_working
from office.models import Look, LookFinding, LookNote
from office.posts import post_for
from office.tables import FIXED, NAME, WIDE, LedgerTable, LookTable, moment, unbroken
from office.views import DeskView, LedgerView

TABS = (
    ("office_look_findings", "按规则"),
    ("office_looks_person", "按人员"),
    ("office_looks_record", "按记录"),
)
SHOWN = 5  # findings on the first page
_MOST = 200  # looks of a finding that are listed


def _tabs(here: str) -> list[tuple[str, str, bool]]:
    return [(reverse(name), label, name == here) for name, label in TABS]


def looks_in(ids: list[int]) -> Any:
    """The looks with these ids, newest first, with what a row shows."""
    rows = Look.objects.filter(pk__in=ids).select_related("person", "post__unit")
    return rows.order_by("-pk")


class FindingTable(LedgerTable):
    """What the rules found: each row with the rule in words and the numbers it was found by."""

    class Meta(LedgerTable.Meta):
        pass

    day = tables.Column(verbose_name="日期", attrs=FIXED)
    told = tables.Column(verbose_name="规则和数目", attrs=WIDE)
    about = tables.Column(verbose_name="人员或记录", empty_values=(), attrs=NAME)
    at = tables.Column(verbose_name="发现时间", attrs=FIXED)
    noted = tables.Column(verbose_name="核查", empty_values=(), attrs=FIXED)

    def render_day(self, value: Any) -> str:
        return f"{value:%Y-%m-%d}"

    def render_at(self, value: Any) -> str:
        return moment(value)

    def render_told(self, record: LookFinding) -> SafeString:
        url = reverse("office_look_finding", args=[record.pk])
        return format_html(
            '<span><a href="{}">{}</a>：{}</span>', url, rule_label(record), record.told
        )

    def render_about(self, record: LookFinding) -> SafeString:
        about = str(record.person) if record.person_id else record.label
        return format_html('<span class="{}">{}</span>', unbroken(about), about)

    def render_noted(self, record: LookFinding) -> SafeString:
        if record.notes.all():
            return format_html('<span class="desk-badge desk-badge--green">{}</span>', "已核查")
        return format_html('<span class="desk-badge">{}</span>', "还没核查")


class DeskOfLooks(LedgerView):
    """A page of the desk: a tab, filters, rows in the order of time."""

    permission_required = VERB
    page_title = "查看审计"
    header_icon = "view"
    template_name = "office/looks/desk.html"
    tab = ""
    intro = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tabs=_tabs(self.tab), intro=self.intro, **kwargs)


class FindingsView(DeskOfLooks):
    """What the rules found; the rules themselves stand above it, in words, with their numbers."""

    tab = "office_look_findings"
    intro = "按下列规则从查看记录里找出、值得问一问的，从新到旧。只是提示，不是结论；不给人打分、不排名。"
    filter_class = FindingFilter
    empty_all = "规则还没有找出什么。按小时的一小时后列出，按天的第二天列出。"
    empty_filtered = "没有符合条件的提示。可以去掉一个条件再看。"

    def search(self, asked: dict[str, Any]) -> Search:
        return search_findings(self.request.user, asked)

    def table(self, ids: list[int]) -> Table:
        rows = LookFinding.objects.filter(pk__in=ids).select_related("person")
        return FindingTable(rows.prefetch_related("notes").order_by("-pk"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        measures = Measures.in_force()
        rules = [(rule.label, rule.in_words(measures)) for rule in RULES]
        return super().get_context_data(rules=rules, **kwargs)


class LooksByDay(DeskOfLooks):
    """Looks of one person or one record, day by day; none while nothing was chosen."""

    needs = ""  # the filter without which nothing is shown
    export_key = "looks"

    def search(self, asked: dict[str, Any]) -> Search:
        if not asked.get(self.needs):
            return Search(Look, branches=())
        return audit.search_looks(**asked, reader=self.request.user)

    def table(self, ids: list[int]) -> Table:
        self.rows = list(looks_in(ids))
        return LookTable(self.rows)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        found["days"] = [(day, table) for day, table in self._days()]
        return found

    def _days(self) -> Iterator[tuple[Any, Table]]:
        for day, looks in groupby(self.rows, key=lambda look: localdate(look.at)):
            yield day, LookTable(list(looks))


class PersonLooksView(LooksByDay):
    tab = "office_looks_person"
    intro = "一个人看过什么，一天一天列出，从新到旧。"
    filter_class = PersonFilter
    needs = "person"
    empty_all = "请选一个人，再点“筛选”。"
    empty_filtered = "没有符合条件的查看记录。可以去掉日期再看。"


class RecordLooksView(LooksByDay):
    tab = "office_looks_record"
    intro = "一件记录谁看过，一天一天列出，从新到旧。"
    filter_class = RecordFilter
    needs = "record"
    empty_all = "请写完整的编号，再点“筛选”。"
    empty_filtered = "没有符合条件的查看记录。编号要写完整，例如 XF2026-000318。"


class FindingPage(DeskView):
    """One finding: the rule, its looks, what auditors noted of it, and a note of one's own."""

    permission_required = VERB
    template_name = "office/looks/finding.html"
    header_icon = "view"
    form: NoteForm | None = None

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return f"查看提示第 {self.kwargs['pk']} 号"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, last = super().get_breadcrumbs_items()
        return [*before, {"url": reverse("office_look_findings"), "label": "查看审计"}, last]

    def finding(self) -> LookFinding:
        """The finding, when this reader may be told of it; Http404 like one that does not exist."""
        search = search_findings(self.request.user, {})
        search.require("id = %s", self.kwargs["pk"])
        if not search.ids(1):
            raise Http404
        return LookFinding.objects.select_related("person").get(pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        finding, form = self.finding(), NoteForm(request.POST)
        try:
            if (done := first_result(request)) is not None:
                return done
            if form.is_valid():
                return once(request, lambda: self._note(finding, form.cleaned_data["said"]))
        except ValidationError as error:
            form.is_valid()
            form.add_error("said" if hasattr(error, "error_dict") else None, error.messages)
        context = self.get_context_data(form=form, **kwargs)
        return self.render_to_response(context, status=422)

    def _note(self, finding: LookFinding, said: str) -> str:
        note(finding, said, by=self.request.user)
        messages.success(self.request, "核查情况已记下。")
        return reverse("office_look_finding", args=[finding.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        finding, user = self.finding(), self.request.user
        behind = looks_behind(finding)
        audit.leave_out_hidden(behind, "kind", "object_id", user)
        rule, refused = BY_KEY.get(finding.rule), why_not_note(finding, user)
        kwargs.setdefault("form", NoteForm())
        return super().get_context_data(
            finding=finding,
            rule=rule_label(finding),
            said=rule.said if rule and not rule.numbers else "",
            table=LookTable(looks_in(behind.ids(_MOST))),
            notes=self._notes(finding),
            refused=refused,
            **kwargs,
        )

    def _notes(self, finding: LookFinding) -> list[tuple[LookNote, str]]:
        """The notes with their texts, oldest first; reading them is a look too."""
        user, found = self.request.user, []
        rows = finding.notes.select_related("person", "post__unit", "data_key").order_by("pk")
        for row in rows:
            post = post_for(user, VERB)
            look_while_working(user, row, "核查情况", purpose="查看审计", post=post)
            found.append((row, row.text("said")))
        return found
