"""更正: a wish is noted with its evidence, and after the decision carried out or refused."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from casework.matters.models import Matter
from casework.matters.rights.answering import corrections_of
from casework.matters.rights.correcting import NOTING, carry_out, note, refuse
from casework.matters.rights.forms import CorrectForm, SettleForm
from casework.matters.rights.papers import keep
from casework.matters.rights.permissions import may_handle
from casework.matters.rights.states import Done, Field, Paper, Stage
from casework.matters.rights.telling import links_of
from casework.matters.rights.views.frame import RightsForm, url_of
from casework.matters.views.frame import record_url


class CorrectPage(RightsForm):
    """记一项更正."""

    template_name = "matters/rights/correct.html"
    page_title = "记一项更正"

    def hindrance(self) -> HttpResponse | None:
        if self.asked.stage in NOTING and links_of(self.asked, self.request.user):
            return None
        messages.info(self.request, "先核实身份、添加事项，才能记更正；提交审批以后不再添加。")
        return redirect(url_of(self.asked))

    def form(self, data: Any) -> CorrectForm:
        links = links_of(self.asked, self.request.user)
        choices = [(link.pk, f"{link.matter.number} {link.matter.title}") for link in links]
        files = self.request.FILES if data is not None else None
        return CorrectForm(data, files, links=choices)

    def carry_out(self, form: CorrectForm) -> str:
        user, given = self.request.user, form.cleaned_data
        links = {str(link.pk): link for link in links_of(self.asked, user)}
        evidence = None
        if given.get("evidence"):
            try:
                evidence = keep(self.asked, given["evidence"], Paper.EVIDENCE, by=user)
            except ValidationError as error:
                raise ValidationError({"evidence": error.messages}) from error
        elif given["field"] == Field.RECEIVED:
            raise ValidationError({"evidence": "更正收到日期要有凭据，例如信封、回执的照片。"})
        note(
            self.asked, links[given["link"]], given["field"], given["new"], by=user,
            evidence=evidence,
        )  # fmt: skip
        messages.success(self.request, "已记下，审批同意之后再改。")
        return url_of(self.asked)


class SettlePage(RightsForm):
    """One wished correction, carried out in the matter or refused with a reason."""

    template_name = "matters/rights/settle.html"
    page_title = "办理更正"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = corrections_of(self.asked, request.user)
        found = next((row for row in rows if row.pk == kwargs["correction"]), None)
        if found is None:
            raise Http404
        self.correction = found

    def admit(self) -> None:
        if not may_handle(self.request.user, self.asked):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        if self.asked.stage == Stage.DECIDED and self.correction.done == Done.OPEN:
            return None
        messages.info(self.request, "审批同意之后才能更正，办过的不再办。")
        return redirect(url_of(self.asked))

    def form(self, data: Any) -> SettleForm:
        return SettleForm(data)

    def carry_out(self, form: SettleForm) -> str:
        user = self.request.user
        if self.request.POST.get("go") == "refuse":
            row = refuse(self.correction, by=user, reason=form.cleaned_data["reason"])
        else:
            row = carry_out(self.correction, by=user)
        told = f"{row.get_field_display()}：{row.get_done_display()}。"
        messages.success(self.request, told)
        return url_of(self.asked)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.opened()
        row, matter = self.correction, self.correction.link.matter
        seen = Matter.objects.visible_to(self.request.user).filter(pk=matter.pk).exists()
        return super().get_context_data(**kwargs) | {
            "row": row,
            "old": row.text("old"),
            "new": row.text("new"),
            "matter_url": record_url(matter) if seen else "",
        }
