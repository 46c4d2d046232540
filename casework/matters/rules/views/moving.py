"""在办事项改按本方案: open matters under other rules, each with what would move, then the move.

A leader does it: days are given or taken as by an extension. It goes in portions, so that each stays
a short piece of work; what is left is shown again.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect

from casework.matters.counting.profile_change import VERB, apply, open_elsewhere, preview
from casework.matters.models import RuleProfile
from casework.matters.rules.views.frame import ProfileForm, url_of

PORTION = 50


class MoveForm(forms.Form):
    """Which of the shown matters are moved: all of them at first."""

    matters = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": "请至少选一件。"}
    )

    def __init__(self, data: Any, *, keys: list[int]) -> None:
        super().__init__(data)
        self.fields["matters"].choices = [(key, str(key)) for key in keys]


class MovePage(ProfileForm):
    """For leaders, of a profile that is in force."""

    template_name = "matters/rules/move.html"
    page_title = "在办事项改按本方案"
    verb = VERB
    stage = RuleProfile.Stage.APPROVED

    def hindrance(self) -> HttpResponse | None:
        if self.profile.stage_on(self.today) == "施行中":
            return None
        messages.warning(self.request, "只有施行中的方案才能用来重新计算在办事项。")
        return redirect(url_of(self.profile))

    def form(self, data: Any) -> MoveForm:
        keys = None
        if data is not None:
            keys = list(
                open_elsewhere(self.request.user, self.profile).values_list("pk", flat=True)
            )
        return MoveForm(data, keys=keys or [])

    def carry_out(self, form: MoveForm) -> str:
        if self.profile.stage_on(self.today) != "施行中":
            raise ValidationError("只有施行中的方案才能用来重新计算在办事项。")
        chosen = form.cleaned_data["matters"][:PORTION]
        count = apply(chosen, self.profile, self.request.user)
        left = open_elsewhere(self.request.user, self.profile).count()
        told = f"还有 {left} 件按别的方案计算。" if left else "没有别的了。"
        messages.success(self.request, f"已改 {count} 件，各件的经过里都记了一笔。{told}")
        return url_of(self.profile, "move") if left else url_of(self.profile)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = open_elsewhere(self.request.user, self.profile)
        shown = preview(rows.select_related("profile")[:PORTION], self.profile)
        return super().get_context_data(**kwargs) | {
            "rows": shown,
            "count": rows.count(),
            "changed": sum(one.moves for one in shown),
            "late": sum(one.due_on is not None and one.due_on < self.today for one in shown),
            "portion": PORTION,
        }
