"""The custodians' desk: what they keep, the lists it leaves on, their signature, their voiding."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.forms.acts import DecideForm, WhyForm
from casework.matters.models import HandOver
from casework.matters.sealed import handing
from casework.matters.sealed.desk import LISTS, kept_lines, lists_of
from casework.matters.sealed.forms import ListForm, SignForm, VoidForm
from casework.matters.views.files import SANDBOX
from casework.matters.views.frame import DeskPage, FormPage
from office.attachments import KINDS
from office.clock import now
from office.forms import once
from office.looks import Act, Way, holding, log_look, opened
from office.posts import post_for
from office.private_files import load
from office.scoping import require_visible
from office.vault import VaultError

SIGNATURE = "签收单"


class CustodianPage(DeskPage):
    """A page for whoever may hand sealed matters over; everybody else is turned away alike."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm(handing.VERB):
            raise PermissionDenied

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, here = super().get_breadcrumbs_items()
        return [*before, {"url": reverse("matters:sealed_desk"), "label": "密件"}, here]


class SealedDesk(CustodianPage):
    """密件: what waits in this person's keeping, and the lists made of it."""

    template_name = "matters/sealed/desk.html"
    page_title = "密件"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, _, here = super().get_breadcrumbs_items()
        return [*before, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "kept": kept_lines(user),
            "lists": lists_of(user),
            "shown": LISTS,
        }


class NewList(FormPage, CustodianPage):
    """做转交清单: matters, carriers, pieces, the receiving body."""

    template_name = "matters/sealed/list_new.html"
    page_title = "做转交清单"

    def form(self, data: Any) -> ListForm:
        matters = list(handing.waiting(self.request.user))
        asked = self.request.GET.get("matter", "")
        chosen = {row.pk: len(matters) == 1 or str(row.pk) == asked for row in matters}
        return ListForm(data, matters=matters, chosen=chosen)

    def carry_out(self, form: ListForm) -> str:
        hand_over = handing.make_list(
            form.cleaned_data["body"], form.chosen(), by=self.request.user
        )
        messages.success(
            self.request,
            f"已做清单 {hand_over.number}。请打印，连同密件送{hand_over.body}，取回签收单。",
        )
        return list_url(hand_over)


def list_url(hand_over: HandOver, name: str = "hand_over") -> str:
    return reverse(f"matters:{name}", args=[hand_over.pk])


class OneList(CustodianPage):
    """Something about one list; 404 when a matter on it is hidden from the reader."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        require_visible(HandOver, request.user, kwargs["hand_over"])
        rows = HandOver.objects.visible_to(request.user).select_related(
            "body", "made_by", "handed_by", "void_asked_by", "voided_by", "data_key"
        )
        self.hand_over = rows.get(pk=kwargs["hand_over"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        except HandOver.DoesNotExist as error:
            raise Http404 from error

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.hand_over
        lines = list(row.lines.select_related("matter").order_by("matter__number"))
        return super().get_context_data(**kwargs) | {
            "hand_over": row,
            "lines": lines,
            "pieces": sum(line.pieces for line in lines),
            "record_url": list_url(row),
            "opened": self.signature_open(),
        }

    def signature_open(self) -> bool:
        """Whether this reader opened the signature just now."""
        held = [look.what for look in holding(self.request.user, self.hand_over, now())]
        if SIGNATURE in held:
            opened(self.hand_over)
        return SIGNATURE in held


class ListPage(OneList):
    """转交清单: what is on it and what comes next."""

    template_name = "matters/sealed/hand_over.html"
    http_method_names = ["get", "head"]

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return f"转交清单 {self.hand_over.number}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user, found = self.hand_over, self.request.user, super().get_context_data(**kwargs)
        waits = row.waits and row.void_asked_by_id is not None
        if found["opened"]:
            found["receiver"] = row.text("receiver")
        return found | {
            "masked": row.masked("receiver"),
            "may_decide": handing.may_decide_void(user, row),
            "told": handing.void_deciders(row).told if waits else "",
            "purpose_form": WhyForm(),
        }


class PrintPage(OneList):
    """The list on paper: numbers, dates, carriers and pieces; signature lines; no content."""

    template_name = "matters/sealed/print.html"
    http_method_names = ["get", "head"]
    page_title = "密件转交清单"


class SignPage(FormPage, OneList):
    """登记签收: the scan of the signed list moves everything on it."""

    template_name = "matters/sealed/sign.html"
    page_title = "登记签收"

    def hindrance(self) -> HttpResponse | None:
        row = self.hand_over
        if row.waits and row.void_asked_by_id is None:
            return None
        messages.info(self.request, f"清单 {row.number} {row.standing}，现在不能登记签收。")
        return redirect(list_url(row))

    def form(self, data: Any) -> SignForm:
        files = self.request.FILES if data is not None else None
        return SignForm(data, files, today=self.today)

    def carry_out(self, form: SignForm) -> str:
        given = form.cleaned_data
        row = handing.sign(
            self.hand_over, by=self.request.user, on=given["on"],
            receiver=given["receiver"], upload=given["upload"],
        )  # fmt: skip
        messages.success(
            self.request,
            f"清单 {row.number} 已签收，上面的密件都已转交。登记的人从现在起看不到它们。",
        )
        return list_url(row)


class VoidPage(FormPage, OneList):
    """申请作废: a wrong list, before it is signed."""

    template_name = "matters/sealed/void.html"
    page_title = "申请作废清单"

    hindrance = SignPage.hindrance

    def form(self, data: Any) -> VoidForm:
        return VoidForm(data)

    def carry_out(self, form: VoidForm) -> str:
        handing.ask_void(self.hand_over, by=self.request.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, "已申请作废，等另一位保管人审批。审批前这张清单不能签收。")
        return list_url(self.hand_over)


class DecideVoidPage(FormPage, OneList):
    """The second custodian reads why, and decides; the look at the reason is logged."""

    template_name = "matters/sealed/decide.html"
    page_title = "审批：作废清单"

    def hindrance(self) -> HttpResponse | None:
        row = self.hand_over
        if row.void_asked_by_id is None or not row.waits:
            messages.info(self.request, f"清单 {row.number} 没有等待审批的作废申请。")
        elif not handing.may_decide_void(self.request.user, row):
            messages.warning(self.request, "申请人不能审批自己的申请，请由另一位保管人审批。")
        else:
            return None
        return redirect(list_url(row))

    def show(self, form: Any) -> HttpResponse:
        return self.hindrance() or super().show(form)

    def form(self, data: Any) -> DecideForm:
        return DecideForm(data)

    def carry_out(self, form: DecideForm) -> str:
        approve = form.cleaned_data["decision"] == "approve"
        handing.decide_void(self.hand_over, by=self.request.user, approve=approve)
        told = "已作废，编号保留，上面的密件可以另列清单" if approve else "不同意作废，清单照旧"
        messages.success(self.request, f"清单 {self.hand_over.number} {told}。")
        return list_url(self.hand_over)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, row = self.request.user, self.hand_over
        what = "作废理由"
        if what not in [look.what for look in holding(user, row, now())]:
            post = post_for(user, handing.VERB)
            log_look(user, row, what, purpose="审批作废清单", post=post, way=Way(typed=False))
        opened(row)
        return super().get_context_data(**kwargs) | {"reason": row.text("void_reason")}


class ScanPage(OneList):
    """The scan of the signed list. Sending a purpose writes the look; then it is served."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = WhyForm(request.POST)
        if not form.is_valid():
            messages.error(request, "".join(form.errors["purpose"]))
            return redirect(list_url(self.hand_over))
        try:
            return once(request, lambda: self._open(form.cleaned_data["purpose"]))
        except ValidationError as error:
            messages.error(request, "".join(error.messages))
            return redirect(list_url(self.hand_over))

    def _open(self, purpose: str) -> str:
        user, post = self.request.user, post_for(self.request.user, handing.VERB)
        log_look(user, self.hand_over, SIGNATURE, purpose=purpose, post=post)
        return list_url(self.hand_over)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.hand_over
        if not row.path or not self.signature_open():
            messages.info(request, "先写明查看目的，再打开签收单。")
            return redirect(list_url(row))
        inline = KINDS.get(row.kind, ("", False))[1]
        if not inline:
            post, way = post_for(request.user, handing.VERB), Way(Act.DOWNLOAD, typed=False)
            log_look(request.user, row, f"下载{SIGNATURE}", purpose="核对签收", post=post, way=way)
        try:
            data = load(row.path, row.data_key)
        except (FileNotFoundError, VaultError):
            messages.error(request, "文件打不开：存放处没有它，或密钥不符。请告诉系统管理员。")
            return redirect(list_url(row))
        name = quote(f"{row.number} 签收单")
        return HttpResponse(
            data,
            content_type=row.kind,
            headers={
                "Content-Disposition": f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{name}",
                "X-Content-Type-Options": "nosniff",
                "Content-Security-Policy": SANDBOX,
                "Cache-Control": "no-store",
            },
        )
