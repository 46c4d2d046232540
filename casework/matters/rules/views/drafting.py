"""Pages of a draft: begin it, change a value, lay it before a leader, take it back, put it aside."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from casework.matters.models import RuleProfile
from casework.matters.rules import drafting
from casework.matters.rules.approving import deciders, ending_by
from casework.matters.rules.comparing import compare, differing, in_words
from casework.matters.rules.forms import DraftForm, HeadForm, RowForm, SureForm
from casework.matters.rules.tables import PARTS
from casework.matters.rules.views.frame import ProfileForm, url_of

_STAGE = RuleProfile.Stage


class DraftPage(ProfileForm):
    """起草: a copy of this profile, to be changed."""

    template_name = "matters/rules/draft.html"
    page_title = "起草方案"

    def hindrance(self) -> HttpResponse | None:
        return None  # any profile can be the one a draft begins from

    def form(self, data: Any) -> DraftForm:
        return DraftForm(data, initial={"name": self.profile.name})

    def carry_out(self, form: DraftForm) -> str:
        draft = drafting.draft_from(self.profile, by=self.request.user, **form.cleaned_data)
        messages.success(
            self.request, f"已起草“{draft}”，内容和“{self.profile}”一样。点“改”逐项修改。"
        )
        return url_of(draft)


class HeadPage(ProfileForm):
    """Name, source, note and first day of a draft."""

    template_name = "matters/rules/head.html"
    page_title = "修改名称、依据和施行日期"

    def form(self, data: Any) -> HeadForm:
        return HeadForm(data, profile=self.profile)

    def carry_out(self, form: HeadForm) -> str:
        drafting.describe(self.profile, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "已保存。")
        return url_of(self.profile)


class RowPage(ProfileForm):
    """One value of a draft, beside what it was in the profile it began from."""

    template_name = "matters/rules/row.html"
    page_title = "修改规则"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        part, key = PARTS.get(kwargs["part"]), kwargs["key"]
        if part is None or key not in part.labels:
            raise Http404
        self.part, self.key = part, key
        self.page_title = f"修改“{part.labels[key]}”"
        self.row = self._row_of(self.profile)

    def _row_of(self, profile: RuleProfile) -> Any:
        return getattr(profile, self.part.name).filter(**{self.part.key: self.key}).first()

    def form(self, data: Any) -> RowForm:
        return RowForm(data, part=self.part, key=self.key, row=self.row)

    def carry_out(self, form: RowForm) -> str:
        drafting.change_row(
            self.profile, self.part, self.key, by=self.request.user,
            version=form.cleaned_data["version"], **form.given(),
        )  # fmt: skip
        messages.success(self.request, f"已改：{self.part.labels[self.key]}。")
        return f"{url_of(self.profile)}#{self.part.name}-{self.key}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = self._row_of(self.profile.replaces) if self.profile.replaces else None
        return super().get_context_data(**kwargs) | {
            "now": self._words(self.row),
            "before": self._words(before),
            "before_article": before.article if before else "",
        }

    def _words(self, row: Any) -> str:
        if row is None:
            return ""
        return in_words(self.part, {name: getattr(row, name) for name in self.part.columns})


class SubmitPage(ProfileForm):
    """送审: what it changes against what holds now, and which profile ends."""

    template_name = "matters/rules/submit.html"
    page_title = "送领导批准"

    def form(self, data: Any) -> SureForm:
        return SureForm(data)

    def carry_out(self, form: SureForm) -> str:
        profile = drafting.submit(self.profile, by=self.request.user)
        told = deciders(profile).told
        messages.success(self.request, f"“{profile}”已送审，由街道领导批准。{told}")
        return url_of(profile)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return (
            super().get_context_data(**kwargs)
            | effect_of(self.profile)
            | {"wrong_day": drafting.wrong_day(self.profile)}
        )


def effect_of(profile: RuleProfile) -> dict[str, Any]:
    """For the pages before an approval: which profiles end when, and what differs from the present."""
    ending = ending_by(profile)
    held = next((row for row in ending if row.valid_to >= row.valid_from), None)
    base = profile.replaces or held
    return {
        "ending": [(row, row.valid_to >= row.valid_from) for row in ending],
        "base": base,
        "parts": differing(compare(base, profile)) if base else [],
        "left": base,
        "right": profile,
    }


class TakeBackPage(ProfileForm):
    """撤回修改: out of the leaders' hands again."""

    template_name = "matters/rules/sure.html"
    page_title = "撤回修改"
    stage = _STAGE.WAITING

    def form(self, data: Any) -> SureForm:
        return SureForm(data)

    def carry_out(self, form: SureForm) -> str:
        drafting.take_back(self.profile, by=self.request.user)
        messages.success(self.request, "已撤回，可以接着修改。")
        return url_of(self.profile)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "told": "撤回后领导不再看到它等待批准；改好再送审。"
        }


class DropPage(ProfileForm):
    """弃用草稿: put aside, kept readable."""

    template_name = "matters/rules/sure.html"
    page_title = "弃用草稿"

    def form(self, data: Any) -> SureForm:
        return SureForm(data)

    def carry_out(self, form: SureForm) -> str:
        drafting.drop(self.profile, by=self.request.user)
        messages.success(self.request, f"“{self.profile}”已弃用，仍可查看。")
        return url_of(self.profile)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "told": "弃用后不能再改、不能送审；内容仍可查看，也可以从它另起草一份。"
        }
