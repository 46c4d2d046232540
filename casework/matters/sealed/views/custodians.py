"""密件保管人: a leader says who keeps what is sealed, and learns of it a number of the street alone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.urls import reverse

from casework.matters.sealed import keeping
from casework.matters.sealed.bodies import bodies_ended, bodies_in_use, body_of, save_body
from casework.matters.sealed.forms import BodyForm, CustodianForm, EndForm
from casework.matters.sealed.holding import keepers
from casework.matters.views.frame import DeskPage, FormPage
from office.history import StaleRecord

PAGE = "matters:custodians"


class LeaderPage(DeskPage):
    """A page for whoever names custodians."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm(keeping.VERB):
            raise PermissionDenied

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, here = super().get_breadcrumbs_items()
        return [*before, {"url": reverse(PAGE), "label": "密件保管人"}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"record_url": reverse(PAGE)}


class CustodiansPage(LeaderPage):
    """Who keeps, since when, whether two do; how many wait in the street; where they go."""

    template_name = "matters/sealed/custodians.html"
    page_title = "密件保管人"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, _, here = super().get_breadcrumbs_items()
        return [*before, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting, handed_over = keeping.street_total()
        lines = keeping.named_now()
        return super().get_context_data(**kwargs) | {
            "lines": lines,
            "by_post": [] if lines else keepers(self.today),
            "able": sum(line.holds for line in lines),
            "wanted": keeping.WANTED,
            "nameable": bool(keeping.nameable()),
            "ended": keeping.ended()[:20],
            "waiting": waiting,
            "handed_over": handed_over,
            "bodies": bodies_in_use(),
            "retired": bodies_ended(),
        }


class NamePage(FormPage, LeaderPage):
    """指定: one more holder of the post keeps what comes in."""

    template_name = "matters/sealed/name.html"
    page_title = "指定密件保管人"

    def form(self, data: Any) -> CustodianForm:
        return CustodianForm(data, people=self.people(), label="指定谁")

    def people(self) -> list[Any]:
        return [user for user in keeping.nameable() if user.pk != self.request.user.pk]

    def carry_out(self, form: CustodianForm) -> str:
        user = self.request.user
        row = keeping.name_custodian(form.person(), by=user, reason=form.cleaned_data["reason"])
        messages.success(self.request, f"已指定{row.user}为密件保管人，今后的密件由他（她）保管。")
        return reverse(PAGE)


class OneCustodian(FormPage, LeaderPage):
    """Something about one who is named; 404 for one who no longer is."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = [line.row for line in keeping.named_now() if line.row.pk == kwargs["custodian"]]
        if not rows:
            raise Http404
        self.row = rows[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"row": self.row}


class ReplacePage(OneCustodian):
    """更换: all that one keeps goes to another in one act."""

    template_name = "matters/sealed/replace.html"
    page_title = "更换密件保管人"

    def form(self, data: Any) -> CustodianForm:
        own = (self.row.user_id, self.request.user.pk)
        known = [line.row.user for line in keeping.named_now() if line.holds]
        people = {user.pk: user for user in [*keeping.nameable(), *known] if user.pk not in own}
        return CustodianForm(data, people=list(people.values()), label="由谁接任")

    def carry_out(self, form: CustodianForm) -> str:
        named = keeping.replace_custodian(
            self.row, form.person(), by=self.request.user, reason=form.cleaned_data["reason"]
        )
        messages.success(
            self.request,
            f"{self.row.user}保管的密件已交给{named.user}，双方的名字都记在每件的经过里。"
            "请他们当面点清实物。",
        )
        return reverse(PAGE)


class EndPage(OneCustodian):
    """不再保管: without a successor, while another one stays."""

    template_name = "matters/sealed/end.html"
    page_title = "不再保管"

    def form(self, data: Any) -> EndForm:
        return EndForm(data)

    def carry_out(self, form: EndForm) -> str:
        user = self.request.user
        keeping.end_custodian(self.row, by=user, reason=form.cleaned_data["reason"])
        messages.success(
            self.request, f"{self.row.user}不再保管密件。请他（她）把实物交给另一位保管人。"
        )
        return reverse(PAGE)


class BodyPage(FormPage, LeaderPage):
    """接收机关: a new one, or one that is renamed or no longer used."""

    template_name = "matters/sealed/body.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.body = body_of(kwargs["body"]) if "body" in kwargs else None
        if "body" in kwargs and self.body is None:
            raise Http404
        self.page_title = "修改接收机关" if self.body else "增加接收机关"

    def form(self, data: Any) -> BodyForm:
        return BodyForm(data, instance=self.body)

    def carry_out(self, form: BodyForm) -> str:
        try:
            save_body(form.instance, by=self.request.user, reason=form.cleaned_data["reason"])
        except StaleRecord as error:
            raise ValidationError("刚才有人改过这个接收机关，请刷新后再改。") from error
        messages.success(self.request, f"接收机关：{form.instance}，已保存。")
        return reverse(PAGE)
