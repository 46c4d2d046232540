"""Pages of standing authorisations, and of handing work over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.delegating import authorising, handing
from casework.matters.delegating.forms import AuthoriseForm, HandOverForm, RevokeForm, WhoForm
from casework.matters.delegating.kinds import KINDS
from casework.matters.models import HandOverOfWork, Matter, StandingAuthorisation, WorkLine
from casework.matters.views.frame import DeskPage, FormPage, record_url
from office.clock import now
from office.work import is_working

_SEE = "office.view_separation"
_STEP = 20  # lines one press of 继续 hands over
_SHOWN = 50


class StandingDesk(DeskPage):
    """Pages about authorisations: for who gives them, who reads the separation, who has one."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        allowed = (authorising.VERB, _SEE, "matters.add_matter")
        if not any(request.user.has_perm(verb) for verb in allowed):
            raise PermissionDenied

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        if self.page_title == StandingList.page_title:
            return items
        return [*items[:-1], {"url": reverse("matters:standings"), "label": "常设授权"}, items[-1]]


class StandingList(StandingDesk):
    template_name = "matters/delegating/standings.html"
    page_title = "常设授权"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = StandingAuthorisation.objects.visible_to(self.request.user)
        rows = rows.select_related("person", "given_by").prefetch_related("categories__category")
        found = [(row, row.standing(self.today)) for row in rows[:_SHOWN]]
        return super().get_context_data(**kwargs) | {
            "rows": found,
            "may_give": self.request.user.has_perm(authorising.VERB),
        }


class AuthorisePage(FormPage, StandingDesk):
    template_name = "matters/delegating/authorise.html"
    page_title = "新的常设授权"

    def admit(self) -> None:
        if not self.request.user.has_perm(authorising.VERB):
            raise PermissionDenied

    def form(self, data: Any) -> AuthoriseForm:
        return AuthoriseForm(data, today=self.today)

    def carry_out(self, form: AuthoriseForm) -> str:
        row = authorising.authorise(form.wish(), by=self.request.user)
        messages.success(self.request, f"已授权 {row.number}。请打印一份，双方签字存档。")
        return reverse("matters:standing", args=[row.pk])


class StandingPage(StandingDesk):
    """One authorisation, what was done by it, and the paper."""

    template_name = "matters/delegating/standing.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = StandingAuthorisation.objects.visible_to(request.user)
        self.row = rows.filter(pk=kwargs["authorisation"]).first()
        if self.row is None:
            raise Http404

    def get_page_title(self) -> str:
        return self.row.number

    @property
    def page_title(self) -> str:
        return self.row.number if getattr(self, "row", None) else "常设授权"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = Matter.objects.visible_to(self.request.user)
        uses = self.row.uses.filter(move__matter__in=seen.values("pk"))
        standing = self.row.standing(self.today)
        may_take = self.request.user.has_perm(authorising.VERB) and standing in ("有效", "未开始")
        return super().get_context_data(**kwargs) | {
            "row": self.row,
            "standing": standing,
            "categories": [str(one) for one in self.row.categories.select_related("category")],
            "uses": uses.select_related("move__matter", "move__actor").order_by("-pk")[:_SHOWN],
            "may_take": may_take,
        }


class StandingPrint(StandingPage):
    template_name = "matters/delegating/standing_print.html"


class RevokePage(FormPage, StandingPage):
    template_name = "matters/delegating/revoke.html"

    def admit(self) -> None:
        if not self.request.user.has_perm(authorising.VERB):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        if self.row.revoked_on is None:
            return None
        messages.info(self.request, "这项授权已经收回了。")
        return redirect("matters:standing", self.row.pk)

    def form(self, data: Any) -> RevokeForm:
        return RevokeForm(data)

    def carry_out(self, form: RevokeForm) -> str:
        reason = form.cleaned_data["reason"]
        authorising.revoke(self.row, by=self.request.user, reason=reason)
        messages.success(self.request, f"{self.row.number} 已收回，从现在起不能再凭它办理。")
        return reverse("matters:standing", args=[self.row.pk])


class WorkDesk(DeskPage):
    """Pages about handing work over."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        if self.page_title == WorkLists.page_title:
            return items
        return [*items[:-1], {"url": reverse("matters:work_lists"), "label": "工作交接"}, items[-1]]


class WorkLists(WorkDesk):
    template_name = "matters/delegating/lists.html"
    page_title = "工作交接"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm("matters.view_matter"):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = HandOverOfWork.objects.visible_to(self.request.user)
        return super().get_context_data(**kwargs) | {
            "rows": rows.select_related("giver", "taker", "by")[:_SHOWN],
            "may_hand_over": handing.may_hand_over(self.request.user),
        }


class HandOverPage(FormPage, WorkDesk):
    """From whom, to whom: then what would go and what stays, then the decision."""

    template_name = "matters/delegating/new.html"
    page_title = "移交手上的工作"

    def admit(self) -> None:
        if not handing.may_hand_over(self.request.user):
            raise PermissionDenied
        self.givers = handing.givers(self.request.user)
        self.giver = self._chosen("giver", self.givers)
        takers = handing.takers(self.request.user, self.giver) if self.giver else []
        self.takers = takers
        self.taker = self._chosen("taker", takers)

    def _chosen(self, name: str, people: list[Any]) -> Any:
        wanted = self.request.GET.get(name, "")
        return next((user for user in people if str(user.pk) == wanted), None)

    def form(self, data: Any) -> HandOverForm:
        return HandOverForm(data)

    def carry_out(self, form: HandOverForm) -> str:
        if self.giver is None or self.taker is None:
            messages.warning(self.request, "请先选移交人和接手人。")
            return reverse("matters:work_new")
        given = form.cleaned_data
        row = handing.begin(
            self.giver, self.taker, why=given["why"], note=given["note"], by=self.request.user
        )
        messages.success(self.request, f"已开始移交，交接单 {row.number}。")
        return reverse("matters:work_list", args=[row.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET if "giver" in self.request.GET else None
        both = self.giver is not None and self.taker is not None
        pieces = handing.preview(self.giver, self.taker, self.request.user) if both else []
        return super().get_context_data(**kwargs) | {
            "who": WhoForm(asked, givers=self.givers, takers=self.takers),
            "giver": self.giver,
            "taker": self.taker,
            "goes": [one for one in pieces if not one.why],
            "stays": [one for one in pieces if one.why],
            "deputies": handing.deputies(self.giver) if self.giver else [],
        }


class WorkListPage(FormPage, WorkDesk):
    """A numbered list: what went, what stayed and why; 继续 where no worker carries on."""

    template_name = "matters/delegating/list.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = HandOverOfWork.objects.visible_to(request.user)
        self.row = rows.filter(pk=kwargs["work"]).select_related("giver", "taker", "by").first()
        if self.row is None:
            raise Http404

    @property
    def page_title(self) -> str:
        return self.row.number if getattr(self, "row", None) else "工作交接"

    def get_page_title(self) -> str:
        return self.page_title

    def form(self, data: Any) -> Any:
        return None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand over some lines now, each in its own transaction; pressing twice does no harm."""
        if request.user.pk != self.row.by_id or not handing.may_hand_over(request.user):
            raise PermissionDenied
        handing.go_on(self.row, lambda: False, most=_STEP)
        return redirect("matters:work_list", self.row.pk)

    def show(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = list(self.row.lines.select_related("matter").order_by("pk"))
        seen = set(
            Matter.objects.visible_to(self.request.user)
            .filter(pk__in=[line.matter_id for line in lines])
            .values_list("pk", flat=True)
        )
        waits = sum(line.result == WorkLine.Result.WAITS for line in lines)
        return super().get_context_data(**kwargs) | {
            "row": self.row,
            "lines": [
                (KINDS[line.kind].label, line, record_url(line.matter))
                for line in lines
                if line.matter_id in seen
            ],
            "hidden": len(lines) - sum(line.matter_id in seen for line in lines),
            "done": sum(line.result == WorkLine.Result.DONE for line in lines),
            "stayed": sum(line.result == WorkLine.Result.STAYED for line in lines),
            "waits": waits,
            "all": len(lines),
            "may_go_on": bool(waits) and self.request.user.pk == self.row.by_id,
            "working": is_working(now()),
            "deputies": handing.deputies(self.row.giver),
        }


class WorkPrint(WorkListPage):
    template_name = "matters/delegating/list_print.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise PermissionDenied
