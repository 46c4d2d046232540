"""The second person's page: what a profile changes and which one ends, then yes or no."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from casework.matters.models import RuleProfile
from casework.matters.rules import approving
from casework.matters.rules.drafting import wrong_day
from casework.matters.rules.forms import DecideForm
from casework.matters.rules.views.drafting import effect_of
from casework.matters.rules.views.frame import ProfileForm, url_of


class DecidePage(ProfileForm):
    """For leaders who wrote nothing of it."""

    template_name = "matters/rules/decide.html"
    page_title = "批准规则方案"
    verb = approving.VERB
    stage = RuleProfile.Stage.WAITING

    def hindrance(self) -> HttpResponse | None:
        if (late := super().hindrance()) is not None:
            return late
        if why := approving.why_not_decide(self.request.user, self.profile):
            messages.warning(self.request, why)
            return redirect(url_of(self.profile))
        return None

    def form(self, data: Any) -> DecideForm:
        return DecideForm(data, profile=self.profile)

    def carry_out(self, form: DecideForm) -> str:
        given = form.cleaned_data
        approve = given["decision"] == "approve"
        profile = approving.decide(
            self.profile, by=self.request.user, approve=approve, note=given["note"],
            version=given["version"],
        )  # fmt: skip
        told = f"已批准，{profile.valid_from:%Y-%m-%d} 起施行" if approve else "已退回起草人"
        messages.success(self.request, f"“{profile}”：{told}。")
        return url_of(profile)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return (
            super().get_context_data(**kwargs)
            | effect_of(self.profile)
            | {
                "wrong_day": wrong_day(self.profile),
                "backdated": bool(self.profile.valid_from and self.profile.valid_from < self.today),
            }
        )
