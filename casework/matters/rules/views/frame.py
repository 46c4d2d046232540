"""What every page of rule profiles begins with: the reader may read matters, so also their rules."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy

from casework.matters.models import RuleProfile
from casework.matters.rules.drafting import VERB
from casework.matters.views.frame import DeskPage, FormPage
from office.scoping import require_visible

READ = "matters.view_matter"
CRUMBS = [
    {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
    {"url": reverse_lazy("rules:list"), "label": "规则方案"},
]


def url_of(profile: RuleProfile, page: str = "read", *more: Any) -> str:
    return reverse(f"rules:{page}", args=[profile.pk, *more])


class RulesDesk(DeskPage):
    """A page of the part; refused to whoever has nothing to do with matters."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm(READ):
            raise PermissionDenied

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*CRUMBS[:1], {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"list_url": reverse("rules:list")}


class ProfilePage(RulesDesk):
    """A page about one profile."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        require_visible(RuleProfile, request.user, kwargs["pk"])
        self.profile = (
            RuleProfile.objects.visible_to(request.user)
            .select_related("replaces", "drafted_by", "decided_by")
            .get(pk=kwargs["pk"])
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *CRUMBS,
            {"url": url_of(self.profile), "label": str(self.profile)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "profile": self.profile,
            "stage": self.profile.stage_on(self.today),
            "record_url": url_of(self.profile),
        }


class ProfileForm(FormPage, ProfilePage):
    """A form about one profile, for those with `verb`, while it is in `stage`."""

    verb = VERB
    stage = RuleProfile.Stage.DRAFT

    def admit(self) -> None:
        if not self.request.user.has_perm(self.verb):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        if self.profile.stage == self.stage:
            return None
        told = (
            f"“{self.profile}”现在是“{self.profile.stage_on(self.today)}”，不能{self.page_title}。"
        )
        if self.profile.stage == RuleProfile.Stage.APPROVED:
            told += "批准过的方案不改动；要更正，请“起草修订版”，批准后替代它。"
        messages.warning(self.request, told)
        return redirect(url_of(self.profile))
